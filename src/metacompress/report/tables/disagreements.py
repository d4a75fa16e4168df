"""What attacks found that look for disagreements of teacher and student, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.cells import NOTHING, interval, number, percent
from metacompress.report.tables.shown import ShownTable

if TYPE_CHECKING:
    from metacompress.study.attack.summary import AttackSummary


def disagreement_tables(summary: AttackSummary) -> list[ShownTable]:
    """How many disagreements each attack found, what they cost, and which model moved."""
    return [_found_table(summary), _cost_table(summary), _left_table(summary)]


def _found_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Inputs on which teacher and student agree, with something to change: on how many variants "
        "they disagree",
        ["attack"],
        ["attacked", "skipped", "found %", "interval", "random %", "more by", "points", "times"],
        ["skipped", "interval", "attacked", "more by"],
    )
    for text, found in summary.disagreements():
        control = found.control
        table.add_row(
            text,
            str(found.attacked),
            str(found.skipped),
            percent(found.rate),
            interval(found.interval),
            percent(None if control is None else control.rate),
            percent(None if control is None else control.difference),
            NOTHING if control is None else interval(control.difference_interval),
            number(None if control is None else control.times),
        )
    return table


def _cost_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Queries (each asks both models) to the first disagreement, and of an attacked input",
        ["attack"],
        ["first", "queries", "median", "p95", "CPU s", "names", "tokens", "characters"],
        ["characters", "median", "p95", "tokens"],
    )
    for text, found in summary.disagreements():
        seconds = found.cpu_seconds and found.cpu_seconds / max(found.attacked, 1)
        table.add_row(
            text,
            number(found.first_median, 0),
            number(found.queries_mean),
            number(found.queries_median, 0),
            number(found.queries_p95, 0),
            number(seconds, 2),
            number(found.identifiers_changed_mean),
            number(found.tokens_changed_mean),
            number(found.edit_distance_mean),
        )
    return table


def _left_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Disagreements by who left the class that both had predicted, and by who is wrong",
        ["attack"],
        ["student left", "teacher left", "both", "student wrong", "teacher wrong", "divergence"],
        ["both"],
    )
    for text, found in summary.disagreements():
        table.add_row(
            text,
            str(found.left["student"]),
            str(found.left["teacher"]),
            str(found.left["both"]),
            str(found.regressions),
            str(found.recoveries),
            f"{number(found.divergence_clean_mean, 4)} → {number(found.divergence_mean, 4)}",
        )
    return table
