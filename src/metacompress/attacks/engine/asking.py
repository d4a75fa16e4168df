"""What nearly every attack does in each step: ask, look for a flip, find the lowest likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from metacompress.attacks.engine.subject import Candidate, Subject


@dataclass(frozen=True, slots=True)
class Asked:
    """What a victim answered about candidates.

    Attributes:
        adversarial: the first valid flip among them, if any.
        likelihoods: P(label) of each that was asked, (m,).
        lowest: the candidate whose P(label) is lowest.
        likelihood: its P(label).
    """

    adversarial: Candidate | None
    likelihoods: NDArray[np.float64]
    lowest: Candidate
    likelihood: float


def ask(
    subject: Subject, candidates: Sequence[Candidate]
) -> Generator[Sequence[Candidate], NDArray[np.float64], Asked]:
    """Ask about candidates, at least one."""
    answers = yield candidates
    likelihoods = subject.likelihoods(answers)
    lowest = int(likelihoods.argmin())
    return Asked(
        subject.first_flip(candidates, answers),
        likelihoods,
        candidates[lowest],
        float(likelihoods[lowest]),
    )


def ask_source(
    subject: Subject,
) -> Generator[Sequence[Candidate], NDArray[np.float64], float]:
    """P(label) of the source, where an attack starts."""
    answers = yield [subject.unchanged]
    return float(subject.likelihoods(answers)[0])
