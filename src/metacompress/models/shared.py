"""Classifiers whose model is loaded by workers, and not by this process."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from metacompress.errors import ModelError
from metacompress.files.reads import note_states, recording_reads
from metacompress.models.asking import ask
from metacompress.models.classifier import Classifier, Predictions
from metacompress.models.costed import Costed, Weight
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.loading import load_classifier, parse_specification
from metacompress.models.recording import Recording
from metacompress.models.spec import is_specification
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.files.reads import FileState
    from metacompress.models.asking import Share
    from metacompress.workers.job import Executor

# What these kinds do takes less than the way to another process.
_CHEAP_KINDS = frozenset({"recorded", "mock"})
# Models that a worker has loaded: those of a study, as a rule.
_LOADED = 4
# Inputs of a task: enough for full batches, few enough for workers to end at the same time.
_PIECE = 128


@dataclass(frozen=True)
class Recipe:
    """How a worker loads a model.

    Attributes:
        specification: see ``load_classifier``.
        task: what it is for.
        defaults: options, see ``load_classifier``.
        fingerprint: that it must have; None where that is not known yet, or it has none.
    """

    specification: str | Path
    task: Task
    defaults: tuple[tuple[str, object], ...]
    fingerprint: str | None = None

    def load(self) -> Classifier:
        """The model, loaded once by each process.

        Raises:
            MetaCompressError: see ``load_classifier``.
            ModelError: it is another one than this recipe was made for.
        """
        loaded, _ = _loaded(self.specification, self.task, self.defaults)
        found = lasting_fingerprint(loaded)
        if self.fingerprint is not None and found != self.fingerprint:
            raise ModelError(
                f"{self.specification}: a worker has loaded another model than the first one did; "
                f"every machine needs the same files, packages and kind of device",
                model=self.specification,
            )
        return loaded


@lru_cache(maxsize=_LOADED)
def _loaded(
    specification: str | Path, task: Task, defaults: tuple[tuple[str, object], ...]
) -> tuple[Classifier, Mapping[str, FileState | None]]:
    with recording_reads() as reads:
        return load_classifier(specification, task, defaults=dict(defaults)), reads


@dataclass(frozen=True)
class _Facts:
    """What a study wants to know of a model before it asks anything; see Classifier.

    Attributes:
        weight: None where the model does not tell.
        knows_some: whether it answers for certain examples only.
        reads: the files that it was loaded from.
    """

    labels: tuple[str, ...]
    fingerprint: str | None
    weights_digest: str | None
    doubts: tuple[str, ...]
    stands_for: str | None
    tells_truncation: bool
    weight: Weight | None
    knows_some: bool
    reads: Mapping[str, FileState | None]


class _Question(Protocol):
    """Something to ask a loaded model."""

    def put_to(self, recipe: Recipe) -> Any:
        """The answer."""


@dataclass(frozen=True)
class _AskFacts:
    def put_to(self, recipe: Recipe) -> _Facts:
        model = recipe.load()
        return _Facts(
            model.labels,
            lasting_fingerprint(model),
            model.weights_digest,
            tuple(model.doubts),
            model.stands_for,
            model.tells_truncation,
            model.weight if isinstance(model, Costed) else None,
            isinstance(model, Recording),
            _loaded(recipe.specification, recipe.task, recipe.defaults)[1],
        )


@dataclass(frozen=True)
class _AskAbout:
    examples: Sequence[Example]

    def put_to(self, recipe: Recipe) -> Predictions:
        return ask(recipe.load(), self.examples)


@dataclass(frozen=True)
class _AskOperations:
    examples: Sequence[Example]

    def put_to(self, recipe: Recipe) -> list[int] | None:
        model = recipe.load()
        return model.flops(self.examples) if isinstance(model, Costed) else None


@dataclass(frozen=True)
class _Asking(Job[Recipe, _Question, Any]):
    recipe: Recipe

    def setup(self) -> Recipe:
        self.recipe.load()
        return self.recipe

    def do(self, state: Recipe, task: _Question) -> Any:
        return task.put_to(state)

    def describe(self, task: _Question) -> str:
        if isinstance(task, _AskAbout):
            first, last = task.examples[0].id, task.examples[-1].id
            return f"{self.recipe.specification} on {first} to {last}"
        return f"loading {self.recipe.specification}"


class SharedClassifier(Classifier):
    """A model that every worker of an executor has loaded.

    Args:
        recipe: how to load it.
        facts: about it.
        executor: of the workers.

    Attributes:
        recipe: see above, with the model's fingerprint.
    """

    def __init__(self, recipe: Recipe, facts: _Facts, executor: Executor) -> None:
        self.labels = facts.labels
        self.tells_truncation = facts.tells_truncation
        self.weights_digest = facts.weights_digest
        self.doubts = facts.doubts
        self.stands_for = facts.stands_for
        if facts.fingerprint is not None:
            self.fingerprint = facts.fingerprint
        self.recipe = recipe
        self._executor = executor

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        (found,) = self.share(iter([examples]))
        return found

    def share(self, blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        """The answers to blocks of inputs, in their order; workers get pieces of them."""
        pieces_of: deque[int] = deque()

        def questions() -> Iterator[_Question]:
            for block in blocks:
                pieces = range(0, max(len(block), 1), _PIECE)
                pieces_of.append(len(pieces))
                for start in pieces:
                    yield _AskAbout(block[start : start + _PIECE])

        answered: list[Predictions] = []
        for answer in self._ask(questions()):
            answered.append(answer)
            if len(answered) == pieces_of[0]:
                yield _joined(answered)
                pieces_of.popleft()
                answered = []

    def _ask(self, questions: Iterable[_Question]) -> Iterator[Any]:
        return self._executor.run(_Asking(self.recipe), questions)


class _CostedShared(SharedClassifier):
    """See Costed."""

    def __init__(self, recipe: Recipe, facts: _Facts, executor: Executor, weight: Weight) -> None:
        super().__init__(recipe, facts, executor)
        self._weight = weight

    @property
    def weight(self) -> Weight:
        return self._weight

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        (found,) = self._ask([_AskOperations(examples)])
        operations: list[int] | None = found
        return operations


def share_of(classifier: Classifier) -> Share | None:
    """What answers blocks of inputs for ``PredictionStore.predict``; None for this process."""
    return classifier.share if isinstance(classifier, SharedClassifier) else None


def load_shared(
    model: object, task: Task, executor: Executor, defaults: Mapping[str, object]
) -> SharedClassifier | None:
    """Let workers load a model; None where this process has to.

    That is so for Python objects, for models that know certain examples only, and where answers
    cost less than the way to another process.

    Args:
        model: see ``load_classifier``.
        task: what it is for.
        executor: of the workers.
        defaults: see ``load_classifier``.

    Raises:
        MetaCompressError: see ``load_classifier``.
    """
    if executor.workers == 1 or not isinstance(model, (str, os.PathLike)):
        return None
    if not is_specification(model) or parse_specification(model).kind in _CHEAP_KINDS:
        return None
    specification = model if isinstance(model, str) else Path(model)
    options = tuple(sorted({**defaults, "threads": 1}.items()))
    recipe = Recipe(specification, task, options)
    (facts,) = executor.run(_Asking(recipe), [_AskFacts()])
    if facts.knows_some:
        return None
    note_states(facts.reads)
    recipe = replace(recipe, fingerprint=facts.fingerprint)
    if facts.weight is None:
        return SharedClassifier(recipe, facts, executor)
    return _CostedShared(recipe, facts, executor, facts.weight)


def _joined(parts: Sequence[Predictions]) -> Predictions:
    return Predictions(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("probabilities", "truncated", "read", "unknown")
        )
    )
