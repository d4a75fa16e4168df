"""Next-token fidelity: tables for the terminal and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from metacompress.report.shown_table import ShownTable
from metacompress.report.tables import SHORT_PARTS, hundredths, verdict_headline
from metacompress.report.terminal import print_warnings
from metacompress.report.wording import student_headline
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.part import Part
    from metacompress.study.fidelity.figures import TokenFigures
    from metacompress.study.fidelity.llama_columns import LlamaColumn
    from metacompress.study.fidelity.summary import FidelitySummary, PartFidelity, StudentFidelity
    from metacompress.study.levels import Distribution, Level

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120
_NOTHING = "–"
MEASURES = {
    "kl": "KL(teacher || student), nats",
    "reverse_kl": "KL(student || teacher), nats",
    "total_variation": "total variation",
    "probability_change": "|Δ P(token)|",
}
"""Fields of TokenFigures that are distributions, in words."""


def print_fidelity(summary: FidelitySummary, page: Path | None = None) -> None:
    """Print relations, measures and llama.cpp's columns on sources of every student, and verdicts.

    The page has those on variants, too.

    Args:
        summary: of the study.
        page: the file of its report, if there is one.
    """
    console = make_console()
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
    print_warnings(console, summary.warnings)
    several = len(summary.students) > 1
    for name, student in summary.students.items():
        *tables, of_variants = fidelity_tables(student, name if several else None)
        for table in tables if student.follow_ups is not None else (*tables, of_variants):
            table.print(console)
    console.print(about_programs(summary))
    for name, student in summary.students.items():
        sentence = student_headline(name if several else None, student.verdict)
        console.print(Text.assemble(verdict_headline(student.verdict), "  ", sentence, "."))
    if page is not None:
        console.print(f"Report: {page}", soft_wrap=True)


def about_programs(summary: FidelitySummary) -> str:
    """How many programs were read, and how much of them, as sentences."""
    data = summary.data
    read = f"{data.sources:,} programs and {data.variants:,} variants of them"
    if not data.truncated:
        return f"{read}, each read whole."
    return (
        f"{read}; {data.truncated:,} are longer than the {data.window:,} tokens that are read of "
        f"each, and {hundredths(data.unread)} % of all bytes are in no figure."
    )


def fidelity_tables(student: StudentFidelity, name: str | None = None) -> list[ShownTable]:
    """All tables of one student.

    Args:
        student: that they are of.
        name: in their titles, where there are several.
    """
    of = "" if name is None else f" of {name}"
    parts = list(student.parts())
    tables = [_relations_table(student, f"Relations{of}")]
    tables.append(_measures_table(parts, f"Tokens{of}"))
    for part, found in parts:
        for division, word in (
            (found.classes, "class of token"),
            (found.transformations, "transformation"),
        ):
            if division:
                title = f"By {word}{of}, {part.words}"
                tables.append(_division_table(division, word, title))
    tables += [
        _llama_table(found.llama_cpp, f"As llama.cpp prints it{of}, {part.words}")
        for part, found in parts
    ]
    return tables


def _relations_table(student: StudentFidelity, title: str) -> ShownTable:
    table = ShownTable(
        title,
        ["relation", "inputs"],
        ["violated", "value %", "interval", "limit %", "verdict"],
        ["violated", "limit %"],
    )
    for name, relation in student.relations.items():
        for part, judged in relation.parts():
            table.add_row(
                name,
                SHORT_PARTS[part],
                f"{judged.violations}/{judged.inputs}",
                hundredths(judged.value),
                f"{100 * judged.low:.2f} – {100 * judged.high:.2f}",
                f"≤ {100 * judged.most:g}",
                judged.verdict or _NOTHING,
            )
    return table


def _measures_table(parts: list[tuple[Part, PartFidelity]], title: str) -> ShownTable:
    table = ShownTable(
        title,
        ["measure", "inputs"],
        ["mean", "interval", "median", "95 %", "99 %", "max"],
        ["max", "99 %", "median"],
    )
    for field, words in MEASURES.items():
        for part, found in parts:
            one: Distribution = getattr(found.figures, field)
            table.add_row(
                words,
                SHORT_PARTS[part],
                _number(one.mean.value),
                _ends(one.mean),
                _number(one.median.value),
                _number(one.p95.value),
                _number(one.p99.value),
                _number(one.max),
            )
    for part, found in parts:
        same = found.figures.same_top
        table.add_row(
            "same most likely token",
            SHORT_PARTS[part],
            f"{hundredths(same.value)} %",
            _NOTHING
            if same.low is None or same.high is None
            else f"{100 * same.low:.2f} – {100 * same.high:.2f}",
            *[""] * 4,
        )
    return table


def _division_table(division: dict[str, TokenFigures], word: str, title: str) -> ShownTable:
    table = ShownTable(
        title,
        [word],
        ["tokens", "share %", "same top %", "KL mean", "interval", "median", "95 %", "99 %"],
        ["99 %", "tokens", "median"],
    )
    for name, one in division.items():
        table.add_row(
            name,
            f"{one.tokens:,}",
            hundredths(one.share),
            hundredths(one.same_top.value),
            _number(one.kl.mean.value),
            _ends(one.kl.mean),
            _number(one.kl.median.value),
            _number(one.kl.p95.value),
            _number(one.kl.p99.value),
        )
    return table


def _llama_table(columns: list[LlamaColumn], title: str) -> ShownTable:
    table = ShownTable(title, ["figure"], ["value", "± (llama.cpp)", "interval by source"])
    for one in columns:
        unit = 100 if one.percent else 1
        shown = [None if v is None else unit * v for v in (one.value, one.error, one.low, one.high)]
        value, error, low, high = (_NOTHING if v is None else f"{v:.6f}" for v in shown)
        sign = " %" if one.percent else ""
        ends = _NOTHING if one.low is None or one.high is None else f"{low} – {high}"
        table.add_row(one.name, f"{value}{sign}", error, ends)
    return table


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.4g}"


def _ends(level: Level) -> str:
    if level.low is None or level.high is None:
        return _NOTHING
    return f"{_number(level.low)} – {_number(level.high)}"
