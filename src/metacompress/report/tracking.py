"""Reports finished studies to a tracker: their figures and their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.runs.run_files import ENVIRONMENT, IDENTITY, REPORT, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.tracking import Tracker
    from metacompress.settings.output import OutputSettings
    from metacompress.study.attack.summary import AttackSummary
    from metacompress.study.check.summary import CheckSummary
    from metacompress.study.check.survey.summary import StudentFirstSummary
    from metacompress.study.settings import StudySettings

_FILES = (IDENTITY, SUMMARY, ENVIRONMENT, REPORT)


def run_name(config: StudySettings) -> str:
    """What a tracker calls the run of a study: its directory, or its task."""
    return config.task if config.run is None else Path(config.run).name


def track_check(
    tracker: Tracker, run: RunDirectory, summary: CheckSummary, output: OutputSettings
) -> None:
    """Tell a tracker what a check found: values with their intervals, scores, and files."""
    _tell(tracker, _of_check(summary))
    _keep(tracker, run, [Path(path) for _, path in output.files()])


def track_survey(
    tracker: Tracker, run: RunDirectory, summary: StudentFirstSummary, output: OutputSettings
) -> None:
    """Tell a tracker what a check found that asked the student first."""
    figures = (
        (f"student/{relation}/{part.words}{name}", value)
        for part, surveyed in summary.parts.items()
        for relation, row in surveyed.relations.items()
        for name, value in (("", row.estimate), ("-low", row.low), ("-high", row.high))
    )
    _tell(tracker, figures)
    _keep(tracker, run, [Path(path) for _, path in output.files()])


def track_attacks(tracker: Tracker, run: RunDirectory, summary: AttackSummary) -> None:
    """Tell a tracker what attacks did."""
    _tell(tracker, _of_attacks(summary))
    _keep(tracker, run, [])


def _of_check(summary: CheckSummary) -> Iterator[tuple[str, float | None]]:
    for student, found in summary.students.items():
        for relation, one in found.relations.items():
            for part, judged in one.parts():
                name = f"{student}/{relation}/{part.words}"
                if judged.verdict is not None:
                    yield name, judged.value
                    # Not below the value: a store may keep each figure in a file.
                    yield f"{name}-low", judged.low
                    yield f"{name}-high", judged.high
    for name, model in summary.models.items():
        for part, scores in model.parts():
            yield f"{name}/accuracy/{part.words}", scores.accuracy
            yield f"{name}/f1/{part.words}", scores.f1


def _of_attacks(summary: AttackSummary) -> Iterator[tuple[str, float | None]]:
    for text, role, found in summary.victims():
        yield f"{role}/{text}/valid_success_rate", found.valid_success_rate
        yield f"{role}/{text}/accuracy", found.accuracy
        yield f"{role}/{text}/adversarial_accuracy", found.adversarial_accuracy
    for text, pair in summary.disagreements():
        yield f"pair/{text}/disagreements", pair.rate
        yield f"pair/{text}/queries_to_first", pair.first_median


def _tell(tracker: Tracker, figures: Iterator[tuple[str, float | None]]) -> None:
    for name, value in figures:
        if value is not None:
            tracker.on_metric(name, value)


def _keep(tracker: Tracker, run: RunDirectory, others: list[Path]) -> None:
    for path in [*(run.path / name for name in _FILES if run.has(name)), *others]:
        tracker.on_artifact(path)
