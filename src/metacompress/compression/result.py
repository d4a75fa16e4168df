"""What a compression ends with: the student, and everything that led to it."""

from __future__ import annotations

import shutil
import statistics
from typing import TYPE_CHECKING

from metacompress.compression.configuration import StudentConfiguration
from metacompress.compression.output import extend_card
from metacompress.compression.run_files import COMPRESSION_FILES, STUDENT
from metacompress.compression.summary import (
    ChosenStudent,
    CompressSummary,
    CostsSummary,
    CostSummary,
    FrontSummary,
    Spread,
    SpreadSummary,
    TrialSummary,
)
from metacompress.files.sums import sums_of
from metacompress.training.run_files import PUBLISHED
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from metacompress.compression.search.problem import Found, Trial
    from metacompress.compression.search.space import Configuration
    from metacompress.compression.settings import CompressionSettings
    from metacompress.compression.summary import StudentSummary
    from metacompress.data.task import Task
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.warnings import StudyWarning


def summarise(
    settings: CompressionSettings,
    task: Task,
    found: Found,
    trials: Sequence[Trial],
    students: Sequence[StudentSummary],
    *,
    warnings: Sequence[StudyWarning],
    examples: dict[str, int],
    built: Configuration,
    run: RunDirectory,
) -> CompressSummary:
    """Put the student in its place, and say all that is known.

    Args:
        settings: of the compression.
        task: of its student.
        found: by the search.
        trials: what it trained.
        students: of the chosen configuration, by seed; at least one did not fail.
        warnings: reasons to doubt the teacher.
        examples: counts by part.
        built: the chosen configuration with as many tokens as its tokenizer has.
        run: directory of the compression.
    """
    good = sorted(
        (student for student in students if student.failure is None),
        key=lambda student: (student.accuracy, student.agreement),
    )
    # The one in the middle stands for the technique; the best would stand for its luck.
    median = good[(len(good) - 1) // 2]
    configuration = StudentConfiguration.of(built)
    tests = [student.test for student in good if student.test is not None]
    summary = CompressSummary(
        technique=settings.technique,
        task=task.name,
        target_mb=settings.target_mb,
        warnings=list(warnings),
        settings=settings.identity(),
        examples=examples,
        chosen=found.chosen,
        cost=CostsSummary(
            exact=CostSummary.model_validate(configuration.cost(task, "exact")),
            published=CostSummary.model_validate(configuration.cost(task, "published")),
        ),
        front=[FrontSummary.model_validate(member) for member in found.front],
        trials=[TrialSummary.model_validate(trial) for trial in trials],
        students=list(students),
        spread=SpreadSummary(
            accuracy=_spread(student.accuracy for student in good),
            agreement=_spread(student.agreement for student in good),
            flips=_spread(student.flips for student in good),
            test_accuracy=_spread(test.accuracy for test in tests),
            test_agreement=_spread(test.agreement for test in tests),
        ),
        student=ChosenStudent(seed=median.seed, model=run.path / STUDENT),
    )
    _publish(median.model, run, summary)
    return summary


def _publish(model: Path, run: RunDirectory, summary: CompressSummary) -> None:
    target = run.path / STUDENT
    run.remove(STUDENT, COMPRESSION_FILES)
    # It is whole when the result is written; until then it is made anew.
    shutil.copytree(model, target, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    kept = {"technique", "chosen", "cost", "target_mb", "spread"}
    made = summary.model_dump(mode="json", include=kept)
    step = CompressionStep.model_validate({**made, "summary": _sentence(summary)})
    extend_card(model, target, step)
    run.write_json(PUBLISHED, sums_of(target))


def _sentence(summary: CompressSummary) -> str:
    trained, seeds = len(summary.trials), len(summary.trained)
    accuracy = summary.spread.accuracy
    chosen = f"Chosen by {summary.technique} for {summary.target_mb:g} MB"
    tried = (
        f", after training {trained} configuration{'' if trained == 1 else 's'}" if trained else ""
    )
    if seeds == 1 or accuracy is None:
        return f"{chosen}{tried}."
    return (
        f"{chosen}{tried}. Of {seeds} seeds this is the one with the median validation accuracy, "
        f"{accuracy.median:.4f} ({accuracy.low:.4f} to {accuracy.high:.4f})."
    )


def _spread(measured: Iterable[float | None]) -> Spread | None:
    values = [value for value in measured if value is not None]
    if not values:
        return None
    return Spread(median=statistics.median(values), low=min(values), high=max(values))
