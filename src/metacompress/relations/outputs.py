"""What teacher and student answered, and how much each input counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.intervals.variances import Dependence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from metacompress.relations.kinds import Kinds
    from metacompress.relations.representations import Representations


@dataclass(frozen=True, slots=True)
class Outputs:
    """What teacher and student answered to n inputs, which are m sources or variants of them.

    Every source counts once: the weights of its inputs sum to 1.

    Attributes:
        teacher: float64 (n, k), rows sum to 1.
        student: float64 (n, k).
        labels: int (n,), -1 where unknown.
        units: int (n,), 0 to m - 1: the source of each input.
        weights: float64 (n,), above 0.
        dependence: of the m sources on each other.
        origins: int (m,); the row of each source among all sources of the study.
        sources: for follow-up inputs, the outputs on their source inputs, row by row.
        representations: hidden states on some of the inputs; None where none were asked for.
    """

    teacher: NDArray[np.float64]
    student: NDArray[np.float64]
    labels: NDArray[np.int64]
    units: NDArray[np.int64]
    weights: NDArray[np.float64]
    dependence: Dependence
    origins: NDArray[np.int64]
    sources: Outputs | None = None
    representations: Representations | None = None

    @classmethod
    def of_sources(
        cls,
        teacher: NDArray[np.float64],
        student: NDArray[np.float64],
        labels: NDArray[np.int64],
        clusters: NDArray[np.int64],
    ) -> Outputs:
        """Outputs on sources.

        Args:
            teacher: float64 (n, k).
            student: float64 (n, k).
            labels: int (n,).
            clusters: int (n,) or (n, 1); (n, 2) for the two programs of a pair.
        """
        rows = np.arange(len(teacher))
        return cls(
            teacher, student, labels, rows, np.ones(len(rows)), Dependence.of(clusters), rows
        )

    def follow_ups(
        self,
        teacher: NDArray[np.float64],
        student: NDArray[np.float64],
        rows: NDArray[np.intp],
        kinds: Kinds,
        mix: Mapping[str, float] | None = None,
    ) -> Outputs:
        """Outputs on variants of these sources.

        The variants of one source share its weight: first the transformations that made any, by
        ``mix``, then the variants of each equally.

        Args:
            teacher: float64 (n, k).
            student: float64 (n, k).
            rows: int (n,); the source of each variant, a row of these outputs.
            kinds: the transformations of the n variants.
            mix: weight of each transformation; those that it does not name have weight 1.

        Raises:
            UsageError: a weight is not above 0.
        """
        found, units = np.unique(rows, return_inverse=True)
        source = Outputs(
            self.teacher[rows],
            self.student[rows],
            self.labels[rows],
            units,
            (weights := shared_weights(units, kinds, mix or {})),
            self.dependence.rows(found),
            self.origins[found],
        )
        return Outputs(
            teacher,
            student,
            source.labels,
            units,
            weights,
            source.dependence,
            source.origins,
            source,
        )

    def of_origins(self, kept: NDArray[np.bool_]) -> Outputs:
        """The outputs on some of the sources and their variants.

        Args:
            kept: bool (N,), for all sources of the study.
        """
        inputs = np.flatnonzero(kept[self.origins[self.units]])
        found, units = np.unique(self.units[inputs], return_inverse=True)
        return Outputs(
            self.teacher[inputs],
            self.student[inputs],
            self.labels[inputs],
            units,
            self.weights[inputs],
            self.dependence.rows(found),
            self.origins[found],
            None if self.sources is None else self.sources.of_origins(kept),
            None if self.representations is None else self.representations.of_origins(kept),
        )

    def with_student(
        self, student: NDArray[np.float64], on_sources: NDArray[np.float64]
    ) -> Outputs:
        """The same with other answers of the student.

        Args:
            student: float64 (n, k).
            on_sources: of follow-ups, float64 (n, k), on their sources; else not used.
        """
        sources = self.sources and replace(self.sources, student=on_sources)
        return replace(self, student=student, sources=sources)

    def __len__(self) -> int:
        return len(self.teacher)


def shared_weights(
    units: NDArray[np.int64], kinds: Kinds, mix: Mapping[str, float]
) -> NDArray[np.float64]:
    """Weights (n,) of inputs that sum to 1 for each unit; see ``Outputs.follow_ups``."""
    wrong = [name for name, weight in mix.items() if not 0 < weight < np.inf]
    if wrong:
        raise UsageError(
            f"the weight of {wrong[0]} must be above 0, not {mix[wrong[0]]}", option="mix"
        )
    if not len(units):
        return np.zeros(0)
    names = kinds.names
    share = np.array([mix.get(name, 1.0) for name in names])
    cell = units * len(names) + kinds.codes
    cells, cell_of, count = np.unique(cell, return_inverse=True, return_counts=True)
    weight_of_cell = share[cells % len(names)]
    total = np.bincount(cells // len(names), weights=weight_of_cell)
    weights: NDArray[np.float64] = weight_of_cell[cell_of] / count[cell_of] / total[units]
    return weights
