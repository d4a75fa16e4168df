"""The common step of attacks: ask, look for the goal, find the lowest score."""

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
        adversarial: the first adversarial one among them, if any.
        scores: of each that was asked, (m,); see Goal.
        lowest: the candidate whose score is lowest.
        score: its score.
        answers: to each that was asked, (m, w).
    """

    adversarial: Candidate | None
    scores: NDArray[np.float64]
    lowest: Candidate
    score: float
    answers: NDArray[np.float64]

    @property
    def answer(self) -> NDArray[np.float64]:
        """To the candidate whose score is lowest, (w,)."""
        answer: NDArray[np.float64] = self.answers[self.scores.argmin()]
        return answer


def ask(
    subject: Subject, candidates: Sequence[Candidate]
) -> Generator[Sequence[Candidate], NDArray[np.float64], Asked]:
    """Ask about candidates, at least one."""
    answers = yield candidates
    scores = subject.goal.scores(answers)
    lowest = int(scores.argmin())
    return Asked(
        subject.first_adversarial(candidates, answers),
        scores,
        candidates[lowest],
        float(scores[lowest]),
        answers,
    )


def ask_source(
    subject: Subject,
) -> Generator[Sequence[Candidate], NDArray[np.float64], float]:
    """The score of the source, where an attack starts."""
    answers = yield [subject.unchanged]
    return float(subject.goal.scores(answers)[0])
