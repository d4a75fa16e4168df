"""How many inputs a verdict needs, and which rates a number of inputs can tell from a tolerance."""

from __future__ import annotations

import math

from scipy.special import ndtri

from metacompress.errors import UsageError


def inputs_needed(tolerance: float, rate: float, *, alpha: float, power: float) -> float:
    """Return the number of independent inputs that tell ``rate`` from ``tolerance``.

    Args:
        tolerance: tau, in (0, 1).
        rate: the true rate, in [0, 1].
        alpha: one-sided error, in (0, 0.5).
        power: probability of a decision, in (0.5, 1).

    Returns:
        ``inf`` where the rate is the tolerance.

    Raises:
        UsageError: a value is out of its range.
    """
    if not (0 < tolerance < 1 and 0 <= rate <= 1 and 0 < alpha < 0.5 < power < 1):
        raise UsageError(
            "planning needs 0 < tolerance < 1, 0 <= rate <= 1, 0 < alpha < 0.5 and 0.5 < power < 1"
        )
    if rate == tolerance:
        return math.inf
    spread = -ndtri(alpha) * math.sqrt(tolerance * (1 - tolerance))
    spread += ndtri(power) * math.sqrt(rate * (1 - rate))
    return float(spread / (rate - tolerance)) ** 2


def sources_needed(effective: float, *, variants: int, correlation: float, share: float) -> float:
    """Return the number of sources that tell as much as ``effective`` independent inputs.

    Args:
        effective: independent inputs, above 0.
        variants: inputs per source, at least 1.
        correlation: of two variants of one source, in [0, 1].
        share: of the inputs that the relation applies to, in (0, 1].

    Raises:
        UsageError: a value is out of its range.
    """
    if effective <= 0 or variants < 1 or not 0 <= correlation <= 1 or not 0 < share <= 1:
        raise UsageError(
            "planning needs a positive number of inputs, at least one variant, a correlation from "
            "0 to 1 and a share above 0"
        )
    return effective * (1 + (variants - 1) * correlation) / (variants * share)


def decidable_rates(
    tolerance: float, effective: float, *, alpha: float, power: float
) -> tuple[float | None, float | None]:
    """Return the largest rate below and the smallest above a tolerance that would be decided.

    Args:
        tolerance: tau, in (0, 1).
        effective: independent inputs, above 0.
        alpha: one-sided error, in (0, 0.5).
        power: probability of a decision, in (0.5, 1).

    Returns:
        None on a side where even the rate 0, or 1, needs more inputs.

    Raises:
        UsageError: a value is out of its range.
    """
    # Takes a third of a second to import: a finished check needs none of it.
    from scipy.optimize import brentq

    def missing(rate: float) -> float:
        return inputs_needed(tolerance, rate, alpha=alpha, power=power) - effective

    nearest = 1e-9
    below = above = None
    if missing(0.0) <= 0:
        below = float(brentq(missing, 0.0, tolerance * (1 - nearest)))
    if missing(1.0) <= 0:
        above = float(brentq(missing, tolerance + (1 - tolerance) * nearest, 1.0))
    return below, above
