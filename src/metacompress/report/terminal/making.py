"""What trainings and compressions made, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from metacompress.report.tables.compression import about_student
from metacompress.report.tables.fitting import hundredths
from metacompress.report.tables.levels import number_text
from metacompress.report.terminal.place import print_place
from metacompress.report.terminal.warnings import print_warnings
from metacompress.report.wording import counted
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from metacompress.compression.summary import CompressSummary
    from metacompress.training.summary import TrainSummary


def print_compression(summary: CompressSummary, page: Path | None = None) -> None:
    """Print what a compression chose, the scores of its students, and the file of its report."""
    console = make_console()
    print_warnings(console, summary.warnings)
    failed = sum(trial.failure is not None for trial in summary.trials)
    console.print(
        f"{summary.technique}: {counted(len(summary.trials), 'configuration')} trained, {failed:,} "
        f"of them failed; {len(summary.front):,} on the front"
    )
    chosen = ", ".join(f"{name} {value}" for name, value in summary.chosen.items())
    console.print(f"Chosen: {chosen}")
    exact, published = summary.cost.exact, summary.cost.published
    console.print(
        f"{exact.parameters:,} parameters, {exact.megabytes:.2f} MB, {exact.gflops:.3f} GFLOPs "
        f"(published formulas: {published.megabytes:.2f} MB, {published.gflops:.3f} GFLOPs)"
    )
    table = _table("seed", "valid acc. %", "agree %", "flips %", "test acc. %", "agree %")
    for student in summary.students:
        test = student.test
        tested = (None, None) if test is None else (test.accuracy, test.agreement)
        shares = (student.accuracy, student.agreement, student.flips, *tested)
        table.add_row(str(student.seed), *map(hundredths, shares))
    console.print(table)
    for student in summary.students:
        if student.failure is not None:
            console.print(f"Seed {student.seed} failed: {student.failure}")
    console.print(
        f"Student: {summary.student.model}, of seed {summary.student.seed}: "
        f"{about_student(summary)}",
        soft_wrap=True,
    )
    print_place(console, page)


def print_training(summary: TrainSummary) -> None:
    """Print the scores and the size of a trained model."""
    console = make_console()
    console.print(_scores(summary) if summary.read is None else _token_scores(summary))
    for line in _farther(summary):
        console.print(line)
    console.print(
        f"{summary.parameters:,} parameters, {summary.steps:,} steps, {summary.seconds:,.0f} s"
    )
    console.print(f"Model: {summary.out}", soft_wrap=True)


def _scores(summary: TrainSummary) -> Table:
    table = _table("split", "examples", "acc. %", "agree %", "loss")
    for part, found in summary.scores.items():
        table.add_row(
            part,
            str(summary.examples[part]),
            hundredths(found.accuracy),
            hundredths(found.agreement),
            f"{found.loss:.4f}",
        )
    return table


def _token_scores(summary: TrainSummary) -> Table:
    """Of a language model, before and after."""
    table = _table("split", "programs", "model", "KL", "same top %", "perplexity", "teacher's")
    for part, after in summary.scores.items():
        for name, found in (("before", summary.start_scores[part]), ("after", after)):
            table.add_row(
                part,
                str(summary.examples[part]),
                name,
                number_text(found.kl),
                hundredths(found.agreement),
                number_text(found.perplexity),
                number_text(found.teacher_perplexity),
            )
    return table


def _farther(summary: TrainSummary) -> Iterator[str]:
    """Of a language model, the splits on which it has become less like its teacher."""
    for part, before in summary.start_scores.items():
        after = summary.scores[part]
        if before.kl is not None and after.kl is not None and after.kl > before.kl:
            yield (
                f"On {part}, it is farther from its teacher than the model it started from (KL "
                f"{number_text(before.kl)} before, {number_text(after.kl)} after); lower "
                f"--learning-rate, or give more programs"
            )


def _table(first: str, *others: str) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(first, justify="left")
    for column in others:
        table.add_column(column, justify="right")
    return table
