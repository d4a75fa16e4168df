"""A plan on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from metacompress.report.wording import level
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from metacompress.study.planning.summary import Expected, PlannedCost, PlannedRate, PlanSummary

_MINUTE, _HOUR = 120.0, 7200.0


def print_plan(plan: PlanSummary) -> None:
    """Print a plan on standard output, within 80 columns."""
    console = make_console()
    for tolerance in dict.fromkeys(one.tolerance for one in plan.rates):
        rows = [one for one in plan.rates if one.tolerance == tolerance]
        console.print(_rates_table(rows, tolerance))
    several = "s" * (plan.inputs_per_source > 1)
    console.print(
        f"Sources with {plan.inputs_per_source} variant{several} each, "
        f"of which {plan.applicable:.0%} "
        f"apply, with a correlation of {plan.correlation:g} between two variants of one source: so "
        f"many decide in {plan.power:.0%} of checks, at {level(plan.confidence)} confidence. "
        f"Sequential: expected number of sources of one relation, one variant each, at most "
        f"{plan.sequential_cap:,}; in brackets, tests that end undecided."
    )
    if plan.cost is None:
        console.print("Calls and time: add --teacher, --student and --data.")
        return
    console.print(_cost_table(plan.cost))
    console.print(
        f"From a pilot of {plan.cost.pilot} of {plan.cost.sources:,} sources, with "
        f"{level(plan.confidence)} intervals. Clock: on this machine, as busy as it is now."
    )


def _rates_table(rows: list[PlannedRate], tolerance: float) -> Table:
    has_data = rows[0].enough is not None
    table = Table(title=f"Tolerance {tolerance:.2%}", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("true rate %", justify="right")
    table.add_column("verdict")
    table.add_column("inputs", justify="right")
    table.add_column("sources", justify="right")
    if has_data:
        table.add_column("data")
    table.add_column("sequential", justify="right")
    for one in rows:
        open_share = 1 - one.sequential_decided
        undecided = f" ({open_share:.0%})" if open_share >= 0.005 else ""
        enough = ("enough" if one.enough else "too few",) if has_data else ()
        table.add_row(
            f"{100 * one.rate:.2f}",
            one.verdict or "none",
            _count(one.inputs),
            _count(one.sources),
            *enough,
            f"{one.sequential_sources:,.0f}{undecided}",
        )
    return table


def _cost_table(cost: PlannedCost) -> Table:
    table = Table(title="Expected cost", title_justify="left", box=SIMPLE_HEAD)
    for name in ("stage", "calls", "CPU time", "clock"):
        table.add_column(name, justify="left" if name == "stage" else "right")
    for name, stage in cost.stages.items():
        calls = cost.calls.get(name)
        table.add_row(
            name,
            "" if calls is None else f"{calls.value:,.0f}",
            _seconds(stage.cpu),
            _seconds(stage.wall),
        )
    table.add_section()
    table.add_row("all", "", _seconds(cost.time.cpu), _seconds(cost.time.wall))
    return table


def _count(number: int | None) -> str:
    return "no number" if number is None else f"{number:,}"


def _seconds(time: Expected) -> str:
    """``12 s (10 – 14)``, in the unit of the value."""
    unit, seconds = ("s", 1.0)
    if time.value >= _HOUR:
        unit, seconds = "h", 3600.0
    elif time.value >= _MINUTE:
        unit, seconds = "min", 60.0
    value, low, high = (part / seconds for part in (time.value, time.low, time.high))
    spread = "" if low == high else f" ({low:.1f} – {high:.1f})"
    return f"{value:.1f} {unit}{spread}"
