"""WIR-Random: identifiers by importance, names at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.engine.asking import ask_source
from metacompress.attacks.engine.base import Attack, Search
from metacompress.attacks.searches.greedy import greedy_pass
from metacompress.attacks.searches.importance import by_importance

if TYPE_CHECKING:
    import numpy as np

    from metacompress.attacks.engine.subject import Subject


class WirRandom(Attack):
    """Replace names by random ones, the most important identifier first (WIR-Random).

    Source: Zeng et al. 2022, doi:10.1145/3533767.3534390.
    """

    name: ClassVar[str] = "wir-random"
    names: int = Field(default=30, ge=1, description="random names of each identifier")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        score = yield from ask_source(subject)
        order = yield from by_importance(subject, score)
        tried = [(i, subject.random_names(i, rng)[: self.names]) for i in order]
        greedy = yield from greedy_pass(subject, tried, score)
        return greedy.adversarial
