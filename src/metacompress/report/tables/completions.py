"""Completions, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.fitting import SHORT_PARTS, hundredths
from metacompress.report.tables.levels import (
    NOTHING,
    ends_text,
    number_text,
    percent_ends_text,
)
from metacompress.report.tables.relations import relations_table
from metacompress.report.tables.shown import ShownTable
from metacompress.report.wording import set_aside

if TYPE_CHECKING:
    from metacompress.data.part import Part
    from metacompress.study.completions.summary import (
        CompletingModel,
        CompletionFigures,
        CompletionsSummary,
        PartCompletions,
        StudentCompletions,
    )
    from metacompress.study.levels import Level


def about_completions(summary: CompletionsSummary) -> str:
    """How many programs were completed and run, as sentences."""
    data = summary.data
    found = f"{data.completed:,} of {data.sources + data.variants:,} programs were completed"
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in data.left_out.items())
    found += f" ({reasons})." if reasons else "."
    if data.with_tests:
        found += (
            f" {data.with_tests:,} were run on their tests; {data.failing:,} of these fail them as "
            f"they are, and are not counted."
        )
    return found + set_aside(data.quarantined)


_ENDS = {
    "function": "at the end of a function",
    "text": "where the model ends a text",
    "length": "at the largest number of tokens",
}


def about_model(model: CompletingModel) -> str:
    """Which model it is, and where its texts end."""
    ends = [f"{count:,} {_ENDS.get(end, end)}" for end, count in model.ended.items()]
    return f"{model.spec}; texts end: {', '.join(ends)}" if ends else model.spec


def completions_tables(student: StudentCompletions, name: str | None = None) -> list[ShownTable]:
    """All tables of one student.

    Args:
        student: that they are of.
        name: in their titles, where there are several.
    """
    of = "" if name is None else f" of {name}"
    parts = list(student.parts())
    tables = [
        relations_table(student.relations, f"Relations{of}"),
        _figures_table(
            {SHORT_PARTS[part]: found.figures for part, found in parts},
            "inputs",
            f"Completions beside the teacher's{of}",
        ),
    ]
    tables += [
        _figures_table(found.transformations, "transformation", f"By transformation{of}")
        for _, found in parts
        if found.transformations
    ]
    tables += _kept_tables(parts, of)
    if any(found.tests is not None for _, found in parts):
        tables.append(_tests_table(parts, f"Tests{of}"))
    return tables


def _figures_table(rows: dict[str, CompletionFigures], word: str, title: str) -> ShownTable:
    table = ShownTable(
        title,
        [word],
        ["programs", "same %", "interval", "similarity", "interval ", "agreed %", "parts at token"],
        ["agreed %", "interval ", "programs"],
    )
    for name, one in rows.items():
        table.add_row(
            name,
            f"{one.programs:,}",
            hundredths(one.same.value),
            percent_ends_text(one.same),
            number_text(one.similarity.value),
            ends_text(one.similarity),
            hundredths(one.agreed.value),
            number_text(one.first_divergent.value),
        )
    return table


def _kept_tables(parts: list[tuple[Part, PartCompletions]], of: str) -> list[ShownTable]:
    tables = []
    for _, found in parts:
        if found.kept is not None:
            table = ShownTable(
                f"Variants beside their sources{of}",
                ["model"],
                ["variants", "same %", "interval", "similarity", "interval "],
                ["interval ", "variants"],
            )
            kept = found.kept
            rows: list[tuple[str, Level, Level]] = [
                ("teacher", kept.teacher, kept.teacher_similarity),
                ("student", kept.student, kept.student_similarity),
            ]
            for name, same, alike in rows:
                table.add_row(
                    name,
                    f"{kept.variants:,}",
                    hundredths(same.value),
                    percent_ends_text(same),
                    number_text(alike.value),
                    ends_text(alike),
                )
            tables.append(table)
    return tables


def _tests_table(parts: list[tuple[Part, PartCompletions]], title: str) -> ShownTable:
    table = ShownTable(
        title,
        ["inputs"],
        ["programs", "teacher %", "student %", "both", "teacher only", "student only", "p"],
        ["both", "programs"],
    )
    for part, found in parts:
        if found.tests is not None:
            one = found.tests
            table.add_row(
                SHORT_PARTS[part],
                f"{one.programs:,}",
                hundredths(one.teacher.value),
                hundredths(one.student.value),
                str(one.both),
                str(one.teacher_only),
                str(one.student_only),
                NOTHING if one.p_value is None else f"{one.p_value:.3g}",
            )
    return table
