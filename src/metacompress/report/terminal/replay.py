"""A replay on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from metacompress.report.tables.fitting import verdict_headline
from metacompress.report.tables.shown import ShownTable
from metacompress.report.wording import answer
from metacompress.study.replay.summary import Outcome
from metacompress.terminal import make_console

if TYPE_CHECKING:
    from metacompress.study.replay.summary import ReplaySummary

# Of what is not a terminal, where nothing wraps.
_FILE_WIDTH = 120


def print_replay(summary: ReplaySummary) -> None:
    """Print what became of each counterexample, and the verdict."""
    console = make_console(file_width=_FILE_WIDTH)
    table = ShownTable(
        "Counterexamples",
        ["id", "relation", "outcome", "teacher", "student"],
        [],
        ["relation"],
        broken=["id"],
    )
    for one in summary.counterexamples:
        teacher, student = (
            " → ".join(
                answer(summary.labels, probabilities)
                for probabilities in (answers.source, answers.variant)
            )
            for answers in (one.teacher_answers, one.student_answers)
        )
        table.add_row(one.id, one.relation, str(one.outcome), teacher, student)
    table.print(console)
    counts = summary.outcomes
    console.print(
        Text.assemble(
            verdict_headline(summary.verdict),
            f"  {counts[Outcome.VIOLATED]} of {len(summary.counterexamples)} violated, "
            f"{counts[Outcome.HOLDS]} hold, {counts[Outcome.NOT_APPLICABLE]} do not apply.",
        )
    )
