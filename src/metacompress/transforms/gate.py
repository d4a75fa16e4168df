"""The gate between a transformation and the models: no variant gets past it unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.errors import EditError, ProgramError
from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.module import Module
from metacompress.lang.validity import Refusal, ValidityLevel, check_parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.transforms.base import Transformation
    from metacompress.transforms.naming import Naming


@dataclass(frozen=True, slots=True)
class Variant:
    """A program that passed the gate, and the edits that made it of its source."""

    module: Module
    edits: tuple[Edit, ...]


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
        edits: Sequence[Edit] = transformation.rewrite(module, naming, rng)
        if not edits:
            return Refusal.NO_SITE
        variant = Module.of(apply_edits(module.source, edits), module.language)
        if variant.source == module.source:
            return Refusal.UNCHANGED
        refusal = check_parse(module, variant)
        if refusal is None and level is not ValidityLevel.PARSE:
            refusal = transformation.check(module, variant)
    except EditError:
        raise  # a fault of the transformation, never of the program
    except ProgramError:
        return Refusal.UNANALYSABLE
    return Variant(variant, tuple(edits)) if refusal is None else refusal
