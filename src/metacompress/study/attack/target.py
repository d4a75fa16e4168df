"""Models under attack, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.attacks.engine.goal import Disagreement, Flip
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.victim import Victim
from metacompress.study.attack.attempts import attempt_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from metacompress.attacks.engine.attempt import Budget
    from metacompress.attacks.engine.base import Attack
    from metacompress.data.example import Example
    from metacompress.models.naming.role import Role
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.models.storing.store import PredictionStore
    from metacompress.study.attack.subjects import Subjects


class Target:
    """Loaded models with everything that attacks on them need.

    Of one model, attacks look for flips; of two, for disagreements.

    Args:
        name: under which its rows stand: teacher, student or pair.
        models: by role.
        store: asked before them.
        subjects: makes of examples what attacks work on.
        concurrency: attacks at once.
        seed: of everything random.

    Attributes:
        asked: how many inputs each model was really asked for.
    """

    def __init__(
        self,
        name: str,
        models: Mapping[Role, Classifier],
        store: PredictionStore,
        subjects: Subjects,
        *,
        concurrency: int,
        seed: int,
    ) -> None:
        self._name = name
        self._goal = Flip if len(models) == 1 else Disagreement
        self._victim = Victim({str(role): model for role, model in models.items()}, store)
        self._subjects = subjects
        self._concurrency = concurrency
        self._seed = seed
        self.asked = self._victim.asked

    def attempts(
        self,
        attack: Attack,
        name: str,
        examples: Iterable[tuple[int, Example, int]],
        budget_of: Callable[[int], Budget],
    ) -> Iterator[dict[str, Any]]:
        """Attack examples; yields a row of ``attempt_row`` as each is done.

        Args:
            attack: what is run.
            name: under which the rows stand.
            examples: each behind its index in the data set, and before what is predicted for it.
            budget_of: index of an example to what may be spent on it.
        """
        scheduler = Scheduler(self._victim, concurrency=self._concurrency, seed=self._seed)
        names = self._victim.name_tokens
        subjects = (
            (index, self._subjects.make(example, self._goal(label), names))
            for index, example, label in examples
        )
        for attempt in scheduler.run(attack, subjects, budget_of):
            yield attempt_row(self._name, name, attempt)
