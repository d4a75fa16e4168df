"""Where the edits of a counterexample stand, in its source and in its variant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.lang.edits import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.shrinking.edited import EditedProgram


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """Where one unit of edits stands.

    Attributes:
        source: bytes of the source that it takes out or replaces.
        variant: bytes of the variant that it has put there, and no later step has replaced.
    """

    source: list[Span] = field(default_factory=list)
    variant: list[Span] = field(default_factory=list)


def places_of(program: EditedProgram) -> dict[int, UnitPlaces]:
    """Where each unit of a program's edits stands, in the order of places.

    What an edit keeps of the text that it replaces is not of the edit.
    """
    put_in: dict[int, int] = {}
    taken_out: dict[int, int] = {}
    kept_from: dict[int, int] = {}
    for step in program.steps:
        for edit, unit, numbers in step.edits:
            kept: set[int] = set()
            for piece, number in zip(edit.replacement, numbers, strict=True):
                if not isinstance(piece, Span):
                    length = len(piece.encode(errors="surrogateescape"))
                    put_in.update(dict.fromkeys(range(number, number + length), unit))
                elif edit.start <= piece.start and piece.end <= edit.end:
                    kept.update(range(*piece))
                    for place in range(*piece):
                        name = step.before[place]
                        kept_from[number + place] = kept_from.get(name, name)
                else:
                    for place in range(*piece):
                        put_in[number + place] = unit
            for place in range(edit.start, edit.end):
                if place not in kept:
                    name = step.before[place]
                    taken_out.setdefault(kept_from.get(name, name), unit)
    found = {unit: UnitPlaces() for unit in program.units}
    for unit, span in _runs([taken_out.get(name) for name in range(len(program.source.source))]):
        found[unit].source.append(span)
    for unit, span in _runs([put_in.get(kept_from.get(name, name)) for name in program.names]):
        found[unit].variant.append(span)
    return found


def _runs(units: Sequence[int | None]) -> Iterable[tuple[int, Span]]:
    """Stretches of the same unit, in order."""
    start = 0
    for place in range(1, len(units) + 1):
        if place == len(units) or units[place] != units[start]:
            unit = units[start]
            if unit is not None:
                yield unit, Span(start, place)
            start = place
