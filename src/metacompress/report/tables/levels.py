"""Figures with intervals, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.study.levels import Level

NOTHING = "–"
"""In the place of a figure that is not there."""


def number_text(value: float | None) -> str:
    """A number with four digits that count."""
    return NOTHING if value is None else f"{value:z.4g}"


def ends_text(level: Level) -> str:
    """The interval of a figure."""
    if level.low is None or level.high is None:
        return NOTHING
    return f"{number_text(level.low)} – {number_text(level.high)}"


def percent_ends_text(level: Level, unit: str = "") -> str:
    """The interval of a share, in percent; ``unit`` where no heading says so."""
    if level.low is None or level.high is None:
        return NOTHING
    return f"{100 * level.low:z.2f} – {100 * level.high:z.2f}{unit}"
