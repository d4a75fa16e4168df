"""How many sources a verdict needs, by guessed rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from metacompress.relations import make_relation
from metacompress.stats.betting.stopping import stopping_time
from metacompress.stats.planning import inputs_needed, sources_needed
from metacompress.study.planning.summary import PlannedRate

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.study.planning.settings import PlanConfig

# Sources that a sequential test may ask where no data say how many there are.
CAP = 10_000


def tolerances(config: PlanConfig) -> list[float]:
    """The tolerances of the relations that can be planned for, each once, in (0, 1)."""
    made = (make_relation(name, constants) for name, constants in config.relations.items())
    return sorted({one.tolerance for one in made if 0 < one.tolerance < 1})


def planned_rates(
    config: PlanConfig, sources: int | None, advance: Callable[[int], None] = lambda steps: None
) -> list[PlannedRate]:
    """The sizes that every guessed rate needs.

    Args:
        config: of the plan.
        sources: that the data have; None without data.
        advance: called after each rate.
    """
    alpha = (1 - config.confidence) / 2
    found = []
    for tolerance in tolerances(config):
        for rate in config.rates_about(tolerance):
            inputs = inputs_needed(tolerance, rate, alpha=alpha, power=config.power)
            needed = None
            if math.isfinite(inputs):
                needed = sources_needed(
                    inputs,
                    variants=config.inputs_per_source,
                    correlation=config.correlation,
                    share=config.applicable,
                )
            stops = stopping_time(tolerance, rate, inputs=sources or CAP, alpha=alpha)
            found.append(
                PlannedRate(
                    tolerance=tolerance,
                    rate=rate,
                    verdict=None if rate == tolerance else ("pass" if rate < tolerance else "fail"),
                    inputs=None if needed is None else math.ceil(inputs),
                    sources=None if needed is None else math.ceil(needed),
                    enough=None
                    if sources is None
                    else needed is not None and math.ceil(needed) <= sources,
                    sequential_sources=stops.inputs,
                    sequential_decided=stops.passes + stops.fails,
                )
            )
            advance(1)
    return found
