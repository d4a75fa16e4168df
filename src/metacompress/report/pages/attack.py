"""The page of a finished study of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.attacks import attack_tables
from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.attack.config import AttackConfig
from metacompress.study.attack.shown import ANSWERS, SOURCES

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.attack.summary import AttackMeasures, AttackSummary


def attack_page(run: RunDirectory, summary: AttackSummary) -> str:
    """Render the page of a finished study of attacks.

    Raises:
        RunDirectoryError: the directory lacks a table or holds a damaged one.
    """
    from metacompress.report.charts.attacks import success_chart
    from metacompress.report.inputs.attacked import attempted_inputs

    # Runs of earlier versions have no such tables.
    shown = attempted_inputs(run, summary) if run.has(SOURCES) and run.has(ANSWERS) else None
    success, *tables = attack_tables(summary)
    sections = [Section("success", "Inputs lost", "attack/success.html.j2")]
    if shown is not None:
        sections.append(Section("inputs", "All attempts", "explorer.html.j2"))
    sections += [
        Section("measures", "Costs, drops and transfer", "attack/measures.html.j2"),
        Section("provenance", "How to make it again", "provenance.html.j2"),
    ]
    return render_page(
        run.path.name,
        "Result",
        "attack/head.html.j2",
        sections,
        shown,
        summary=summary,
        headline=attack_headline(summary),
        sentences={text: _sentence(attack) for text, attack in summary.attacks.items()},
        success=success,
        tables=tables,
        chart=Pictures().place(success_chart(summary)),
        table_file="attempts.parquet",
        environment=run.read_json(ENVIRONMENT),
        command=command_line(AttackConfig, summary.config, "attack"),
        config=summary.config,
        fingerprints={},
    )


def attack_headline(summary: AttackSummary) -> str:
    """How many attacks show that the student loses more than its teacher."""
    greater = sum(map(_student_loses_more, summary.attacks.values()))
    if not greater:
        return "No attack shows that the student loses more than its teacher"
    return (
        f"The student loses more than its teacher under {greater} of {len(summary.attacks)} attacks"
    )


def _student_loses_more(attack: AttackMeasures) -> bool:
    low, _ = attack.paired.accuracy_drop.difference_interval
    return low is not None and low > 0


def _sentence(attack: AttackMeasures) -> str:
    drop = attack.paired.accuracy_drop
    if drop.teacher is None or drop.student is None or drop.difference is None:
        return "no accuracy to lose"
    low, high = drop.difference_interval
    interval = "" if low is None or high is None else f" ({100 * low:.1f} to {100 * high:.1f})"
    return (
        f"the student loses {100 * drop.student:.1f} % of its accuracy, the teacher "
        f"{100 * drop.teacher:.1f} %: {100 * drop.difference:+.1f} points{interval}"
    )
