"""Attacks that workers share, some examples at a time."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from metacompress.models.storing.store import PredictionStore
from metacompress.study.attack.target import Target
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metacompress.attacks.engine.attempt import Budget
    from metacompress.attacks.engine.base import Attack
    from metacompress.data.example import Example
    from metacompress.models.naming.role import Role
    from metacompress.models.shared import Recipe
    from metacompress.study.attack.subjects import Subjects

# Examples of a task: a search takes seconds, so that there is no need for more.
SHARD = 8


@dataclass(frozen=True)
class Shard:
    """One attack on some examples.

    Attributes:
        attack: what is run.
        name: under which its rows stand.
        examples: by their index in the data set.
        labels: what is predicted for them, likewise.
        budgets: likewise.
    """

    attack: Attack
    name: str
    examples: Mapping[int, Example]
    labels: Mapping[int, int]
    budgets: Mapping[int, Budget]


class Attacked(NamedTuple):
    """What a worker did.

    Attributes:
        rows: see ``attempt_row``.
        asked: how many inputs each model was really asked for.
    """

    rows: Sequence[dict[str, Any]]
    asked: Counter[str]


@dataclass(frozen=True)
class AttackShards(Job["_Worker", Shard, Attacked]):
    """Attacks on one victim, whose models each worker loads.

    Attributes:
        victim: teacher, student or pair.
        recipes: of its models.
        subjects: makes of examples what attacks work on.
        store: prediction store; None where the workers do not reach it, for one of their own.
        concurrency: attacks at once.
        seed: of everything random.
    """

    victim: str
    recipes: Mapping[Role, Recipe]
    subjects: Subjects
    store: Path | None
    concurrency: int
    seed: int

    def setup(self) -> _Worker:
        """Load the models."""
        return _Worker(self)

    def do(self, state: _Worker, task: Shard) -> Attacked:
        """Attack the examples of one shard."""
        return state.attack(task)

    def describe(self, task: Shard) -> str:
        """Name a shard."""
        ids = [example.id for example in task.examples.values()]
        return f"{task.name} on {self.victim}, examples {', '.join(ids)}"


class _Worker:
    """The models with their store, kept from shard to shard."""

    def __init__(self, job: AttackShards) -> None:
        self._scratch = tempfile.TemporaryDirectory()
        path = job.store or Path(self._scratch.name) / "predictions.sqlite"
        self._target = Target(
            job.victim,
            {role: recipe.load() for role, recipe in job.recipes.items()},
            PredictionStore(path),
            job.subjects,
            concurrency=job.concurrency,
            seed=job.seed,
        )

    def attack(self, shard: Shard) -> Attacked:
        before = Counter(self._target.asked)
        examples = ((one, shard.examples[one], shard.labels[one]) for one in shard.examples)
        rows = list(
            self._target.attempts(shard.attack, shard.name, examples, shard.budgets.__getitem__)
        )
        return Attacked(rows, self._target.asked - before)


def shards_of(
    attack: Attack,
    name: str,
    examples: Mapping[int, Example],
    labels: Mapping[int, int],
    budgets: Mapping[int, Budget],
) -> Iterator[Shard]:
    """Cut an attack on examples into shards, in the order of the examples."""
    indices = list(examples)
    for start in range(0, len(indices), SHARD):
        some = indices[start : start + SHARD]
        yield Shard(
            attack,
            name,
            {one: examples[one] for one in some},
            {one: labels[one] for one in some},
            {one: budgets[one] for one in some},
        )
