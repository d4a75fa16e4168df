"""The page of a finished study of attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.report.pages.frame import Pictures, Section, render_page
from metacompress.report.tables.attacks import attack_tables
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.settings.command_line import command_line
from metacompress.study.attack.config import AttackConfig
from metacompress.study.attack.shown import ANSWERS, SOURCES

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.attack.summary import (
        AttackMeasures,
        AttackSummary,
        DisagreementSummary,
    )


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
    words = _WORDS[summary.goal]
    sections = [Section("success", words.success, "attack/success.html.j2")]
    if shown is not None:
        sections.append(Section("inputs", "All attempts", "explorer.html.j2"))
    sections += [
        Section("measures", words.measures, "attack/measures.html.j2"),
        Section("provenance", "How to make it again", "provenance.html.j2"),
    ]
    return render_page(
        run.name,
        "Result",
        "attack/head.html.j2",
        sections,
        shown,
        summary=summary,
        headline=attack_headline(summary),
        sentences={text: _sentence(attack) for text, attack in summary.attacks.items()},
        explained=words.explained,
        success=success,
        tables=tables,
        chart=Pictures().place(success_chart(summary)),
        table_file="attempts.parquet",
        environment=run.read_json(ENVIRONMENT),
        command=command_line(AttackConfig, summary.config, "attack"),
        config=summary.config,
        fingerprints={},
    )


class _Words(NamedTuple):
    """Titles of sections, and what is counted."""

    success: str
    measures: str
    explained: str


_WORDS = {
    "flip": _Words(
        "Inputs lost",
        "Costs, drops and transfer",
        "Only inputs that the victim predicts right, and in which an attack found something to "
        "change, are attacked. An input is lost where a valid variant of it is predicted wrong.",
    ),
    "disagreement": _Words(
        "Disagreements found",
        "Costs, and who moved",
        "Only inputs on which teacher and student agree, and in which an attack found something to "
        "change, are attacked; those on which they disagree already are skipped. A disagreement is "
        "a valid variant for which they predict different classes. Random variants are as many as "
        "the attack made queries.",
    ),
}


def attack_headline(summary: AttackSummary) -> str:
    """How many attacks show that the student loses more than its teacher, or parts from it."""
    if summary.goal == "disagreement":
        return _disagreement_headline(summary)
    greater = sum(map(_student_loses_more, summary.attacks.values()))
    if not greater:
        return "No attack shows that the student loses more than its teacher"
    return (
        f"The student loses more than its teacher under {greater} of {len(summary.attacks)} attacks"
    )


def _disagreement_headline(summary: AttackSummary) -> str:
    rates = [pair.rate for _, pair in summary.disagreements() if pair.rate is not None]
    if not rates:
        return "No input could be attacked"
    if not max(rates):
        return "No valid variant was found on which teacher and student disagree"
    return (
        f"Teacher and student come to disagree on {100 * max(rates):.0f} % of the inputs on which "
        f"they agree"
    )


def _student_loses_more(attack: AttackMeasures) -> bool:
    if attack.paired is None:
        return False
    low, _ = attack.paired.accuracy_drop.difference_interval
    return low is not None and low > 0


def _sentence(attack: AttackMeasures) -> str:
    if attack.disagreement is not None:
        return _disagreement_sentence(attack.disagreement)
    if attack.paired is None:
        return "nothing was measured"
    drop = attack.paired.accuracy_drop
    if drop.teacher is None or drop.student is None or drop.difference is None:
        return "no accuracy to lose"
    low, high = drop.difference_interval
    interval = "" if low is None or high is None else f" ({100 * low:.1f} to {100 * high:.1f})"
    return (
        f"the student loses {100 * drop.student:.1f} % of its accuracy, the teacher "
        f"{100 * drop.teacher:.1f} %: {100 * drop.difference:+.1f} points{interval}"
    )


def _disagreement_sentence(found: DisagreementSummary) -> str:
    sentence = f"{found.found} of {found.attacked} inputs"
    if found.first_median is not None:
        sentence += f", the first disagreement after {found.first_median:.0f} queries (median)"
    if found.control is not None:
        sentence += f"; random variants, as many, find {found.control.found}"
    return sentence
