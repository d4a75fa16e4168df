"""Variances of ratios whose inputs share programs.

Inputs are single programs or pairs. Variants of one program resemble each other, programs of one
project do, and two pairs that share a program do. A ratio is ``sum(events) / sum(applicable)``
over inputs; its variance is that of the linearised residuals ``events - ratio * applicable``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from metacompress.stats.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Dependence:
    """Which inputs are not independent of each other.

    Attributes:
        members: numbers from 0 of the clusters (projects, functions) of each input: shape (n, 1)
            for single programs, (n, 2) for pairs.
        count: number of clusters.
    """

    members: IntArray
    count: int

    @classmethod
    def of(cls, names: IntArray) -> Dependence:
        """Number the clusters that ``names``, shape (n,), (n, 1) or (n, 2), tells apart.

        Raises:
            UsageError: another shape.
        """
        table = names.reshape(-1, 1) if names.ndim == 1 else names
        if table.ndim != 2 or table.shape[1] not in (1, 2):
            raise UsageError(
                f"clusters must have shape (n,), (n, 1) or (n, 2), not {names.shape}",
                option="clusters",
            )
        found, members = np.unique(table, return_inverse=True)
        return cls(members.reshape(table.shape).astype(np.int64), len(found))

    def __len__(self) -> int:
        return len(self.members)

    def rows(self, kept: IntArray) -> Dependence:
        """Return the dependence among some of the inputs, by their indices or as a mask."""
        return Dependence.of(self.members[kept])

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum ``values``, shape (n,), over the inputs of each cluster; shape (count,).

        A pair adds to both of its programs, and once where both are the same.
        """
        total = np.zeros(self.count)
        np.add.at(total, self.members[:, 0], values)
        if self.members.shape[1] == 2:
            apart = self.members[:, 0] != self.members[:, 1]
            np.add.at(total, self.members[apart, 1], values[apart])
        return total

    def shared(self, values: FloatArray) -> float:
        """Sum the products of ``values``, shape (n,), over ordered couples that share a cluster.

        A couple of an input with itself counts once. Where every input is its own cluster this is
        the sum of squares.
        """
        by_cluster = self.sums(values)
        total = float(by_cluster @ by_cluster)
        if self.members.shape[1] == 1:
            return total
        # A couple that shares both programs has been counted under each of them.
        ordered = np.sort(self.members, axis=1)
        apart = ordered[:, 0] != ordered[:, 1]
        keys = ordered[apart, 0] * self.count + ordered[apart, 1]
        _, same = np.unique(keys, return_inverse=True)
        twice = np.bincount(same, weights=values[apart]) if len(keys) else np.zeros(0)
        return total - float(twice @ twice)

    def disjoint(self, order: IntArray) -> IntArray:
        """Choose inputs, in this order of preference, of which no two share a cluster."""
        taken = np.zeros(self.count, dtype=np.bool_)
        chosen = []
        for row in order.tolist():
            clusters = self.members[row]
            if not taken[clusters].any():
                taken[clusters] = True
                chosen.append(row)
        return np.array(chosen, dtype=np.int64)

    def one_sided(self) -> list[Dependence]:
        """Return the dependence by each program of a pair alone."""
        return [Dependence.of(column) for column in self.members.T]


def ratio_variance(events: FloatArray, applicable: FloatArray, dependence: Dependence) -> float:
    """Estimate the variance of ``sum(events) / sum(applicable)``.

    For single programs this is the linearised variance between clusters. For pairs it is the
    dyadic-robust variance, in which every two pairs that share a program may be correlated, but at
    least the variances that clusters of either program alone, or no clusters, would give.

    Source: Woodruff 1971, doi:10.1080/01621459.1971.10482279; Aronow, Samii and Assenova 2015,
    doi:10.1093/pan/mpv018.

    Args:
        events: shape (n,), 0 <= events <= applicable.
        applicable: shape (n,), not all 0.
        dependence: of the n inputs.

    Returns:
        The variance; nan where fewer than two clusters say anything.

    Raises:
        UsageError: the shapes differ, or nothing is applicable.
    """
    require_same_length(events=events, applicable=applicable)
    weight = float(applicable.sum())
    if len(dependence) != len(events) or weight <= 0:
        raise UsageError(
            "a ratio needs one cluster per input, and an applicable input", option="clusters"
        )
    residuals = events - events.sum() / weight * applicable
    return mean_variance(residuals, applicable, dependence)


def mean_variance(residuals: FloatArray, applicable: FloatArray, dependence: Dependence) -> float:
    """Estimate the variance of ``sum(residuals) / sum(applicable)``; see ``ratio_variance``.

    Args:
        residuals: shape (n,), of sum 0.
        applicable: shape (n,); an input with 0 takes no part.
        dependence: of the n inputs.
    """
    weight = float(applicable.sum())
    views = [dependence]
    if dependence.members.shape[1] == 2:
        views += [*dependence.one_sided(), Dependence.of(np.arange(len(residuals)))]
    found = []
    for view in views:
        clusters = np.count_nonzero(view.sums(applicable))
        if clusters > 1:
            found.append(clusters / (clusters - 1) * view.shared(residuals) / weight**2)
    return max(found, default=float("nan"))
