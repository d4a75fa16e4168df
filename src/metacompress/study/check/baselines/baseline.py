"""The baseline of a check: a finished one, whose student each student is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.models.identity import lasting_model
from metacompress.study.check.baselines.common_inputs import Sources, refuse_other_data
from metacompress.study.check.baselines.comparable import (
    refuse_other_settings,
    refuse_other_teacher,
)
from metacompress.study.check.baselines.comparing import compare_checks
from metacompress.study.check.baselines.finished import FinishedCheck, read_finished
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.part import Part
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.summary import CheckSummary
    from metacompress.study.runner import StudyContext


def read_baseline(config: CheckConfig) -> FinishedCheck | None:
    """The baseline of a check; None without one.

    Raises:
        RunDirectoryError: it is no finished check of this version, or damaged.
        UsageError: its settings differ from those of the check where they must not.
    """
    if config.baseline is None:
        return None
    found = read_finished(config.baseline)
    refuse_other_settings(found.summary.config, config.identity())
    return found


def refuse_unfit_baseline(baseline: FinishedCheck, study: StudyContext[CheckConfig]) -> None:
    """Refuse a baseline of another teacher or other data, before any model is asked.

    Raises:
        UsageError: it is one.
    """
    teacher = lasting_model(study.models[TEACHER])
    refuse_other_teacher(baseline.summary.models[TEACHER].fingerprint, teacher)
    dataset = study.dataset
    is_part = study.config.data.limit is not None or dataset.skipped > 0
    own = Sources(study.run.path, dataset.examples, is_part)
    refuse_other_data(Sources.of(baseline), own)


def with_comparisons(
    summary: CheckSummary,
    baseline: FinishedCheck,
    study: StudyContext[CheckConfig],
    parts: Mapping[Part, Answered],
) -> CheckSummary:
    """The summary of a check with each student beside that of the baseline.

    Args:
        summary: of the check.
        baseline: see ``read_baseline``.
        study: the check.
        parts: the models' answers.

    Raises:
        UsageError: the variants or the teacher's answers are others.
    """
    config = study.config
    with study.progress.stage("comparing with the baseline", len(config.student)) as advance:
        comparisons = {}
        for name in config.student:
            comparisons[name] = compare_checks(
                baseline,
                FinishedCheck(study.run.path, name, summary, parts),
                worse_by=config.worse_by,
                confidence=config.confidence,
            )
            advance(1)
    return summary.model_copy(update={"comparisons": comparisons})
