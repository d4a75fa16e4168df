"""Why a student failed, as plain text: the rows that decided it and the worst counterexamples."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from metacompress.characters import visible_lines
from metacompress.report.ci.outcome import check_outcome
from metacompress.report.inputs.checked import violating_inputs
from metacompress.report.wording import answer
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import REPORT
from metacompress.stats.verdict import Verdict
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from metacompress.report.inputs.shown import ShownInput
    from metacompress.study.check.summary import CheckSummary

# A program is for an editor; the lines around the change are for a log.
_MOST_LINES = 40


def failure_text(path: Path, summary: CheckSummary, counterexamples: int) -> str:
    """The rows that did not pass, and counterexamples of their relations.

    Args:
        path: run directory of the finished check.
        summary: of it.
        counterexamples: largest number of inputs that are shown, the worst first.

    Raises:
        RunDirectoryError: the run lacks a table or holds a damaged one.
    """
    run, outcome = RunDirectory(path), check_outcome(summary)
    lines = [outcome.headline, ""]
    lines += [f"warning {warning}" for warning in outcome.warnings]
    for suite in outcome.suites:
        lines += [f"{suite.name}: {suite.verdict.upper()}", *suite.sentences]
        lines += [
            f"  {row.verdict}: {row.title}, {row.sentence}"
            for row in suite.rows
            if row.verdict not in (None, Verdict.PASS)
        ]
    lines += _worst(run, summary, counterexamples)
    if run.has(REPORT):
        lines += ["", f"Report: {path / REPORT}"]
    return visible_lines("\n".join(lines))


def _worst(run: RunDirectory, summary: CheckSummary, most: int) -> Iterator[str]:
    blamed = {
        (student, relation)
        for student, found in summary.students.items()
        for relation, one in found.relations.items()
        if one.verdict not in (None, Verdict.PASS)
    }
    shown = 0
    for one in violating_inputs(run, summary).inputs:
        by_student: dict[str, list[str]] = {}
        for violation in one.violations:
            if (violation.student, violation.relation) in blamed:
                by_student.setdefault(violation.student, []).append(violation.relation)
        if not by_student or shown == most:
            continue
        shown += 1
        if shown == 1:
            yield "\nThe worst counterexamples:"
        yield f"\n{shown}. {one.id}"
        for place in one.source.places:
            if place is not None:
                yield f"   {place.file}:{place.line}"
        for student, relations in by_student.items():
            yield f"   {student} violates {', '.join(relations)}"
            yield from _answers(one, student, summary.labels)
        yield from _changes(one)


def _answers(one: ShownInput, student: str, labels: list[str]) -> Iterator[str]:
    label = "" if one.source.label is None else f", label {one.source.label}"
    asked = [("source", one.source.probabilities)]
    if not one.is_source:
        asked.append(("variant", one.probabilities))
    for title, answers in asked:
        said = ", ".join(f"{name} {answer(labels, answers[name])}" for name in (TEACHER, student))
        yield f"     {title + ':':<8} {said}{label}"


def _changes(one: ShownInput) -> Iterator[str]:
    for old, new in zip(one.source.programs, one.programs, strict=True):
        lines = list(
            difflib.unified_diff(
                old.split("\n"), new.split("\n"), "source", "variant", n=2, lineterm=""
            )
        )
        yield from (f"   {line}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"   ... ({len(lines) - _MOST_LINES} more lines)"
