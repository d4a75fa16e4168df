"""Attacks every victim, and asks both models about what was made."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.attacks.engine.attempt import Budget
from metacompress.models.naming.role import Role
from metacompress.models.shared import SharedClassifier
from metacompress.study.attack.attempts import TABLE, attempts_table
from metacompress.study.attack.control import control_job
from metacompress.study.attack.costs import COSTS
from metacompress.study.attack.jobs import AttackJob, run_job
from metacompress.study.attack.results import PAIR, AttackResults
from metacompress.study.attack.shards import AttackShards, shards_of
from metacompress.study.attack.subjects import Subjects
from metacompress.study.attack.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.attacks.engine.base import Attack
    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.runner import StudyContext

_Rows = list[dict[str, Any]]


def attacking_stage(
    study: StudyContext[AttackConfig], attacks: Mapping[str, Attack]
) -> AttackResults:
    """Run every attack on every victim, and ask both models about what was made.

    Victims are teacher and student in turn, on what each predicts right; or both together, on what
    they agree on. Writes the table of attempts and the costs.

    Args:
        study: whose models, and whose examples.
        attacks: by the text that names them.
    """
    subjects = Subjects.of(study)
    clean = {
        role: study.predict(role, study.dataset.examples, f"{role} on sources") for role in Role
    }
    predicted = {role: found.probabilities.argmax(axis=1) for role, found in clean.items()}
    if study.config.goal == "disagreement":
        victims = [_Victim(study, PAIR, tuple(Role), subjects, _agreed(predicted))]
    else:
        victims = [
            _Victim(study, role, (role,), subjects, _right(study.dataset, predicted[role]))
            for role in Role
        ]
    for victim in victims:
        victim.attack(attacks)
    rows = {(one.name, text): one.rows[text] for one in victims for text in attacks}
    controls = {(one.name, text): found for one in victims for text, found in one.controls.items()}
    # One control stands for all attacks of its kind.
    tables = [*rows.values(), *{id(found): found for found in controls.values()}.values()]
    study.run.write_table(TABLE, attempts_table(row for found in tables for row in found))
    study.run.write_json(COSTS, {victim.name: victim.costs for victim in victims})
    answers = {
        (victim, text, model): study.predict(
            model, _variants(study, found), f"{model} on {text} of {victim}"
        )
        for (victim, text), found in rows.items()
        for model in Role
    }
    return AttackResults(clean, rows, controls, answers)


def _right(dataset: Dataset, predicted: NDArray[np.intp]) -> dict[int, int]:
    """The labels of the examples that are predicted right, by index."""
    return {
        index: example.label
        for index, example in enumerate(dataset)
        if example.label is not None and predicted[index] == example.label
    }


def _agreed(predicted: Mapping[Role, NDArray[np.intp]]) -> dict[int, int]:
    """What both models predict where they agree, by index of the example."""
    teacher, student = predicted[Role.TEACHER], predicted[Role.STUDENT]
    return {int(index): int(teacher[index]) for index in np.flatnonzero(teacher == student)}


class _Victim:
    """One model under attack, or both together.

    Args:
        study: whose models.
        name: under which its rows stand: a role, or PAIR.
        roles: of its models.
        subjects: makes of examples what attacks work on.
        labels: what is predicted for the examples that are attacked, by index.

    Attributes:
        name: see above.
        rows: attempts by attack.
        controls: attempts of the random control by attack; empty where there is none.
        costs: processor seconds by attack and control.
    """

    def __init__(
        self,
        study: StudyContext[AttackConfig],
        name: str,
        roles: tuple[Role, ...],
        subjects: Subjects,
        labels: Mapping[int, int],
    ) -> None:
        self._study = study
        self.name = str(name)
        self._models = {role: study.models[role] for role in roles}
        self._subjects = subjects
        self._target: Target | None = None
        self._labels = labels
        self.rows: dict[str, _Rows] = {}
        self.controls: dict[str, _Rows] = {}
        self.costs: dict[str, float] = {}

    def attack(self, attacks: Mapping[str, Attack]) -> None:
        """Run every attack, and a control per kind of change."""
        config = self._study.config
        if not self._is_shared:
            self._target = self._own_target()
        budget = Budget(config.max_queries, config.max_seconds)
        for text, attack in attacks.items():
            self.rows[text] = self._run(AttackJob(self.name, attack, text, lambda index: budget))
        kinds = sorted({attack.changes for attack in attacks.values()})
        for kind in kinds if config.control else ():
            of_kind = [text for text, attack in attacks.items() if attack.changes == kind]
            job = control_job(self.name, kind, [self.rows[text] for text in of_kind])
            self.controls |= dict.fromkeys(of_kind, self._run(job))

    def _run(self, job: AttackJob) -> _Rows:
        found, self.costs[job.name] = run_job(
            job,
            partial(self._attempts, job),
            list(self._labels),
            self._study.run.path,
            self._study.progress,
        )
        return found

    def _attempts(self, job: AttackJob, indices: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Run a job here, or where the models are loaded."""
        dataset, labels = self._study.dataset, self._labels
        if self._target is None:
            shards = shards_of(
                job.attack,
                job.name,
                {index: dataset[index] for index in indices},
                labels,
                {index: job.budget_of(index) for index in indices},
            )
            for found in self._study.executor.run(self._shared_target, shards):
                self._study.asked.update(found.asked)
                yield from found.rows
            return
        before = Counter(self._target.asked)
        examples = ((index, dataset[index], labels[index]) for index in indices)
        yield from self._target.attempts(job.attack, job.name, examples, job.budget_of)
        self._study.asked.update(self._target.asked - before)

    @property
    def _is_shared(self) -> bool:
        return all(isinstance(model, SharedClassifier) for model in self._models.values())

    def _own_target(self) -> Target:
        config = self._study.config
        return Target(
            self.name,
            {
                # Beside a model of this process, one of the workers is loaded here, too.
                role: model.recipe.load() if isinstance(model, SharedClassifier) else model
                for role, model in self._models.items()
            },
            self._study.store,
            self._subjects,
            concurrency=config.concurrency,
            seed=config.seed,
        )

    @cached_property
    def _shared_target(self) -> AttackShards:
        config, models = self._study.config, self._models
        return AttackShards(
            self.name,
            {
                role: model.recipe
                for role, model in models.items()
                if isinstance(model, SharedClassifier)
            },
            self._subjects,
            self._study.store.path if self._study.executor.is_local else None,
            config.concurrency,
            config.seed,
        )


def _variants(study: StudyContext[AttackConfig], rows: Sequence[dict[str, Any]]) -> list[Example]:
    return [
        study.dataset[row["index"]].with_texts(row["programs"])
        for row in rows
        if row["programs"] is not None
    ]
