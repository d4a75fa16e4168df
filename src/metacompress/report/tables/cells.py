"""Figures as cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.runs.record import Interval

NOTHING = "–"


def percent(share: float | None) -> str:
    """A share in [0, 1] in percent."""
    return NOTHING if share is None else f"{100 * share:z.1f}"


def interval(ends: Interval) -> str:
    """The ends of an interval of shares, in percent or points."""
    low, high = ends
    return NOTHING if low is None or high is None else f"{100 * low:z.1f} – {100 * high:z.1f}"


def number(value: float | None, digits: int = 1) -> str:
    """A number with so many digits behind the point."""
    return NOTHING if value is None else f"{value:,.{digits}f}"
