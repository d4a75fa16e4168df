"""What attacks did, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from metacompress.report.terminal import print_warnings
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MIN_WIDTH = 104
_NOTHING = "–"


def print_attacks(summary: dict[str, Any], run: Path) -> None:
    """Print success, drops, transfer and, where there are any, relations of a study of attacks."""
    console = make_console()
    # Narrower, the tables would lose columns; a terminal can wrap or scroll.
    console.width = max(console.width, _MIN_WIDTH)
    print_warnings(console, summary)
    console.print(_success_table(summary))
    console.print(_cost_table(summary))
    console.print(_paired_table(summary))
    console.print(_transfer_table(summary))
    if any("relations" in attack for attack in summary["attacks"].values()):
        console.print(_relations_table(summary))
    console.print(f"Run directory: {run}", soft_wrap=True)


def _success_table(summary: dict[str, Any]) -> Table:
    table = _table(
        "Inputs that the victim predicts right, with something to change: how many it loses",
        ["attack", "victim"],
        ["attacked", "lost %", "interval", "random %", "accuracy %", "F1 %"],
    )
    for text, role, found in _victims(summary):
        table.add_row(
            text,
            role,
            str(found["attacked"]),
            _percent(found["valid_success_rate"]),
            _interval(found["valid_success_interval"]),
            _percent(found.get("control", {}).get("valid_success_rate")),
            f"{_percent(found['accuracy'])} → {_percent(found['adversarial_accuracy'])}",
            f"{_percent(found['f1'])} → {_percent(found['adversarial_f1'])}",
        )
    return table


def _cost_table(summary: dict[str, Any]) -> Table:
    table = _table(
        "What an attacked input costs, and how much an adversarial one differs (means)",
        ["attack", "victim"],
        ["queries", "median", "p95", "asked", "CPU s", "names", "tokens", "characters"],
    )
    for text, role, found in _victims(summary):
        seconds = found["cpu_seconds"] / found["attacked"] if found["attacked"] else None
        table.add_row(
            text,
            role,
            _number(found["queries_mean"]),
            _number(found["queries_median"], 0),
            _number(found["queries_p95"], 0),
            _number(found["distinct_mean"]),
            _number(seconds, 2),
            _number(found["identifiers_changed_mean"]),
            _number(found["tokens_changed_mean"]),
            _number(found["edit_distance_mean"]),
        )
    return table


def _victims(summary: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for text, attack in summary["attacks"].items():
        for role, found in attack["victims"].items():
            yield text, role, found


def _paired_table(summary: dict[str, Any]) -> Table:
    table = _table(
        "Performance lost, in percent of the clean one",
        ["attack", "measure"],
        ["teacher", "student", "student more by", "interval (points)"],
    )
    for text, attack in summary["attacks"].items():
        for name, title in (("accuracy_drop", "accuracy"), ("f1_drop", "F1")):
            found = attack["paired"][name]
            more = found["greater_drop_percent"]
            table.add_row(
                text,
                title,
                _percent(found["teacher"]),
                _percent(found["student"]),
                _NOTHING if more is None else f"{more:+.1f} %",
                _interval(found["difference_interval"]),
            )
    return table


def _transfer_table(summary: dict[str, Any]) -> Table:
    table = _table(
        "Transfer: adversarial programs that fool a model which predicts their source right",
        ["attack", "crafted on"],
        ["teacher", "student"],
    )
    for text, attack in summary["attacks"].items():
        for victim, models in attack["transfer"].items():
            cells = [
                f"{_percent(found['rate'])} ({found['fooled']}/{found['n']})"
                for found in models.values()
            ]
            table.add_row(text, victim, *cells)
    return table


def _relations_table(summary: dict[str, Any]) -> Table:
    table = _table(
        "Relations between teacher and student on adversarial variants",
        ["attack", "crafted on", "variants", "relation"],
        ["violated", "rate %", "interval"],
    )
    for text, attack in summary["attacks"].items():
        for part, relations in attack.get("relations", {}).items():
            victim, variants = part.split("-crafted, ")
            for name, found in relations.items():
                table.add_row(
                    text,
                    victim,
                    variants,
                    name,
                    f"{found['violations']}/{found['n']}",
                    _percent(found["rate"]),
                    _interval([found["low"], found["high"]]) if found["n"] else _NOTHING,
                )
    return table


def _table(title: str, texts: list[str], numbers: list[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for name in texts:
        table.add_column(name, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _percent(share: float | None) -> str:
    return _NOTHING if share is None else f"{100 * share:.1f}"


def _interval(ends: list[float | None]) -> str:
    low, high = ends
    return _NOTHING if low is None or high is None else f"{100 * low:.1f} – {100 * high:.1f}"


def _number(value: float | None, digits: int = 1) -> str:
    return _NOTHING if value is None else f"{value:,.{digits}f}"
