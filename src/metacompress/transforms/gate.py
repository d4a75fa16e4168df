"""The gate between a transformation and the models: no variant gets past it unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from metacompress.errors import EditError, ProgramError, UsageError
from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.behaviour import check_behaviour, check_compilation
from metacompress.transforms.budget import is_over_budget, makes_too_much
from metacompress.transforms.naming import FreshNames
from metacompress.transforms.validity import Refusal, check_names, check_parse
from metacompress.transforms.validity_level import ValidityLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator

    from metacompress.execution.programs import Input
    from metacompress.lang.edits import Origins
    from metacompress.transforms.base import Site, Transformation
    from metacompress.transforms.naming import Naming


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gate:
    """What a variant must pass.

    Attributes:
        level: how much is checked; each level includes those before it.
        prelude: what stands in front of the programs when they are compiled.
        inputs: what they are run on at the level ``execute``, which takes whole programs only.

    Raises:
        UsageError: the level is ``execute`` and there are no inputs.
    """

    level: ValidityLevel = ValidityLevel.BINDINGS
    prelude: str = ""
    inputs: tuple[Input, ...] = ()

    def __post_init__(self) -> None:
        if self.level is ValidityLevel.EXECUTE and not self.inputs:
            raise UsageError(
                "the validity level execute needs inputs to run programs on", option="inputs"
            )

    def refusal(
        self,
        transformation: Transformation[Any],
        source: AnalysedProgram,
        variant: AnalysedProgram,
        origins: Origins,
    ) -> Refusal | None:
        """Why ``variant`` is refused; None accepts it.

        Raises:
            MissingDependencyError: a compiler that the level needs is not installed.
        """
        return self._refusal(
            source, variant, lambda: transformation.check(source, variant, origins)
        )

    def refusal_of_text(self, source: AnalysedProgram, variant: AnalysedProgram) -> Refusal | None:
        """Why a variant is refused of which nothing but its text is known; None accepts it.

        Raises:
            MissingDependencyError: a compiler that the level needs is not installed.
        """
        if is_over_budget(source) or is_over_budget(variant):
            return Refusal.OVER_BUDGET
        return self._refusal(source, variant, lambda: check_names(source, variant))

    def _refusal(
        self,
        source: AnalysedProgram,
        variant: AnalysedProgram,
        check: Callable[[], Refusal | None],
    ) -> Refusal | None:
        if variant.source == source.source:
            return Refusal.UNCHANGED
        refusal = check_parse(source, variant)
        if refusal is None and self.level is not ValidityLevel.PARSE:
            refusal = check()
        if refusal is None and self.level in (ValidityLevel.COMPILE, ValidityLevel.EXECUTE):
            refusal = check_compilation(source, variant, self.prelude)
        if refusal is None and self.level is ValidityLevel.EXECUTE:
            refusal = check_behaviour(source, variant, self.inputs, self.prelude)
        return refusal


DEFAULT_GATE = Gate()


class Step(NamedTuple):
    """What one transformation did; the offsets refer to the program before it."""

    transformation: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A program that passed the gate, and the steps that made it of its source."""

    program: AnalysedProgram
    steps: tuple[Step, ...]


def make_variant(
    transformation: Transformation[T],
    program: AnalysedProgram,
    naming: Naming,
    rng: Generator,
    gate: Gate = DEFAULT_GATE,
) -> Variant | Refusal:
    """Apply ``transformation`` to ``program`` and check the outcome.

    Returns:
        the variant, or why there is none.

    Raises:
        MissingDependencyError: a compiler that the gate needs is not installed.
    """
    if program.language not in transformation.languages:
        return Refusal.UNSUPPORTED_LANGUAGE
    if is_over_budget(program):
        return Refusal.OVER_BUDGET
    try:
        sites = transformation.all_sites(program)
        chosen = transformation.choose(sites, rng) if sites else ()
        return rewrite_sites(transformation, program, chosen, naming, rng, gate)
    except EditError:
        raise  # a fault of the transformation, never of the program
    except ProgramError:
        return Refusal.UNANALYSABLE


def rewrite_sites(
    transformation: Transformation[T],
    program: AnalysedProgram,
    sites: Sequence[Site[T]],
    naming: Naming,
    rng: Generator,
    gate: Gate = DEFAULT_GATE,
) -> Variant | Refusal:
    """Rewrite these sites, of disjoint spans, and check the outcome.

    Raises:
        ProgramError: the outcome cannot be analysed.
    """
    names = FreshNames(program, naming)
    edits: list[Edit] = []
    for site in sites:
        edits.extend(transformation.rewrite(program, site, names, rng))
    if not edits:
        return Refusal.NO_SITE
    if makes_too_much(program.source, edits):
        return Refusal.OVER_BUDGET
    text, origins = apply_edits(program.source, edits)
    variant = AnalysedProgram.of(text, program.language)
    refusal = gate.refusal(transformation, program, variant, origins)
    if refusal is not None:
        return refusal
    resolved = tuple(edit.resolved(program.source) for edit in edits)
    return Variant(variant, (Step(transformation.name, resolved),))
