"""Plans of variants: which transformations, of which programs, checked how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from metacompress.errors import UsageError
from metacompress.lang.program import AnalysedProgram
from metacompress.settings.fields import MAX_SEED
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import Gate, Variant, make_variant
from metacompress.transforms.naming import Naming
from metacompress.transforms.validity import Refusal, ValidityLevel
from metacompress.variants.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.transforms.base import Transformation

Recipe = Callable[[AnalysedProgram, Naming, np.random.Generator], Variant | Refusal]
"""Program, naming and random generator to a variant, or to why there is none."""


@dataclass(frozen=True, slots=True)
class VariantPlan:
    """How follow-up inputs are made.

    Attributes:
        transformations: what is applied.
        compose: None to apply them one at a time, or how many random ones make a variant.
        per_example: variants of each example by each transformation, or by their composition.
        targets: which programs of an example are transformed.
        level: what a variant must pass.
        substitutes: file of recorded names, or None for names of the data set.
        seed: of everything random.
    """

    transformations: tuple[Transformation[Any], ...]
    compose: int | None
    per_example: int
    targets: tuple[int, ...]
    level: ValidityLevel
    substitutes: Path | None
    seed: int

    def recipes(self) -> dict[str, Recipe]:
        """How each kind of variant is made, by its name."""
        gate = Gate(self.level)
        if self.compose is None:
            return {one.name: partial(make_variant, one, gate=gate) for one in self.transformations}
        return {
            composition_name(self.compose): partial(
                make_composed_variant, self.transformations, self.compose, gate=gate
            )
        }


def composition_name(count: int) -> str:
    """What stands for the transformation's name where ``count`` of them were applied."""
    return f"compose-{count}"


def make_transformations(names: str | Sequence[str]) -> tuple[Transformation[Any], ...]:
    """The transformations called ``names``, each once; a level or ``all`` stands for several.

    Raises:
        UnknownNameError: no such transformation.
    """
    chosen = cast("Sequence[str]", TRANSFORMS.chosen(names))
    return tuple(TRANSFORMS.get(name)() for name in dict.fromkeys(chosen))


def make_plan(
    transforms: str | Sequence[str],
    *,
    compose: int | None = None,
    per_example: int = 1,
    programs: str = "first",
    validity: str = ValidityLevel.BINDINGS,
    substitutes: str | None = None,
    seed: int = 0,
) -> VariantPlan:
    """A plan from names, as users give them.

    Args:
        transforms: names of transformations, or ``all``.
        compose: how many random ones make a variant; None applies them one at a time.
        per_example: variants of each example.
        programs: of a pair, which ones are transformed: first, second or both.
        validity: name of a level.
        substitutes: file of recorded names.
        seed: of everything random.

    Raises:
        UsageError: a name is unknown.
    """
    if programs not in TARGETS:
        raise UsageError(
            f"programs must be one of {', '.join(TARGETS)}, not {programs!r}", option="programs"
        )
    if validity not in list(ValidityLevel):
        raise UsageError(
            f"validity must be one of {', '.join(ValidityLevel)}, not {validity!r}",
            option="validity",
        )
    if validity == ValidityLevel.EXECUTE:
        raise UsageError(
            "validity execute needs inputs, which data sets do not have; use compile",
            option="validity",
        )
    for name, count in (("compose", compose), ("variants", per_example)):
        if count is not None and count < 1:
            raise UsageError(f"{name} must be at least 1, not {count}", option=name)
    if not 0 <= seed <= MAX_SEED:
        raise UsageError(f"seed must be from 0 to {MAX_SEED}", option="seed")
    return VariantPlan(
        make_transformations(transforms),
        compose,
        per_example,
        TARGETS[programs],
        ValidityLevel(validity),
        Path(substitutes) if substitutes else None,
        seed,
    )
