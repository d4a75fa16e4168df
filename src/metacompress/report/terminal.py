"""The report on the terminal."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from metacompress.data.part import Part
from metacompress.report.html import REPORT
from metacompress.report.tables import widest
from metacompress.report.wording import headline, identical, percent, reason
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from metacompress.variants.transforming import TransformedPrograms

_PARTS = {Part.SOURCES: "source", Part.FOLLOW_UPS: "follow-up"}
# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 100
_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_STYLES = {"pass": "bold green", "fail": "bold red", "undecided": "bold yellow"}


def print_summary(summary: dict[str, Any], run: Path, report: Path | None = None) -> None:
    """Print verdict, relations and scores of a study on standard output."""
    console = make_console()
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
    print_warnings(console, summary)
    console.print(widest(console, (_scores_table(summary, left_out) for left_out in _SCORES_OUT)))
    tables = (_relations_table(summary, *choice) for choice in _RELATIONS_OUT)
    console.print(widest(console, tables))
    made = summary["variants"]["made"]
    attempted = summary["variants"]["attempted"]
    if attempted:
        console.print(
            f"{made} of {attempted} variants passed the gate "
            f"(validity: {summary['variants']['validity']})"
        )
        if same := identical(summary["variants"]["identical"]):
            console.print(same)
    else:
        console.print("No follow-up inputs: add --transform rename-identifiers to make some.")
    if summary["data"]["quarantined"]:
        console.print(f"{summary['data']['quarantined']} malformed rows set aside")
    verdict = Text(summary["verdict"].upper(), style=_STYLES[summary["verdict"]])
    console.print(Text.assemble(verdict, "  ", headline(summary), ". ", reason(summary)))
    console.print(f"Report: {report or run / REPORT}", soft_wrap=True)


def print_warnings(console: Console, summary: dict[str, Any]) -> None:
    """Print what makes a result doubtful."""
    for warning in summary["warnings"]:
        name = Text("warning", style="bold yellow")
        console.print(Text.assemble(name, f" {warning['name']}: {warning['message']}"))


def print_scores(scores: dict[str, Any]) -> None:
    """Print the scores of one model."""
    console = make_console()
    print_warnings(console, scores)
    table = Table(box=None, show_header=False)
    shown = ("n", "accuracy", "precision", "recall", "f1", "mcc", "mean_confidence", "ece")
    for name in (*shown, "truncated", "quarantined"):
        value = scores[name]
        text = f"{value:.4f}" if isinstance(value, float) else str(value)
        table.add_row(name.replace("_", " "), text)
    console.print(table)
    if scores["out"]:
        console.print(f"Predictions: {scores['out']}", soft_wrap=True)


def print_differences(found: TransformedPrograms) -> None:
    """Print what changed in every variant, as unified differences."""
    console = make_console()
    sources = {example.id: example for example in found.dataset}
    for variant in found.variants:
        source = sources[variant["source_id"]]
        for program, text in zip(source.programs, variant["programs"], strict=True):
            lines = difflib.unified_diff(
                program.text.splitlines(),
                text.splitlines(),
                source.id,
                variant["id"],
                lineterm="",
            )
            for line in lines:
                console.print(Text(line, style=_DIFF_STYLES.get(line[0], "")), soft_wrap=True)


# What a narrow terminal does without, the least first. A verdict always stands in its row.
_SCORES_OUT: tuple[tuple[str, ...], ...] = (
    (),
    ("cut %",),
    ("cut %", "conf. %"),
    ("cut %", "conf. %", "MCC"),
    ("cut %", "conf. %", "MCC", "n", "ECE"),
)
# Whether relations stand above their rows, and what is left out.
_RELATIONS_OUT: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (False, ()),
    (True, ()),
    (True, ("violated",)),
    (True, ("violated", "limit")),
    (True, ("violated", "limit", "interval")),
    (True, ("violated", "limit", "interval", "rate %")),
)


def _scores_table(summary: dict[str, Any], left_out: tuple[str, ...]) -> Table:
    rows = [
        {
            "model": role,
            "inputs": title,
            "n": str(scores["inputs"]),
            "acc. %": _hundredths(scores["accuracy"] if scores["n"] else None),
            "F1 %": _hundredths(scores["f1"] if scores["n"] else None),
            "MCC": f"{scores['mcc']:.3f}" if scores["n"] else "–",
            "conf. %": _hundredths(scores["mean_confidence"]),
            "ECE": "–" if scores["ece"] is None else f"{scores['ece']:.3f}",
            "cut %": _hundredths(scores["truncated"] / max(scores["inputs"], 1)),
        }
        for role, model in summary["models"].items()
        for part, title in _PARTS.items()
        if (scores := model.get(part)) is not None
    ]
    return _table("Scores", rows, left_out, left=("model", "inputs"))


def _relations_table(summary: dict[str, Any], above: bool, left_out: tuple[str, ...]) -> Table:
    level = f"{percent(summary['config']['confidence'], 0)} interval"
    rows: list[dict[str, str | Text]] = []
    for name, found in summary["relations"].items():
        if above:
            rows.append({"relation": name})
        for part, title in _PARTS.items():
            evaluation = found[part]
            if evaluation is None:
                continue
            row: dict[str, str | Text] = {
                "relation": f"  {title}" if above else name,
                "inputs": title,
                "violated": f"{evaluation['violations']}/{evaluation['n']}",
                "rate %": _hundredths(evaluation["rate"]),
                level: f"{100 * evaluation['low']:.2f} – {100 * evaluation['high']:.2f}",
                "limit": _limit(evaluation, found["constants"]),
                "verdict": Text(evaluation["verdict"], style=_STYLES[evaluation["verdict"]]),
            }
            rows.append(row)
    hidden = (*(level if name == "interval" else name for name in left_out), *["inputs"] * above)
    return _table("Relations", rows, hidden, left=("relation", "inputs", level, "limit", "verdict"))


def _table(
    title: str,
    rows: Sequence[Mapping[str, str | Text]],
    left_out: tuple[str, ...],
    *,
    left: tuple[str, ...],
) -> Table:
    """A table of rows by column; one that lacks a column has nothing there."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    columns = max(map(list, rows), key=len, default=[])
    shown = [column for column in columns if column not in left_out]
    for column in shown:
        table.add_column(column, justify="left" if column in left else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(row.get(column, "") for column in shown))
    return table


def _limit(evaluation: dict[str, Any], constants: dict[str, Any]) -> str:
    group = evaluation["group"]
    if group is None:
        return f"≤ {100 * constants['tolerance']:g} %"
    value = "–" if group["value"] is None else f"{group['value']:.3f}"
    return f"gap {value} ≤ {group['limit']:g}"


def _hundredths(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f}"


def print_compression(out: Path, summary: dict[str, Any]) -> None:
    """Print what a compression chose, and what its students reached."""
    console = make_console()
    failed = sum(trial["failure"] is not None for trial in summary["trials"])
    console.print(
        f"{summary['technique']}: {len(summary['trials'])} configurations trained, {failed} of "
        f"them failed; {len(summary['front'])} on the front"
    )
    chosen = ", ".join(f"{name} {value}" for name, value in summary["chosen"].items())
    console.print(f"Chosen: {chosen}")
    cost = summary["cost"]
    console.print(
        f"{cost['exact']['parameters']:,} parameters, {cost['exact']['megabytes']:.2f} MB, "
        f"{cost['exact']['gflops']:.3f} GFLOPs (published formulas: "
        f"{cost['published']['megabytes']:.2f} MB, {cost['published']['gflops']:.3f} GFLOPs)"
    )
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("seed", "valid acc. %", "agree %", "flips %", "test acc. %", "agree %"):
        table.add_column(column, justify="left" if column == "seed" else "right")
    for student in summary["students"]:
        if "failure" in student:
            table.add_row(str(student["seed"]), student["failure"])
            continue
        test = student["test"] or {}
        shares = (student["accuracy"], student["agreement"], student["flips"])
        tested = (test.get("accuracy"), test.get("agreement"))
        table.add_row(str(student["seed"]), *map(_hundredths, (*shares, *tested)))
    console.print(table)
    console.print(
        f"Student: {out / 'student'}, the median of {len(summary['students'])} seed(s)",
        soft_wrap=True,
    )


def print_training(out: Path, card: dict[str, Any]) -> None:
    """Print what a training gave."""
    console = make_console()
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("split", "examples", "acc. %", "agree %", "loss"):
        table.add_column(column, justify="left" if column == "split" else "right")
    for part, found in card["scores"].items():
        table.add_row(
            part,
            str(card["examples"][part]),
            *(_hundredths(found.get(name)) for name in ("accuracy", "agreement")),
            f"{found['loss']:.4f}",
        )
    console.print(table)
    console.print(
        f"{card['parameters']:,} parameters, {card['steps']:,} steps, {card['seconds']:,.0f} s"
    )
    console.print(f"Model: {out}", soft_wrap=True)
