"""What attacks did: tables for the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.shown_table import ShownTable
from metacompress.report.terminal import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.record import Interval
    from metacompress.study.attack.summary import AttackSummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 104
_NOTHING = "–"


def print_attacks(summary: AttackSummary, page: Path | None = None) -> None:
    """Print success, drops, transfer and, where there are any, relations of a study of attacks.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    for table in attack_tables(summary):
        table.print(console)
    if page is None:
        console.print(f"Run directory: {summary.run}", soft_wrap=True)
    else:
        console.print(f"Report: {page}", soft_wrap=True)


def attack_tables(summary: AttackSummary) -> list[ShownTable]:
    """Success, costs, drops, transfer and, where there are any, relations of a study of attacks."""
    tables = [
        _success_table(summary),
        _cost_table(summary),
        _paired_table(summary),
        _transfer_table(summary),
    ]
    if any(attack.relations for attack in summary.attacks.values()):
        tables.append(_relations_table(summary))
    return tables


def _success_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Inputs that the victim predicts right, with something to change: how many it loses",
        ["attack", "victim"],
        ["attacked", "lost %", "interval", "random %", "accuracy %", "F1 %"],
        ["F1 %", "random %", "accuracy %", "attacked"],
    )
    for text, role, found in summary.victims():
        table.add_row(
            text,
            role,
            str(found.attacked),
            _percent(found.valid_success_rate),
            _interval(found.valid_success_interval),
            _percent(None if found.control is None else found.control.valid_success_rate),
            f"{_percent(found.accuracy)} → {_percent(found.adversarial_accuracy)}",
            f"{_percent(found.f1)} → {_percent(found.adversarial_f1)}",
        )
    return table


def _cost_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "What an attacked input costs, and how much an adversarial one differs (means)",
        ["attack", "victim"],
        ["queries", "median", "p95", "asked", "CPU s", "names", "tokens", "characters"],
        ["characters", "median", "asked", "p95", "tokens"],
    )
    for text, role, found in summary.victims():
        seconds = found.cpu_seconds and found.cpu_seconds / max(found.attacked, 1)
        table.add_row(
            text,
            role,
            _number(found.queries_mean),
            _number(found.queries_median, 0),
            _number(found.queries_p95, 0),
            _number(found.distinct_mean),
            _number(seconds, 2),
            _number(found.identifiers_changed_mean),
            _number(found.tokens_changed_mean),
            _number(found.edit_distance_mean),
        )
    return table


def _paired_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Performance lost, in percent of the clean one",
        ["attack", "measure"],
        ["teacher", "student", "student more by", "interval (points)"],
        ["student more by"],
    )
    for text, attack in summary.attacks.items():
        for title, found in (
            ("accuracy", attack.paired.accuracy_drop),
            ("F1", attack.paired.f1_drop),
        ):
            more = found.greater_drop_percent
            table.add_row(
                text,
                title,
                _percent(found.teacher),
                _percent(found.student),
                _NOTHING if more is None else f"{more:+.1f} %",
                _interval(found.difference_interval),
            )
    return table


def _transfer_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Transfer: adversarial programs that fool a model which predicts their source right",
        ["attack", "crafted on"],
        ["teacher", "student"],
    )
    for text, attack in summary.attacks.items():
        for victim, models in attack.transfer.items():
            cells = [
                f"{_percent(found.rate)} ({found.fooled}/{found.n})" for found in models.values()
            ]
            table.add_row(text, victim, *cells)
    return table


def _relations_table(summary: AttackSummary) -> ShownTable:
    table = ShownTable(
        "Relations between teacher and student on adversarial variants",
        ["attack", "crafted on", "variants", "relation"],
        ["violated", "value %", "interval"],
        ["interval", "violated"],
    )
    for text, attack in summary.attacks.items():
        for part, relations in attack.relations.items():
            victim, variants = part.split("-crafted, ")
            for name, found in relations.items():
                table.add_row(
                    text,
                    victim,
                    variants,
                    name,
                    f"{found.violations}/{found.inputs}",
                    _percent(found.value),
                    _interval((found.low, found.high)) if found.inputs else _NOTHING,
                )
    return table


def _percent(share: float | None) -> str:
    return _NOTHING if share is None else f"{100 * share:.1f}"


def _interval(ends: Interval) -> str:
    low, high = ends
    return _NOTHING if low is None or high is None else f"{100 * low:.1f} – {100 * high:.1f}"


def _number(value: float | None, digits: int = 1) -> str:
    return _NOTHING if value is None else f"{value:,.{digits}f}"
