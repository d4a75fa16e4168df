"""Smaller counterexamples: what is left out, whether the rest is valid, and the pair that it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import EditError, ProgramError
from metacompress.lang.program import AnalysedProgram
from metacompress.shrinking.edited import EditedProgram
from metacompress.shrinking.parts import find_parts, merged_spans
from metacompress.shrinking.units import is_offered
from metacompress.transforms.validity import Refusal, check_bindings, check_parse
from metacompress.transforms.validity_level import ValidityLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.shrinking.edited import Made, MadeStep
    from metacompress.transforms.gate import Gate
    from metacompress.variants.attempt import AppliedEdit


Member = tuple[int, int]
"""Number of a program, and of a unit or part of it."""


class Invalid(StrEnum):
    """Why a smaller counterexample is none, before any model is asked; the gate has more."""

    SOURCE_BROKEN = "source-broken"
    """The source has a new syntax error, or a name that nothing declares any more."""
    EDITS_BROKEN = "edits-broken"
    """An edit has lost its place, or the precondition of its transformation no longer holds."""


class Pair(NamedTuple):
    """A source and its variant, to be asked."""

    source: Example
    variant: Example


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left out.

    Attributes:
        units: of edits.
        parts: of sources.
    """

    units: frozenset[Member] = frozenset()
    parts: frozenset[Member] = frozenset()


class Whole:
    """A counterexample as it was found, of which some may be left out.

    Attributes:
        pair: source and variant.
        programs: those of the source, with their edits.
        units: of all edits.

    Args:
        source: the example.
        variant: its variant.
        edits: that lead to it.
        gate: what a smaller variant must pass.

    Raises:
        ProgramError: a program cannot be analysed, these are not edits of it, or the variant does
            not pass the gate by what is recorded of it.
    """

    def __init__(
        self, source: Example, variant: Example, edits: Sequence[AppliedEdit], gate: Gate
    ) -> None:
        self.pair = Pair(source, variant)
        self._gate = gate
        self.programs = [
            EditedProgram(
                program.text, program.language, [one for one in edits if one.program == number]
            )
            for number, program in enumerate(source.programs)
        ]
        self.units = [(n, unit) for n, one in enumerate(self.programs) for unit in one.units]
        again = self.without(Choice())
        if not isinstance(again, Pair):
            raise ProgramError(f"the edits of {variant.id} cannot be made again: {again}")
        if again.variant.programs != variant.programs:
            raise ProgramError(f"the edits of {variant.id} do not lead to it")

    def without(self, choice: Choice) -> Pair | Invalid | Refusal:
        """The pair that is left, or why it is none."""
        made: list[Made] = []
        for number, program in enumerate(self.programs):
            found = self._made(program, number, choice)
            if isinstance(found, (Invalid, Refusal)):
                return found
            made.append(found)
        if all(one.variant == one.source for one in made):
            return Refusal.UNCHANGED
        return Pair(
            self.pair.source.with_texts(one.source.decode() for one in made),
            self.pair.variant.with_texts(one.variant.decode() for one in made),
        )

    def idle_units(self, choice: Choice) -> frozenset[Member]:
        """Units of which no edit is made any more, as what they were made in is left out."""
        found: set[Member] = set()
        for number, program in enumerate(self.programs):
            made = self._again(program, number, choice)
            if made is not None:
                busy = {unit for step in made.steps for unit in step.edits}
                found |= {(number, unit) for unit in program.units if unit not in busy}
        return frozenset(found) - choice.units

    @property
    def size(self) -> int:
        """Bytes of its source."""
        return sum(len(program.source.source) for program in self.programs)

    def transformation_of(self, unit: Member) -> str:
        """The name of the transformation that made a unit; empty where it is not registered."""
        number, one = unit
        return next(
            step.transformation.name if step.transformation else ""
            for step in self.programs[number].steps
            if any(edit.unit == one for edit in step.edits)
        )

    def _made(
        self, program: EditedProgram, number: int, choice: Choice
    ) -> Made | Invalid | Refusal:
        try:
            made = self._again(program, number, choice)
            if made is None:
                return Invalid.EDITS_BROKEN
            source = AnalysedProgram.of(made.source, program.source.language)
            shorter = made.source != program.source.source
            if shorter and not self._stands_for_itself(program.source, source, made):
                return Invalid.SOURCE_BROKEN
            before = source
            for step in made.steps:
                after = AnalysedProgram.of(step.text, source.language)
                refusal = self._refusal(step, before, after)
                if refusal is not None:
                    return refusal
                before = after
        except EditError:
            raise
        except ProgramError:
            return Refusal.UNANALYSABLE
        return made

    @staticmethod
    def _again(program: EditedProgram, number: int, choice: Choice) -> Made | None:
        parts = program.source.fact(find_parts) if choice.parts else ()
        return program.make(
            {unit for n, unit in choice.units if n == number},
            merged_spans(parts[k].span for n, k in choice.parts if n == number),
        )

    def _stands_for_itself(self, whole: AnalysedProgram, part: AnalysedProgram, made: Made) -> bool:
        if not part.source.strip() or check_parse(whole, part) is not None:
            return False
        return (
            self._gate.level is ValidityLevel.PARSE
            or check_bindings(whole, part, made.origins, may_drop=True) is None
        )

    def _refusal(
        self, step: MadeStep, before: AnalysedProgram, after: AnalysedProgram
    ) -> Invalid | Refusal | None:
        transformation = step.transformation
        if transformation is None:
            return self._gate.refusal_of_text(before, after)
        if not all(is_offered(transformation, before, one) for one in step.edits.values()):
            return Invalid.EDITS_BROKEN
        return self._gate.refusal(transformation, before, after, step.origins)
