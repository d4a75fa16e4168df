"""A check on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from metacompress.report.check.located import located_table
from metacompress.report.check.loss import beyond_rows
from metacompress.report.check.shrunk import shrunk_table
from metacompress.report.check.slices import about_slices, shown_slices
from metacompress.report.check.students import deciding_differences, ranked_students
from metacompress.report.tables.fitting import (
    SHORT_PARTS,
    hundredths,
    verdict_cell,
    verdict_headline,
    widest,
)
from metacompress.report.terminal.comparison import show_comparison
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.report.wording import (
    common_level,
    headline,
    identical,
    reason,
    sequence,
    student_headline,
    violated,
)
from metacompress.report.wording import level as level_of
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from metacompress.study.check.readings.slicing import Slices, SliceSummary
    from metacompress.study.check.summary import CheckSummary, StudentSummary
    from metacompress.study.judged import JudgedPart

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 100


def print_summary(summary: CheckSummary, report: Path | None) -> None:
    """Print verdict, relations and scores of a check on standard output.

    Args:
        summary: of the check.
        report: file of its report, if there is one.
    """
    console = make_console(file_width=_FILE_WIDTH)
    print_warnings(console, summary.warnings)
    console.print(widest(console, (_scores_table(summary, left_out) for left_out in _SCORES_OUT)))
    several = len(summary.students) > 1
    for name, student in summary.students.items():
        title = f"Relations: {name}" if several else "Relations"
        tables = (_relations_table(title, student, *choice) for choice in _RELATIONS_OUT)
        console.print(widest(console, tables))
    variants = summary.variants
    if variants.attempted:
        console.print(
            f"{variants.made} of {variants.attempted} variants passed the gate "
            f"(validity: {variants.validity})"
        )
        if same := identical(variants.identical):
            console.print(same)
    else:
        console.print("No follow-up inputs: add --transform rename-identifiers to make some.")
    if summary.shrinking is not None:
        shrunk_table(summary.shrinking).print(console)
    if summary.location is not None:
        located_table(summary.location).print(console)
    if summary.sequence is not None:
        for sentence in sequence(summary.sequence):
            console.print(sentence)
    if summary.data.quarantined:
        console.print(f"{summary.data.quarantined} malformed rows set aside")
    if several:
        console.print(_students_table(summary))
        for sentence in deciding_differences(summary):
            console.print(sentence)
        console.print(f"{headline(summary)}.")
    for name, student in summary.students.items():
        if student.slices is not None:
            _print_slices(console, student.slices, name if several else None)
        _print_loss(console, student, name if several else None)
    for name, student in summary.students.items():
        verdict = verdict_headline(student.verdict)
        sentence = student_headline(name if several else None, student.verdict)
        console.print(Text.assemble(verdict, "  ", sentence, ". ", reason(student)))
    for comparison in summary.comparisons.values():
        show_comparison(console, comparison)
    print_place(console, report)


def _students_table(summary: CheckSummary) -> Table:
    """A column per student, so that any number of figures fits."""
    table = Table(title="Students", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("")
    ranked = ranked_students(summary)
    for one in ranked:
        table.add_column(f"{one.rank}. {one.name}", justify="right")
    table.add_row("verdict", *(verdict_cell(one.verdict) for one in ranked))
    for heading in ranked[0].columns if ranked else ():
        table.add_row(heading, *(one.columns[heading] for one in ranked))
    return table


def _print_slices(console: Console, slices: Slices, name: str | None) -> None:
    """Print where the student parts from its teacher most clearly, or that this is nowhere."""
    standing_out = shown_slices(slices)
    if standing_out:
        title = "Where it parts" if name is None else f"Where {name} parts"
        tables = (_slices_table(title, standing_out, left_out) for left_out in _SLICES_OUT)
        console.print(widest(console, tables))
    console.print(about_slices(slices, name))


def _slices_table(
    title: str, standing_out: Sequence[SliceSummary], left_out: tuple[str, ...]
) -> Table:
    rows = [
        {
            "slice": one.name,
            "relation": one.relation,
            "inputs": SHORT_PARTS[one.part],
            "value %": hundredths(one.rate),
            "elsewhere %": hundredths(one.elsewhere),
            "share %": hundredths(one.share_of_inputs),
            "violations %": hundredths(one.share_of_violations),
        }
        for one in standing_out
    ]
    table = _table(title, rows, left_out, left=("slice", "relation", "inputs"))
    table.columns[0].no_wrap, table.columns[0].max_width = False, _SLICE_WIDTH
    return table


def _print_loss(console: Console, student: StudentSummary, name: str | None) -> None:
    title = "Beyond the rows" if name is None else f"Beyond the rows: {name}"
    table = Table(title=title, title_justify="left", box=None, show_header=False, padding=(0, 1))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for one in beyond_rows(student):
        for index, sentence in enumerate(one.sentences):
            table.add_row("" if index else one.title, sentence)
    console.print(table)


# What a narrow terminal does without, the least first. A verdict always stands in its row.
_SCORES_OUT: tuple[tuple[str, ...], ...] = (
    (),
    ("cut %",),
    ("cut %", "conf. %"),
    ("cut %", "conf. %", "MCC"),
    ("cut %", "conf. %", "MCC", "n", "ECE"),
)
_SLICES_OUT: tuple[tuple[str, ...], ...] = (
    (),
    ("relation",),
    ("relation", "share %"),
    ("relation", "share %", "inputs"),
    ("relation", "share %", "inputs", "elsewhere %"),
)
_SLICE_WIDTH = 30
# Whether relations stand above their rows, and what is left out.
_RELATIONS_OUT: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (False, ()),
    (True, ()),
    (True, ("violated",)),
    (True, ("violated", "limit %")),
    (True, ("violated", "limit %", "interval")),
    (True, ("violated", "limit %", "interval", "value %")),
)


def _scores_table(summary: CheckSummary, left_out: tuple[str, ...]) -> Table:
    rows = [
        {
            "model": role,
            "inputs": SHORT_PARTS[part],
            "n": str(scores.inputs),
            "acc. %": hundredths(scores.accuracy),
            "F1 %": hundredths(scores.f1),
            "MCC": "–" if scores.mcc is None else f"{scores.mcc:z.3f}",
            "conf. %": hundredths(scores.mean_confidence),
            "ECE": "–" if scores.ece is None else f"{scores.ece:.3f}",
            "cut %": hundredths(scores.truncated / max(scores.inputs, 1)),
        }
        for role, model in summary.models.items()
        for part, scores in model.parts()
    ]
    return _table("Scores", rows, left_out, left=("model", "inputs"))


def _relations_table(
    title: str, student: StudentSummary, above: bool, left_out: tuple[str, ...]
) -> Table:
    level = common_level(student.relations.values())
    interval = "interval" if level is None else f"{level} interval"
    rows: list[dict[str, str | Text]] = []
    for name, found in student.relations.items():
        if above:
            rows.append({"relation": name})
        for part, judged in found.parts():
            ends = f"{100 * judged.low:z.2f} – {100 * judged.high:z.2f}"
            row: dict[str, str | Text] = {
                "relation": f"  {SHORT_PARTS[part]}" if above else name,
                "inputs": SHORT_PARTS[part],
                "violated": violated(judged, "/"),
                "value %": hundredths(judged.value),
                interval: ends if level else f"{ends} ({level_of(judged.confidence)})",
                "limit %": _limit(judged),
                "verdict": verdict_cell(judged.verdict),
            }
            rows.append(row)
    hidden = (*(interval if name == "interval" else name for name in left_out), *["inputs"] * above)
    left = ("relation", "inputs", interval, "limit %", "verdict")
    return _table(title, rows, hidden, left=left)


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


def _limit(judged: JudgedPart) -> str:
    most = f"{100 * judged.most:g}"
    return f"≤ {most}" if judged.least is None else f"± {most}"
