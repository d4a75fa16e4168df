"""Words for the result of a compression: its student and its objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.wording import counted, percent

if TYPE_CHECKING:
    from metacompress.compression.summary import CompressSummary

_UNITS = {"megabytes": "MB", "gflops": "GFLOPs"}
_SHARES = ("accuracy", "flips")


def about_student(summary: CompressSummary) -> str:
    """Which of the trained students stands for the technique."""
    seeds = len(summary.trained)
    failed = len(summary.students) - seeds
    which = f"the median of {counted(seeds, 'seed')}" if seeds > 1 else "the only one"
    return which + (f"; {counted(failed, 'other training')} failed" if failed else "")


def objective_title(name: str) -> str:
    """An objective as the heading of a column, with its unit."""
    return _UNITS.get(name, name)


def objective_text(name: str, value: float) -> str:
    """The value of an objective: a share in percent, all else with four digits that count."""
    return percent(value) if name in _SHARES else f"{value:z.4g}"
