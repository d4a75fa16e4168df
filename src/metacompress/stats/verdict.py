"""The verdict on a violation rate, from its interval and a tolerance."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """What an interval says about a tolerance."""

    PASS = "pass"
    FAIL = "fail"
    UNDECIDED = "undecided"


def verdict_of(low: float, high: float, tolerance: float) -> Verdict:
    """Compare the interval [``low``, ``high``] of a rate or a gap with the most that is tolerated.

    Pass if the whole interval is at most ``tolerance``, fail if it is all above it, undecided if
    it straddles it or if any of the three is nan. The interval of no observations, [0, 1], is
    therefore undecided at every tolerance in [0, 1).

    Raises:
        UsageError: ``low`` is above ``high``.
    """
    if low > high:
        raise UsageError(f"an interval must run from low to high, not from {low} to {high}")
    if low > tolerance and high > tolerance:
        return Verdict.FAIL
    if low <= tolerance and high <= tolerance:
        return Verdict.PASS
    return Verdict.UNDECIDED


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return fail if any fails, else undecided if any is or if there is none, else pass."""
    seen = set(verdicts)
    if Verdict.FAIL in seen:
        return Verdict.FAIL
    if Verdict.UNDECIDED in seen or not seen:
        return Verdict.UNDECIDED
    return Verdict.PASS
