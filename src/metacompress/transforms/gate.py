"""The gate between a transformation and the models: no variant gets past it unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import EditError, ProgramError
from metacompress.lang.edits import Edit, Origins, apply_with_origins
from metacompress.lang.module import Module
from metacompress.lang.validity import Refusal, ValidityLevel, check_parse
from metacompress.transforms.naming import FreshNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.transforms.base import Site, Transformation
    from metacompress.transforms.naming import Naming


class Step(NamedTuple):
    """What one transformation did; the offsets refer to the program before it."""

    transformation: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A program that passed the gate, and the steps that made it of its source."""

    module: Module
    steps: tuple[Step, ...]


def make_variant(
    transformation: Transformation,
    module: Module,
    naming: Naming,
    rng: Generator,
    level: ValidityLevel = ValidityLevel.BINDINGS,
) -> Variant | Refusal:
    """Apply ``transformation`` to ``module`` and check the outcome.

    Returns:
        the variant, or why there is none.
    """
    if module.language not in transformation.languages:
        return Refusal.UNSUPPORTED_LANGUAGE
    try:
        sites = tuple(transformation.sites(module))
        chosen = transformation.choose(sites, rng) if sites else ()
        return rewrite_sites(transformation, module, chosen, naming, rng, level)
    except EditError:
        raise  # a fault of the transformation, never of the program
    except ProgramError:
        return Refusal.UNANALYSABLE


def rewrite_sites(
    transformation: Transformation,
    module: Module,
    sites: Sequence[Site],
    naming: Naming,
    rng: Generator,
    level: ValidityLevel = ValidityLevel.BINDINGS,
) -> Variant | Refusal:
    """Rewrite these sites, of disjoint spans, and check the outcome.

    Raises:
        ProgramError: the outcome cannot be analysed.
    """
    names = FreshNames(module, naming)
    edits: list[Edit] = []
    for site in sites:
        edits.extend(transformation.rewrite(module, site, names, rng))
    if not edits:
        return Refusal.NO_SITE
    text, origins = apply_with_origins(module.source, edits)
    variant = Module.of(text, module.language)
    refusal = _refusal(transformation, module, variant, origins, level)
    if refusal is not None:
        return refusal
    resolved = tuple(edit.resolved(module.source) for edit in edits)
    return Variant(variant, (Step(transformation.name, resolved),))


def _refusal(
    transformation: Transformation,
    module: Module,
    variant: Module,
    origins: Origins,
    level: ValidityLevel,
) -> Refusal | None:
    if variant.source == module.source:
        return Refusal.UNCHANGED
    refusal = check_parse(module, variant)
    if refusal is None and level is not ValidityLevel.PARSE:
        refusal = transformation.check(module, variant, origins)
    return refusal
