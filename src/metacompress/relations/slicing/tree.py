"""Combinations of slices in which a relation is violated most often, found by a tree.

The tree looks at as many combinations as it likes on one half of the sources. What it finds is a
handful of combinations; these alone are tested, and on the other half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.relations.slicing.slices import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.relations.judgement import Judgement
    from metacompress.relations.outputs import Outputs
    from metacompress.stats.intervals.variances import Dependence

KIND = "combination"
# Ours. A leaf has at least so many sources, and so large a share of them; a split tells two rates
# apart by at least so large a chi-square statistic, which one split in twenty would by chance.
_DEPTH = 3
_LEAST_SOURCES, _LEAST_SHARE = 20, 0.03
_LEAST_STATISTIC = 3.84

Conditions = tuple[tuple[int, bool], ...]
"""Of slices, by their index, whether an input is inside or not."""


def halves(dependence: Dependence, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Divide m sources into two independent halves; a pair across both is in neither."""
    side = np.random.default_rng(seed).permutation(dependence.count) % 2 == 0
    sides = side[dependence.members]
    return sides.all(axis=1), ~sides.any(axis=1)


def combinations(
    slices: Sequence[Slice],
    judgement: Judgement,
    outputs: Outputs,
    sought: NDArray[np.bool_],
    tested: NDArray[np.bool_],
) -> list[Slice]:
    """Find combinations of slices that have a greater rate than the whole.

    Args:
        slices: of the n inputs; "not" one includes the inputs of which it is not known.
        judgement: of the relation on the n inputs.
        outputs: on the n inputs.
        sought: bool (n,); the inputs on which the tree grows.
        tested: bool (n,); the inputs that the combinations know.

    Returns:
        At most seven, which do not overlap.
    """
    if not slices:
        return []
    weights = outputs.weights * judgement.applicable * sought
    inside, groups = _alike([one.inside & one.known for one in slices], len(outputs))
    violated, applicable = (
        np.bincount(groups, weights=each, minlength=inside.shape[1]).astype(np.float64)
        for each in (weights * judgement.violated, weights)
    )
    found = grow(inside, violated, applicable)
    return [_combined(slices, conditions).among(tested) for conditions in found]


def _alike(
    inside: Sequence[NDArray[np.bool_]], count: int
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Group inputs that are in the same slices: millions of inputs make some hundred groups.

    Args:
        inside: for each of k slices, bool (count,); the inputs that are in it.
        count: of inputs.

    Returns:
        for each slice and group, bool (k, groups), and the group of each input, (count,).
    """
    packed = np.packbits(np.array(inside, dtype=np.bool_).reshape(len(inside), count), axis=0)
    signatures, groups = np.unique(packed, axis=1, return_inverse=True)
    members = np.unpackbits(signatures, axis=0, count=len(inside)).astype(np.bool_)
    return members, groups.reshape(count)


def grow(
    inside: NDArray[np.bool_], violated: NDArray[np.float64], applicable: NDArray[np.float64]
) -> list[Conditions]:
    """Grow a greedy tree; return the leaves whose rate is greater than that of the root.

    Args:
        inside: bool (k, n); which inputs are in which slice.
        violated: float64 (n,); weights of violations, where each source weighs 1.
        applicable: float64 (n,); weights of inputs.
    """
    total = float(applicable.sum())
    if not len(inside) or total <= 0:
        return []
    least = max(_LEAST_SOURCES, _LEAST_SHARE * total)
    rate = float(violated.sum()) / total
    members = inside.astype(np.float64)

    def leaves(
        conditions: Conditions, v: NDArray[np.float64], a: NDArray[np.float64]
    ) -> Iterator[Conditions]:
        best = _best_split(members @ v, members @ a, float(v.sum()), float(a.sum()), least)
        if best is None or len(conditions) == _DEPTH:
            if conditions and v.sum() > rate * a.sum():
                yield conditions
            return
        for side in (True, False):
            kept = members[best] if side else 1 - members[best]
            yield from leaves((*conditions, (best, side)), v * kept, a * kept)

    return list(leaves((), violated, applicable))


def _best_split(
    v: NDArray[np.float64], a: NDArray[np.float64], violated: float, applicable: float, least: float
) -> int | None:
    """The slice (of k) whose rate is furthest from the rest by chi-square; None if none is far."""
    rate = violated / applicable if applicable > 0 else 0.0
    allowed = (a >= least) & (applicable - a >= least)
    if not 0 < rate < 1 or not allowed.any():
        return None
    rest = np.where(allowed, applicable - a, 1)
    here = np.where(allowed, a, 1)
    distance = v / here - (violated - v) / rest
    statistic = here * rest / applicable * distance**2 / (rate * (1 - rate))
    statistic[~allowed] = 0
    # Of two slices that complement each other, the one that parts more often has the better name.
    clearest = statistic >= statistic.max() * (1 - 1e-9)
    best = int(np.argmax(np.where(clearest, v / here, -1)))
    return best if statistic[best] >= _LEAST_STATISTIC else None


def _combined(slices: Sequence[Slice], conditions: Conditions) -> Slice:
    inside = np.logical_and.reduce(
        [(slices[index].inside & slices[index].known) == holds for index, holds in conditions]
    )
    # What holds first: "loops, not goto".
    ordered = sorted(conditions, key=lambda condition: not condition[1])
    names = [
        slices[index].name if holds else f"not {slices[index].name}" for index, holds in ordered
    ]
    return Slice.of(KIND, ", ".join(names), inside)
