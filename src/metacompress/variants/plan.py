"""Plans of variants: which transformations, of which programs, checked how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from metacompress.lang.language import require_front_end
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import Gate, Variant, make_variant
from metacompress.transforms.naming import Naming
from metacompress.transforms.validity import Refusal
from metacompress.transforms.validity_level import ValidityLevel
from metacompress.variants.settings import composition_name
from metacompress.variants.targets import TARGETS, target_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.transforms.base import Transformation
    from metacompress.variants.settings import VariantSettings

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
        recorded: file of variants that other tools made, or None.
    """

    transformations: tuple[Transformation[Any], ...]
    compose: int | None
    per_example: int
    targets: tuple[int, ...]
    level: ValidityLevel
    substitutes: Path | None
    seed: int
    recorded: Path | None = None

    @property
    def makes_variants(self) -> bool:
        """Whether there are any follow-ups."""
        return bool(self.transformations) or self.recorded is not None

    def require_front_end(self, dataset: Dataset) -> None:
        """Check that some program that is to be transformed can be analysed.

        Raises:
            MissingFrontEndError: there is none.
        """
        if self.transformations:
            require_front_end(target_languages(dataset, self.targets), "a transformation")

    def recipes(self) -> dict[str, Recipe]:
        """How each kind of variant is made, by its name."""
        gate = Gate(self.level)
        if not self.transformations:
            return {}
        if self.compose is None:
            return {one.name: partial(make_variant, one, gate=gate) for one in self.transformations}
        return {
            composition_name(self.compose): partial(
                make_composed_variant, self.transformations, self.compose, gate=gate
            )
        }


def make_transformations(names: str | Sequence[str]) -> tuple[Transformation[Any], ...]:
    """The transformations called ``names``, each once; a level or ``all`` stands for several.

    Raises:
        UnknownNameError: no such transformation.
    """
    chosen = cast("Sequence[str]", TRANSFORMS.chosen(names))
    return tuple(TRANSFORMS.get(name)() for name in dict.fromkeys(chosen))


def make_plan(settings: VariantSettings, *, arity: int = 2) -> VariantPlan:
    """A plan from names, as users give them.

    Args:
        settings: how variants are made.
        arity: programs of an example: of single programs, only the first can be transformed.

    Raises:
        UnknownNameError: no such transformation.
    """
    return VariantPlan(
        make_transformations(settings.transforms),
        settings.compose,
        settings.variants,
        TARGETS[settings.programs if arity > 1 else "first"],
        ValidityLevel(settings.validity),
        Path(settings.substitutes) if settings.substitutes else None,
        settings.seed,
        Path(settings.variants_from) if settings.variants_from else None,
    )
