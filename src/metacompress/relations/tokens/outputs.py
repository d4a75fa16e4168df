"""What teacher and student said of tokens, and how much each token counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.intervals.variances import Dependence


@dataclass(frozen=True, slots=True)
class TokenOutputs:
    """n tokens of programs, which are m sources or variants of them.

    Every source counts once: the weights of its tokens sum to 1. The tokens of one program count
    alike.

    Attributes:
        kl: float64 (n,); KL(teacher || student) in nats, at least 0.
        total_variation: float64 (n,), in [0, 1].
        teacher_top: int (n,); the token that the teacher finds most likely.
        student_top: int (n,).
        programs: int (n,), 0 to p - 1, never falling; the program of each token.
        units: int (n,), 0 to m - 1; the source of each token.
        weights: float64 (n,), above 0.
        dependence: of the m sources on each other.
        before: of variants, int (n,); the place in ``sources`` of the same token of the source,
            -1 where an edit touched it. None of sources.
        sources: of variants, the tokens of the sources.
    """

    kl: NDArray[np.float64]
    total_variation: NDArray[np.float64]
    teacher_top: NDArray[np.int64]
    student_top: NDArray[np.int64]
    programs: NDArray[np.int64]
    units: NDArray[np.int64]
    weights: NDArray[np.float64]
    dependence: Dependence
    before: NDArray[np.int64] | None = None
    sources: TokenOutputs | None = None

    def __len__(self) -> int:
        return len(self.kl)

    @property
    def parts(self) -> NDArray[np.bool_]:
        """Where the two models find another token most likely, (n,)."""
        found: NDArray[np.bool_] = self.teacher_top != self.student_top
        return found

    def at_sources(self) -> tuple[NDArray[np.intp], TokenOutputs]:
        """The tokens of variants that no edit touched, (a,), and the same tokens of the sources."""
        if self.before is None or self.sources is None:
            return np.zeros(0, dtype=np.intp), self._rows(np.zeros(0, dtype=np.intp))
        kept = np.flatnonzero(self.before >= 0)
        return kept, self.sources._rows(self.before[kept])

    def _rows(self, rows: NDArray[np.intp]) -> TokenOutputs:
        return replace(
            self,
            kl=self.kl[rows],
            total_variation=self.total_variation[rows],
            teacher_top=self.teacher_top[rows],
            student_top=self.student_top[rows],
            programs=self.programs[rows],
            units=self.units[rows],
            weights=self.weights[rows],
            before=None,
            sources=None,
        )

    def by_program(self) -> ProgramOutputs:
        """The same tokens, program by program."""
        _, first, of_token = np.unique(self.programs, return_index=True, return_inverse=True)
        counts = np.bincount(of_token)
        return ProgramOutputs(
            np.bincount(of_token, weights=self.kl) / counts if len(counts) else np.zeros(0),
            self.units[first],
            self.weights[first] * counts,
            self.dependence,
        )


@dataclass(frozen=True, slots=True)
class ProgramOutputs:
    """p programs; the weights of those of one source sum to 1.

    Attributes:
        mean_kl: float64 (p,); the mean of KL(teacher || student) over the tokens, in nats.
        units: int (p,); the source of each.
        weights: float64 (p,), above 0.
        dependence: of the sources on each other.
    """

    mean_kl: NDArray[np.float64]
    units: NDArray[np.int64]
    weights: NDArray[np.float64]
    dependence: Dependence

    def __len__(self) -> int:
        return len(self.mean_kl)
