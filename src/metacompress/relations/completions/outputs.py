"""How alike teacher and student complete programs, and each its own completion of the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from metacompress.stats.intervals.variances import Dependence


@dataclass(frozen=True, slots=True)
class CompletionOutputs:
    """n programs that both models complete, which are m sources or variants of them.

    A similarity is the normalised edit similarity of two texts, in [0, 1], 1 of equal ones. Every
    source counts once: the weights of its programs sum to 1.

    Attributes:
        similarity: float64 (n,); of the two models' completions.
        units: int (n,), 0 to m - 1; the source of each program.
        weights: float64 (n,), above 0.
        dependence: of the m sources on each other.
        teacher_kept: of variants, float64 (n,); the similarity of the teacher's completion, with
            the source's names, to its completion of the source; nan where it has none. None of
            sources.
        student_kept: likewise.
    """

    similarity: NDArray[np.float64]
    units: NDArray[np.int64]
    weights: NDArray[np.float64]
    dependence: Dependence
    teacher_kept: NDArray[np.float64] | None = None
    student_kept: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.similarity)
