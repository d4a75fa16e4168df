"""Next-token fidelity, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.fitting import SHORT_PARTS, hundredths
from metacompress.report.tables.levels import NOTHING, ends_text, number_text, percent_ends_text
from metacompress.report.tables.relations import relations_table
from metacompress.report.tables.shown import ShownTable
from metacompress.report.wording import counted, set_aside

if TYPE_CHECKING:
    from metacompress.data.part import Part
    from metacompress.study.fidelity.figures import TokenFigures
    from metacompress.study.fidelity.llama_columns import LlamaColumn
    from metacompress.study.fidelity.summary import FidelitySummary, PartFidelity, StudentFidelity
    from metacompress.study.levels import Distribution

MEASURES = {
    "kl": "KL(teacher || student), nats",
    "reverse_kl": "KL(student || teacher), nats",
    "total_variation": "total variation",
    "probability_change": "|Δ P(token)|",
}
"""Fields of TokenFigures that are distributions, in words."""


def about_programs(summary: FidelitySummary) -> str:
    """How many programs were read, and how much of them, as sentences."""
    data = summary.data
    sources, variants = counted(data.sources, "program"), counted(data.variants, "variant")
    read = f"{sources} and {variants} of them"
    if not data.truncated:
        read += ", each read whole."
    else:
        read += (
            f"; {data.truncated:,} are longer than the {data.window:,} tokens that are read of "
            f"each, and {hundredths(data.unread)} % of all bytes are in no figure."
        )
    return read + set_aside(data.quarantined)


def fidelity_tables(student: StudentFidelity, name: str | None = None) -> list[ShownTable]:
    """All tables of one student.

    Args:
        student: that they are of.
        name: in their titles, where there are several.
    """
    of = "" if name is None else f" of {name}"
    parts = list(student.parts())
    tables = [relations_table(student.relations, f"Relations{of}")]
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
                number_text(one.mean.value),
                ends_text(one.mean),
                number_text(one.median.value),
                number_text(one.p95.value),
                number_text(one.p99.value),
                number_text(one.max),
            )
    for part, found in parts:
        same = found.figures.same_top
        table.add_row(
            "same most likely token",
            SHORT_PARTS[part],
            f"{hundredths(same.value)} %",
            percent_ends_text(same, unit=" %"),
            *[NOTHING] * 4,
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
            number_text(one.kl.mean.value),
            ends_text(one.kl.mean),
            number_text(one.kl.median.value),
            number_text(one.kl.p95.value),
            number_text(one.kl.p99.value),
        )
    return table


def _llama_table(columns: list[LlamaColumn], title: str) -> ShownTable:
    table = ShownTable(title, ["figure"], ["value", "± (llama.cpp)", "interval by source"])
    for one in columns:
        unit = 100 if one.percent else 1
        shown = [None if v is None else unit * v for v in (one.value, one.error, one.low, one.high)]
        value, error, low, high = (NOTHING if v is None else f"{v:z.6f}" for v in shown)
        sign = " %" if one.percent else ""
        ends = NOTHING if one.low is None or one.high is None else f"{low} – {high}"
        table.add_row(one.name, f"{value}{sign}", error, ends)
    return table
