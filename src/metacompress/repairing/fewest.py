"""The fewest tensors to keep in higher precision: greedily the most useful one, then pruned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Measured:
    """What a student with some tensors kept does to the inputs to choose by.

    Attributes:
        violations: of the relations, summed over their rates.
        passes: whether every relation passes.
    """

    violations: float
    passes: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """One choice of tensors.

    Attributes:
        names: that are kept in higher precision, in the order in which they were taken.
        measured: with these.
    """

    names: tuple[str, ...]
    measured: Measured


def fewest_kept(
    names: Sequence[str],
    measure: Callable[[frozenset[str]], Measured],
    size: Callable[[frozenset[str]], int],
) -> list[Kept]:
    """Take tensors until the relations pass, then leave out those that are not needed.

    Each step takes the tensor that leaves the fewest violations, of several the smallest. Greedy
    choices need not be the best: a smaller set may exist.

    Args:
        names: of the tensors that may be kept; with all of them, the relations pass.
        measure: called once for each set.
        size: bytes of the student with a set kept.

    Returns:
        every choice on the way, the first with none kept and the last the one to take.
    """
    known: dict[frozenset[str], Measured] = {}

    def measured(kept: Sequence[str]) -> Measured:
        key = frozenset(kept)
        if key not in known:
            known[key] = measure(key)
        return known[key]

    kept: list[str] = []
    found = [Kept((), measured(()))]
    while not found[-1].measured.passes and len(kept) < len(names):
        kept.append(
            min(
                (name for name in names if name not in kept),
                key=lambda name: (
                    measured([*kept, name]).violations,
                    size(frozenset([*kept, name])),
                ),
            )
        )
        found.append(Kept(tuple(kept), measured(kept)))
    for name in list(kept):
        without = [one for one in kept if one != name]
        if measured(without).passes:
            kept = without
            found.append(Kept(tuple(kept), measured(kept)))
    return found
