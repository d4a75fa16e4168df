"""A model under attack, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.models.white_box import WhiteBox
from metacompress.study.attack.attempts import attempt_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from metacompress.attacks.engine.attempt import Budget
    from metacompress.attacks.engine.base import Attack
    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier
    from metacompress.models.role import Role
    from metacompress.models.store import PredictionStore
    from metacompress.study.attack.subjects import Subjects


class Target:
    """A loaded model with everything that attacks on it need.

    Args:
        role: teacher or student.
        classifier: the model.
        store: asked before it.
        subjects: makes of examples what attacks work on.
        concurrency: attacks at once.
        seed: of everything random.

    Attributes:
        asked: how many inputs the model was really asked for.
    """

    def __init__(
        self,
        role: Role,
        classifier: Classifier,
        store: PredictionStore,
        subjects: Subjects,
        *,
        concurrency: int,
        seed: int,
    ) -> None:
        self._role = role
        self._classifier = classifier
        self._store = store
        self._subjects = subjects
        self._concurrency = concurrency
        self._seed = seed
        self._names = NameTokens(classifier) if isinstance(classifier, WhiteBox) else None
        self.asked = 0

    def attempts(
        self,
        attack: Attack,
        name: str,
        examples: Iterable[tuple[int, Example]],
        budget_of: Callable[[int], Budget],
    ) -> Iterator[dict[str, Any]]:
        """Attack examples; yields a row of ``attempt_row`` as each is done.

        Args:
            attack: what is run.
            name: under which the rows stand.
            examples: with their index in the data set.
            budget_of: index of an example to what may be spent on it.
        """
        scheduler = Scheduler(
            self._classifier, self._store, concurrency=self._concurrency, seed=self._seed
        )
        subjects = ((index, self._subjects.make(one, self._names)) for index, one in examples)
        for attempt in scheduler.run(attack, subjects, budget_of):
            self.asked += scheduler.asked
            scheduler.asked = 0
            yield attempt_row(self._role, name, attempt)
