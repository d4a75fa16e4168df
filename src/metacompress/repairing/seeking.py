"""Hard inputs that an attack looks for: renamed sources on which teacher and student part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from metacompress.attacks import make_attack
from metacompress.data.dataset import Dataset
from metacompress.repairing.kind import SOUGHT
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.task import TaskClasses
from metacompress.settings.validation import validated
from metacompress.study.attack.attacking import attacking_stage
from metacompress.study.attack.config import AttackConfig
from metacompress.study.attack.results import PAIR
from metacompress.study.runner import StudyContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.repairing.settings import RepairSettings

# What an attack is told as the repair is.
_SHARED = {"task", "teacher", "student", "data", "programs", "max_queries", "seed"}


def seek_hard_inputs(
    study: StudyContext[RepairSettings], sources: Sequence[Example]
) -> dict[int, Example]:
    """Variants of ``sources`` on which the attack of the settings makes teacher and student part.

    Only sources on which both agree are attacked. Goes on after the last attacked one where a run
    was killed.

    Args:
        study: the repair; its settings name an attack.
        sources: to learn from, in an order that means nothing: the first ones are attacked.

    Returns:
        at most one variant of each attacked source, by the row of that source.
    """
    config = study.config
    assert config.attack is not None
    attacked = tuple(sources[: config.attacked])
    given: dict[str, Any] = {
        **config.model_dump(include=_SHARED | TaskClasses.model_fields.keys()),
        "attacks": [config.attack],
        "goal": "disagreement",
        "control": False,
    }
    if config.substitutes is not None:
        given["substitutes"] = f"recorded:{config.substitutes}"
    context = StudyContext(
        validated(AttackConfig, given),
        Dataset(study.dataset.task, attacked, source=study.dataset.source),
        study.models,
        RunDirectory(study.run.path / SOUGHT),
        study.store,
        study.progress,
        study.executor,
        study.asked,
    )
    results = attacking_stage(context, {config.attack: make_attack(config.attack)})
    return {
        row["index"]: replace(
            attacked[row["index"]].with_texts(row["programs"]), id=f"sought-{row['index']}"
        )
        for row in results.rows[PAIR, config.attack]
        if row["succeeded"]
    }
