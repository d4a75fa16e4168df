"""The gate between a transformation and the models: no variant gets past it unchecked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import EditError, ProgramError
from metacompress.lang.edits import apply_edits
from metacompress.lang.module import Module
from metacompress.lang.validity import Refusal, ValidityLevel, check_parse

if TYPE_CHECKING:
    from numpy.random import Generator

    from metacompress.transforms.base import Transformation
    from metacompress.transforms.naming import Naming


def make_variant(
    transformation: Transformation,
    module: Module,
    naming: Naming,
    rng: Generator,
    level: ValidityLevel = ValidityLevel.BINDINGS,
) -> Module | Refusal:
    """Apply ``transformation`` to ``module`` and check the outcome.

    Returns:
        the variant, or why there is none.
    """
    if module.language not in transformation.languages:
        return Refusal.UNSUPPORTED_LANGUAGE
    try:
        edits = transformation.rewrite(module, naming, rng)
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
    return variant if refusal is None else refusal
