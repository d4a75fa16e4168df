"""Occlusion by valid programs: each edit of a counterexample undone alone, and made alone.

Half a renaming is another program. So an edit is what can be left out by itself (see
``shrinking.units``), and what is left passes the gate, or no model is asked about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.shrinking.candidate import Choice, Pair
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.shrinking.candidate import Invalid, Member, Whole


class Parting(NamedTuple):
    """What a relation says of one pair.

    Attributes:
        magnitude: how far the pair is from satisfying it, in the relation's unit; 0 where it does
            not apply.
        violated: whether the variant violates it, and its source does not.
    """

    magnitude: float
    violated: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What there is to ask about one edit.

    Attributes:
        units: of the edit; several where edits are taken together.
        undone: the counterexample without it, or why there is none.
        alone: the source with nothing else, or why there is none.
    """

    units: tuple[Member, ...]
    undone: Pair | Invalid | Refusal
    alone: Pair | Invalid | Refusal


@dataclass(frozen=True, slots=True)
class Effect:
    """What one edit does to the parting.

    Attributes:
        undone: the parting without it; None where there is no such program.
        alone: the parting with nothing else; None where there is no such program.
        size: how much of the magnitude goes with it: the mean of how much it falls where the edit
            is undone, and rises where it is made alone; of one of the two where the other is
            missing, None where both are.
        share: its size by the sum of all sizes without their signs, in [-1, 1]: below 0 where the
            edit holds the models together. None where that sum is 0.
    """

    undone: Parting | None
    alone: Parting | None
    size: float | None
    share: float | None


def trials_of(whole: Whole, most: int) -> list[Trial]:
    """What to ask about each edit of a counterexample.

    Args:
        whole: the counterexample.
        most: edits that are told apart; where there are more, neighbours are taken together.
    """
    everything = frozenset(whole.units)
    return [
        Trial(
            units,
            _without(whole, frozenset(units)),
            _without(whole, everything.difference(units)),
        )
        for units in _together(whole.units, most)
    ]


def effects(
    found: Sequence[tuple[Parting | None, Parting | None]], whole: Parting, source: Parting
) -> list[Effect]:
    """What each edit does to the parting.

    The mean of what an edit changes as the last one and as the first one is its Shapley value
    where no three edits or more act together.

    Args:
        found: of each edit, the parting where it is undone and where it is made alone.
        whole: of the counterexample.
        source: of the source with itself.
    """
    sizes: list[float | None] = []
    for undone, alone in found:
        changes = [] if undone is None else [whole.magnitude - undone.magnitude]
        changes += [] if alone is None else [alone.magnitude - source.magnitude]
        sizes.append(float(np.mean(changes)) if changes else None)
    total = sum(abs(size) for size in sizes if size is not None)
    return [
        Effect(undone, alone, size, size / total if size is not None and total else None)
        for (undone, alone), size in zip(found, sizes, strict=True)
    ]


def explained(found: Sequence[Effect], whole: Parting, source: Parting) -> float | None:
    """The sizes of all edits by the magnitude that there is to explain.

    1 where edits act by themselves or in pairs; None where there is nothing to explain, or where
    the size of an edit is not known.
    """
    sizes = [one.size for one in found if one.size is not None]
    there = whole.magnitude - source.magnitude
    return sum(sizes) / there if there and len(sizes) == len(found) else None


def _without(whole: Whole, units: frozenset[Member]) -> Pair | Invalid | Refusal:
    """The counterexample without some of its edits; without all of them, the source twice."""
    found = whole.without(Choice(units=units))
    return Pair(whole.pair.source, whole.pair.source) if found is Refusal.UNCHANGED else found


def _together(units: Sequence[Member], most: int) -> list[tuple[Member, ...]]:
    """The units in at most so many groups of neighbours, of nearly the same size."""
    count = min(len(units), most)
    cuts = [number * len(units) // count for number in range(count + 1)]
    return [tuple(units[start:end]) for start, end in pairwise(cuts)]
