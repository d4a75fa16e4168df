"""Several transformations in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.transforms.gate import DEFAULT_GATE, Gate, Step, Variant, make_variant
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.base import Transformation
    from metacompress.transforms.naming import Naming


def make_composed_variant(
    transformations: Sequence[Transformation[Any]],
    count: int,
    program: AnalysedProgram,
    naming: Naming,
    rng: Generator,
    gate: Gate = DEFAULT_GATE,
) -> Variant | Refusal:
    """Apply random ones of ``transformations`` one after the other, each through the gate.

    Args:
        transformations: what is drawn from; one may be drawn more than once.
        count: how many are applied; fewer where no other has a site.
        program: the program.
        naming: where new names come from.
        rng: the only source of chance.
        gate: what every step must pass.

    Returns:
        the variant with one step for each that was applied, or why there is none.
    """
    current = program
    steps: list[Step] = []
    refusal = Refusal.NO_SITE
    for _ in range(count):
        for index in rng.permutation(len(transformations)):
            outcome = make_variant(transformations[index], current, naming, rng, gate)
            if isinstance(outcome, Variant):
                current = outcome.program
                steps.extend(outcome.steps)
                break
            refusal = outcome
        else:
            break
    if not steps:
        return refusal
    if current.source == program.source:
        return Refusal.UNCHANGED
    return Variant(current, tuple(steps))
