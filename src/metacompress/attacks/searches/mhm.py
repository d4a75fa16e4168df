"""MHM: a Metropolis-Hastings walk over names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.engine.asking import ask, ask_source
from metacompress.attacks.engine.base import Attack, Search

if TYPE_CHECKING:
    import numpy as np

    from metacompress.attacks.engine.subject import Renaming, Subject

_TINY = 1e-10


class MetropolisHastings(Attack):
    """Rename random identifiers and accept by the Metropolis ratio (MHM, AAAI 2020).

    A round draws an identifier and names from the vocabulary; the name of the lowest score is
    the proposal. It is accepted with the probability of the ratio of 1 - score after and before,
    and never where that ratio is below the threshold.

    Source: Zhang et al. 2020, doi:10.1609/aaai.v34i01.5469.
    """

    name: ClassVar[str] = "mhm"
    rounds: int = Field(default=100, ge=1, description="proposals at most")
    names: int = Field(default=30, ge=1, description="names of a proposal")
    threshold: float = Field(default=0.95, ge=0, le=1, description="smallest ratio accepted")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        score = yield from ask_source(subject)
        current: Renaming = {}
        for _ in range(self.rounds if subject.identifiers else 0):
            identifier = subject.identifiers[int(rng.integers(len(subject.identifiers)))]
            names = subject.random_names(identifier, rng)[: self.names]
            candidates = subject.alternatives(current, identifier, names)
            if not candidates:
                continue
            asked = yield from ask(subject, candidates)
            if asked.adversarial is not None:
                return asked.adversarial
            ratio = (1 - asked.score + _TINY) / (1 - score + _TINY)
            if ratio >= self.threshold and rng.random() < ratio:
                current, score = asked.lowest.renaming, asked.score
        return None
