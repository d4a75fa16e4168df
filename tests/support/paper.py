"""What must stand on paper, by kind of study, and the text that does."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING

from metacompress.report.tables.attacks import attack_tables
from metacompress.report.wording import interval, percent, points

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from metacompress.api.comparisons import ComparisonResult
    from metacompress.api.results import AttackResult, CheckResult
    from metacompress.compression.summary import CompressSummary


def text_of(pdf: Path) -> str:
    """The text of a PDF in the order in which it was drawn, without white space.

    Lines are broken wherever a column ends, so that white space says nothing.
    """
    made = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return without_space(made.stdout)


def without_space(text: str) -> str:
    """The text as ``text_of`` has it."""
    return re.sub(r"\s+", "", text)


def rows_of_check(found: CheckResult) -> Iterator[str]:
    """Every verdict, and every row of every relation."""
    for name, student in found.students.items():
        yield f"{student.verdict} {name}:"
        for relation, one in student.relations.items():
            for part, row in one.parts():
                if row.verdict is not None:
                    yield (
                        f"{row.verdict} {part.words} {row.violations} of {row.inputs} "
                        f"{percent(row.value)} {interval(row)}"
                    )
            yield relation


def rows_of_attack(found: AttackResult) -> Iterator[str]:
    """Every row of every table."""
    for table in attack_tables(found.summary):
        for row in table.rows:
            yield " ".join(row)


def rows_of_comparison(found: ComparisonResult) -> Iterator[str]:
    """The verdict, and every row of every relation."""
    yield str(found.verdict)
    for relation, _, row in found.summary.rows():
        yield relation
        yield (
            f"{percent(row.first)} {percent(row.second)} {points(row.difference)} "
            f"({points(row.low)} to {points(row.high)})"
        )


def rows_of_compression(found: CompressSummary) -> Iterator[str]:
    """Students and trials."""
    yield f"{found.technique}: a student of {found.cost.exact.megabytes:.2f} MB"
    for one in found.students:
        yield f"{one.seed} {percent(one.accuracy)} {percent(one.agreement)}"
    for trial in found.trials:
        yield f"{percent(trial.accuracy)} {percent(trial.flips)} {trial.seconds:.0f} none"


def violations_of(found: CheckResult) -> dict[tuple[str, str], list[str]]:
    """By id and transformation (or ``source``), what every violation must be told as."""
    transformation = dict(
        zip(
            found.variants["id"].to_pylist(),
            found.variants["transformation"].to_pylist(),
            strict=True,
        )
    )
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in found.violations.to_pylist():
        if row["violated"]:
            made_by = transformation[row["id"]] if row["part"] == "follow_ups" else "source"
            told[row["id"], made_by] += [
                f"{row['student']} violates",
                f"{row['relation']} ({round(row['magnitude'], 4):.3f})",
            ]
    return told


def listed_inputs(text: str) -> list[str]:
    """What the printed table of inputs says of each, in its order."""
    return text.split("▸")[1:]
