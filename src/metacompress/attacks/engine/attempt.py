"""Budget of an attack on one example, and its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.attacks.engine.subject import Candidate, Subject


@dataclass(frozen=True, slots=True)
class Budget:
    """Budget of an attack on one example.

    Attributes:
        queries: distinct candidates that it may ask about; a backward pass is one, too.
        seconds: processor time of the model and the search, as far as rows that are asked
            together can be told apart. Results then depend on the speed of the machine.
    """

    queries: int | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Attempt:
    """What came of an attack on one example.

    Attributes:
        index: of the example.
        subject: the example.
        adversarial: a valid variant that reaches the goal, or None.
        refusals: candidates that reach it and were refused by the gate, by reason.
        best: the program of the lowest rank (see Goal) below ``clean`` that was asked about and
            passed the gate, or None.
        clean, lowest: rank of the source, and of ``best`` or else of the source.
        found_at: which query ``adversarial`` was, from 1; 0 without one.
        queries: different candidates asked about, and backward passes.
        distinct: different inputs among them, as the victim reads them: two candidates that
            differ behind the end of its window are one.
        gradients: backward passes.
        stopped: what ended it: ``finished``, ``queries``, ``seconds`` or ``hopeless``.
        seconds: processor time, as in Budget.
    """

    index: int
    subject: Subject
    adversarial: Candidate | None = None
    best: Candidate | None = None
    clean: float = float("nan")
    lowest: float = float("nan")
    found_at: int = 0
    queries: int = 0
    distinct: int = 0
    gradients: int = 0
    stopped: str = "finished"
    seconds: float = 0.0

    @property
    def refusals(self) -> dict[str, int]:
        """See above."""
        return dict(self.subject.refusals)
