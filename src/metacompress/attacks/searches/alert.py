"""ALERT: natural substitutes, first greedily, then by a genetic search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.attacks.engine.asking import ask_source
from metacompress.attacks.engine.base import Attack, Search, patience_of
from metacompress.attacks.searches.genetic import genetic_search
from metacompress.attacks.searches.greedy import greedy_pass
from metacompress.attacks.searches.importance import by_importance

if TYPE_CHECKING:
    import numpy as np

    from metacompress.attacks.engine.subject import Subject


class Alert(Attack):
    """Replace names by natural substitutes: greedy, then genetic (ALERT, ICSE 2022).

    Its patience was chosen by benchmarks/attacks/stopping.py; with 0, the search is the published
    one. Source: Yang et al. 2022, doi:10.1145/3510003.3510146. Differences from the published
    code are in docs/explanation/attacks.md.
    """

    name: ClassVar[str] = "alert"
    patience: float = patience_of(0.7)

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        score = yield from ask_source(subject)
        order = yield from by_importance(subject, score)
        names = {i: subject.substitutes(i) for i in order if subject.substitutes(i)}
        greedy = yield from greedy_pass(subject, names.items(), score)
        if greedy.adversarial is not None:
            return greedy.adversarial
        return (yield from genetic_search(subject, names, greedy.best, score, rng))
