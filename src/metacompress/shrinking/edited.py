"""A program and the edits that lead to its variant, made again with less of either."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from metacompress.errors import EditError
from metacompress.lang.edits import Edit, Origins, Span, apply_edits
from metacompress.lang.program import AnalysedProgram
from metacompress.shrinking.copies import with_copies
from metacompress.shrinking.units import units_of
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.lexical.rename_identifiers import RenameIdentifiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from metacompress.lang.language import Language
    from metacompress.transforms.base import Transformation
    from metacompress.variants.attempt import AppliedEdit

_RESTORED = -1
"""Name of a byte that the whole variant lacks: an edit that is left out would have replaced it."""


class UnitEdit(NamedTuple):
    """An edit of a step.

    Attributes:
        edit: with copies as spans of the text before the step.
        unit: number of its unit, which is left out as a whole.
        names: of the first byte of each piece, the others count on; of a copy, less the place of
            that byte in the text before the step.
    """

    edit: Edit
    unit: int
    names: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditedStep:
    """One transformation of the whole program.

    Attributes:
        transformation: None where another tool made the variant.
        edits: in the order of their places.
        before: names of the bytes of the text before it.
        place: of each name there.
    """

    transformation: Transformation[Any] | None
    edits: tuple[UnitEdit, ...]
    before: tuple[int, ...]
    place: Mapping[int, int]


class MadeStep(NamedTuple):
    """A step that was made again.

    Attributes:
        transformation: see ``EditedStep``.
        edits: of the text before it, by their unit.
        text: after it.
        origins: of its bytes in the text before it.
    """

    transformation: Transformation[Any] | None
    edits: Mapping[int, Sequence[Edit]]
    text: bytes
    origins: Origins


class Made(NamedTuple):
    """A source and its variant, made again.

    Attributes:
        source: its text.
        origins: of its bytes in the whole source.
        steps: those that still change something; the last one gives the variant.
    """

    source: bytes
    origins: Origins
    steps: tuple[MadeStep, ...]

    @property
    def variant(self) -> bytes:
        """The variant's text; the source's where nothing changes it any more."""
        return self.steps[-1].text if self.steps else self.source


class EditedProgram:
    """The edits of one program in steps. Every byte of every text has a name that it keeps.

    Attributes:
        source: the whole program.
        steps: that lead to its variant.
        units: numbers of the units of all steps.
        names: of the bytes of its variant. Those of the source are named by their places; whatever
            an edit puts in has names of its own, see ``UnitEdit``.

    Args:
        text: of the program.
        language: of the program.
        edits: that lead to its variant, in the order of their steps; see ``VariantAttempt``.

    Raises:
        ProgramError: the program or the outcome of a step cannot be analysed, or these are not
            edits of it.
    """

    def __init__(self, text: str, language: Language, edits: Iterable[AppliedEdit]) -> None:
        self.source = AnalysedProgram.of(text, language)
        names = tuple(range(len(self.source.source)))
        self._next_name = len(names)
        before, steps, units = self.source, [], 0
        for (_, name), of_step in groupby(edits, key=lambda one: (one.step, one.transformation)):
            transformation = TRANSFORMS.get(name)() if name in TRANSFORMS else None
            recorded = [Edit(one.start, one.end, one.replacement) for one in of_step]
            recorded.sort(key=lambda edit: (edit.start, edit.end))
            numbers = [units + 1 + unit for unit in units_of(transformation, before, recorded)]
            units = max(numbers) + 1
            copying = with_copies(before, recorded)
            step = EditedStep(
                transformation,
                tuple(
                    UnitEdit(edit, unit, self._new_names(edit))
                    for edit, unit in zip(copying, numbers, strict=True)
                ),
                names,
                {name: k for k, name in enumerate(names)},
            )
            steps.append(step)
            after, _ = apply_edits(before.source, copying)
            names = _names_after(names, step, [(one.edit, one.names) for one in step.edits])
            before = AnalysedProgram.of(after, language)
        self.steps = tuple(steps)
        self.names = names
        self.units = sorted({one.unit for step in steps for one in step.edits})

    def _new_names(self, edit: Edit) -> tuple[int, ...]:
        found = []
        for piece in edit.replacement:
            if isinstance(piece, Span):
                found.append(self._next_name - piece.start)
                self._next_name += piece.end - piece.start
            else:
                found.append(self._next_name)
                self._next_name += len(piece.encode(errors="surrogateescape"))
        return tuple(found)

    def make(self, left_out: Collection[int], removed: Iterable[Span]) -> Made | None:
        """Make source and variant again.

        Args:
            left_out: numbers of units whose edits are not made.
            removed: disjoint spans of the source that are taken out of it, and all that edits
                made of them out of the variant.

        Returns:
            None where an edit has lost its place.
        """
        text, origins = apply_edits(self.source.source, [Edit(*span, "") for span in removed])
        source = text
        names = [origin + k for _, origin, length in origins.segments for k in range(length)]
        steps = []
        for step in self.steps:
            edits = _moved(step, left_out, names)
            pairs = [(one.edit, one.names) for one in edits]
            try:
                after, of_step = apply_edits(text, [edit for edit, _ in pairs])
            except EditError:
                return None
            if after != text:
                by_unit: dict[int, list[Edit]] = {}
                for one in edits:
                    by_unit.setdefault(one.unit, []).append(one.edit)
                steps.append(MadeStep(step.transformation, by_unit, after, of_step))
            names = list(_names_after(names, step, pairs))
            text = after
        return Made(source, origins, tuple(steps))


def _moved(step: EditedStep, left_out: Collection[int], names: Sequence[int]) -> list[UnitEdit]:
    """The edits of a step that are still made, at their places in a text of these names.

    A unit of which an edit is gone is no rewriting any more, but for the renaming of what has
    fewer occurrences now.
    """
    place = {name: k for k, name in enumerate(names) if name != _RESTORED}
    found, broken = [], set(left_out)
    for edit, unit, numbers in step.edits:
        span = _span_now(Span(edit.start, edit.end), step.before, place)
        if span is None:
            if not isinstance(step.transformation, RenameIdentifiers):
                broken.add(unit)
            continue
        pieces, kept = [], []
        for piece, number in zip(edit.replacement, numbers, strict=True):
            now = _hull(piece, step.before, place) if isinstance(piece, Span) else piece
            if now is not None:
                pieces.append(now)
                kept.append(number)
        found.append(UnitEdit(Edit(*span, tuple(pieces)), unit, tuple(kept)))
    return [one for one in found if one.unit not in broken]


def _span_now(span: Span, before: Sequence[int], place: Mapping[int, int]) -> Span | None:
    """Where an edit's span lies by now; None where it is gone, or what an insertion stood by."""
    start, end = span
    if start < end:
        return _hull(span, before, place)
    left = place.get(before[start - 1]) if start > 0 else -1
    right = place.get(before[start]) if start < len(before) else len(place)
    return None if left is None or right is None else Span(left + 1, left + 1)


def _hull(span: Span, before: Sequence[int], place: Mapping[int, int]) -> Span | None:
    left = [place[name] for name in before[span.start : span.end] if name in place]
    return Span(min(left), max(left) + 1) if left else None


def _names_after(
    names: Sequence[int], step: EditedStep, edits: Iterable[tuple[Edit, tuple[int, ...]]]
) -> tuple[int, ...]:
    """Names of the bytes of a text after edits.

    Args:
        names: before.
        step: that the edits are of.
        edits: of this text, with the names of their pieces; see ``UnitEdit``.
    """
    found: list[int] = []
    position = 0
    for edit, numbers in sorted(edits, key=lambda one: (one[0].start, one[0].end)):
        found += names[position : edit.start]
        for piece, number in zip(edit.replacement, numbers, strict=True):
            if isinstance(piece, Span):
                copied = (step.place.get(name) for name in names[piece.start : piece.end])
                found += (_RESTORED if k is None else number + k for k in copied)
            else:
                found += range(number, number + len(piece.encode(errors="surrogateescape")))
        position = edit.end
    return (*found, *names[position:])
