"""Attacks every victim, and tries what was made on the other model."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from metacompress.attacks.engine.attempt import Budget
from metacompress.models.role import Role
from metacompress.models.shared import SharedClassifier
from metacompress.study.attack.attempts import TABLE, attempts_table
from metacompress.study.attack.control import control_job
from metacompress.study.attack.costs import COSTS
from metacompress.study.attack.jobs import AttackJob, run_job
from metacompress.study.attack.results import AttackResults
from metacompress.study.attack.shards import AttackShards, shards_of
from metacompress.study.attack.subjects import Subjects
from metacompress.study.attack.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metacompress.attacks.engine.base import Attack
    from metacompress.data.example import Example
    from metacompress.models.classifier import Predictions
    from metacompress.study.attack.config import AttackConfig
    from metacompress.study.runner import StudyContext

_Rows = list[dict[str, Any]]


def attacking_stage(
    study: StudyContext[AttackConfig], attacks: Mapping[str, Attack]
) -> AttackResults:
    """Run every attack on every victim, and try what it made on the other one.

    Writes the table of attempts and the costs.

    Args:
        study: whose models, and whose examples.
        attacks: by the text that names them.
    """
    subjects = Subjects.of(study)
    clean = {
        role: study.predict(role, study.dataset.examples, f"{role} on sources") for role in Role
    }
    victims = {role: _Victim(study, role, subjects, clean[role]) for role in Role}
    for victim in victims.values():
        victim.attack(attacks)
    rows = {(role, text): victims[role].rows[text] for role in victims for text in attacks}
    controls = {
        (role, text): found
        for role, victim in victims.items()
        for text, found in victim.controls.items()
    }
    # One control stands for all attacks of its kind.
    tables = [*rows.values(), *{id(found): found for found in controls.values()}.values()]
    study.run.write_table(TABLE, attempts_table(row for found in tables for row in found))
    study.run.write_json(COSTS, {role: victim.costs for role, victim in victims.items()})
    answers = {
        (role, text, model): study.predict(
            model, _variants(study, found), f"{model} on {text} of {role}"
        )
        for (role, text), found in rows.items()
        for model in Role
    }
    return AttackResults(clean, rows, controls, answers)


class _Victim:
    """One model under attack.

    Attributes:
        rows: attempts by attack.
        controls: attempts of the random control by attack; empty where there is none.
        costs: processor seconds by attack and control.
    """

    def __init__(
        self,
        study: StudyContext[AttackConfig],
        role: Role,
        subjects: Subjects,
        clean: Predictions,
    ) -> None:
        self._study = study
        self._role = role
        self._subjects = subjects
        self._target: Target | None = None
        self._right = [
            index
            for index, example in enumerate(study.dataset)
            if example.label is not None and clean.probabilities[index].argmax() == example.label
        ]
        self.rows: dict[str, _Rows] = {}
        self.controls: dict[str, _Rows] = {}
        self.costs: dict[str, float] = {}

    def attack(self, attacks: Mapping[str, Attack]) -> None:
        """Run every attack, and a control per kind of change, on what the victim gets right."""
        config = self._study.config
        if not isinstance(self._study.models[self._role], SharedClassifier):
            self._target = self._own_target()
        budget = Budget(config.max_queries, config.max_seconds)
        for text, attack in attacks.items():
            self.rows[text] = self._run(AttackJob(self._role, attack, text, lambda index: budget))
        kinds = sorted({attack.changes for attack in attacks.values()})
        for kind in kinds if config.control else ():
            of_kind = [text for text, attack in attacks.items() if attack.changes == kind]
            job = control_job(self._role, kind, [self.rows[text] for text in of_kind])
            self.controls |= dict.fromkeys(of_kind, self._run(job))

    def _run(self, job: AttackJob) -> _Rows:
        found, self.costs[job.name] = run_job(
            job,
            partial(self._attempts, job),
            self._right,
            self._study.run.path,
            self._study.progress,
        )
        return found

    def _attempts(self, job: AttackJob, indices: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Run a job here, or where the model is loaded."""
        examples = {index: self._study.dataset[index] for index in indices}
        if self._target is None:
            budgets = {index: job.budget_of(index) for index in indices}
            shards = shards_of(job.attack, job.name, examples, budgets)
            for found in self._study.executor.run(self._shared_target, shards):
                self._study.asked[self._role] += found.asked
                yield from found.rows
            return
        before = self._target.asked
        yield from self._target.attempts(job.attack, job.name, examples.items(), job.budget_of)
        self._study.asked[self._role] += self._target.asked - before

    def _own_target(self) -> Target:
        config = self._study.config
        return Target(
            self._role,
            self._study.models[self._role],
            self._study.store,
            self._subjects,
            concurrency=config.concurrency,
            seed=config.seed,
        )

    @cached_property
    def _shared_target(self) -> AttackShards:
        config, classifier = self._study.config, self._study.models[self._role]
        assert isinstance(classifier, SharedClassifier)
        return AttackShards(
            self._role,
            classifier.recipe,
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
