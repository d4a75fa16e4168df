"""Attack a teacher and its student: what more does the student lose, or where do they part?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.attacks import make_attack
from metacompress.errors import UsageError
from metacompress.models.naming.role import Role
from metacompress.relations import make_relation
from metacompress.settings.contents import input_files
from metacompress.study.attack.attacking import attacking_stage
from metacompress.study.attack.kind import ATTACK
from metacompress.study.attack.shown import ANSWERS, SOURCES, answers_table, sources_table
from metacompress.study.attack.summarising import summarise_attacks
from metacompress.study.runner import run_study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.attacks.engine.base import Attack
    from metacompress.data.dataset import Dataset
    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.attack.summary import AttackSummary
    from metacompress.study.runner import StudyContext


def run_attacks(
    config: AttackConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Attack a teacher and its student on the same examples; see ``run_study`` for arguments.

    Killed at any point and run again, it goes on after the last attacked example, to the same
    summary.

    Raises:
        MetaCompressError: see metacompress.errors; what was done so far stays in the run
            directory.
    """
    stages = _Stages(
        {text: make_attack(text) for text in dict.fromkeys(config.attacks)},
        [make_relation(name, constants) for name, constants in config.relations.items()],
    )
    return run_study(
        ATTACK,
        config,
        stages.run,
        name=f"attack-{config.task}",
        files=input_files(config),
        vet=_require_labels if config.goal == "flip" else lambda dataset: None,
        models=models,
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


def _require_labels(dataset: Dataset) -> None:
    if all(example.label is None for example in dataset):
        raise UsageError(
            f"{dataset.source}: attacks that look for flips need labels, and no example has one",
            option="data",
        )


@dataclass(frozen=True, slots=True)
class _Stages:
    """What a study of attacks does.

    Attributes:
        attacks: by the text that names them.
        relations: that are evaluated on adversarial variants.
    """

    attacks: Mapping[str, Attack]
    relations: Sequence[Relation]

    def run(self, study: StudyContext[AttackConfig]) -> AttackSummary:
        """Write every table; returns the summary."""
        results = attacking_stage(study, self.attacks)
        study.run.write_table(SOURCES, sources_table(study.dataset, results))
        study.run.write_table(ANSWERS, answers_table(results))
        return summarise_attacks(
            study.config,
            study.dataset,
            self.attacks,
            self.relations,
            results,
            {role: study.models[role] for role in Role},
        )
