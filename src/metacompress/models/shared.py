"""Classifiers whose model is loaded by workers, or by this process when it has to be asked."""

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
from metacompress.models.facts import Facts, recall, remember
from metacompress.models.identity import fingerprint_of
from metacompress.models.loading import load_classifier, parse_specification
from metacompress.models.naming.spec import is_specification
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.protocols.costed import Costed, Weight
from metacompress.models.protocols.hidden_states import joined_states, require_hidden_states
from metacompress.models.storing.asking import ask
from metacompress.workers.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.files.reads import FileState
    from metacompress.models.storing.asking import Share
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
        if self.fingerprint is not None and fingerprint_of(loaded) != self.fingerprint:
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


class _Question(Protocol):
    """Something to ask a loaded model."""

    def put_to(self, recipe: Recipe) -> Any:
        """The answer."""


@dataclass(frozen=True)
class _AskFacts:
    def put_to(self, recipe: Recipe) -> Facts:
        loaded, reads = _loaded(recipe.specification, recipe.task, recipe.defaults)
        return Facts.of(loaded, reads)


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
class _AskStates:
    examples: Sequence[Example]

    def put_to(self, recipe: Recipe) -> list[NDArray[np.float32]]:
        name = str(recipe.specification)
        return require_hidden_states(recipe.load(), name).hidden_states(self.examples)


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

    def __init__(self, recipe: Recipe, facts: Facts, executor: Executor) -> None:
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


class _SharedStates(SharedClassifier):
    """See HiddenStates."""

    def hidden_states(self, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
        starts = range(0, len(examples), _PIECE)
        questions = (_AskStates(examples[start : start + _PIECE]) for start in starts)
        return joined_states(list(self._ask(questions)))


class _CostedShared(SharedClassifier):
    """See Costed."""

    def __init__(self, recipe: Recipe, facts: Facts, executor: Executor, weight: Weight) -> None:
        super().__init__(recipe, facts, executor)
        self._weight = weight

    @property
    def weight(self) -> Weight:
        return self._weight

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        (found,) = self._ask([_AskOperations(examples)])
        operations: list[int] | None = found
        return operations


class _CostedSharedStates(_CostedShared, _SharedStates):
    """Both."""


def share_of(classifier: Classifier) -> Share | None:
    """What answers blocks of inputs for ``PredictionStore.predict``; None for this process."""
    return classifier.share if isinstance(classifier, SharedClassifier) else None


def loaded_here(classifier: Classifier) -> Classifier:
    """The model itself, in this process, where workers have loaded it."""
    return classifier.recipe.load() if isinstance(classifier, SharedClassifier) else classifier


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
    recipe = _recipe(model, task, {**defaults, "threads": 1})
    if executor.workers == 1 or recipe is None:
        return None
    facts = recall(recipe.specification, task, dict(recipe.defaults))
    if facts is None:
        (facts,) = executor.run(_Asking(recipe), [_AskFacts()])
        remember(recipe.specification, task, dict(recipe.defaults), facts)
    return None if facts.knows_some else _shared(recipe, facts, executor)


def load_answered(
    model: object,
    task: Task,
    executor: Executor,
    defaults: Mapping[str, object],
    is_answered: Callable[[str], bool],
) -> Classifier:
    """A model of this process, which is not loaded before it has to answer something new.

    That needs a model that was loaded before, from files that are what they were. Any other one
    is loaded at once.

    Args:
        model: see ``load_classifier``.
        task: what it is for.
        executor: without workers.
        defaults: see ``load_classifier``.
        is_answered: whether answers are stored under a fingerprint; loading waits only then.

    Raises:
        MetaCompressError: see ``load_classifier``.
    """
    recipe = _recipe(model, task, defaults)
    if recipe is None:
        return load_classifier(model, task, defaults=defaults)
    facts = recall(recipe.specification, task, defaults)
    if facts is None or facts.reads_graphs or not is_answered(facts.fingerprint or ""):
        with recording_reads() as reads:
            loaded = load_classifier(model, task, defaults=defaults)
        note_states(reads)
        remember(recipe.specification, task, defaults, Facts.of(loaded, reads))
        return loaded
    return _shared(recipe, facts, executor)


def _recipe(model: object, task: Task, defaults: Mapping[str, object]) -> Recipe | None:
    """How another process loads a model; None where that is not worth it, or not possible."""
    if not isinstance(model, (str, os.PathLike)) or not is_specification(model):
        return None
    if parse_specification(model).kind in _CHEAP_KINDS:
        return None
    specification = model if isinstance(model, str) else Path(model)
    return Recipe(specification, task, tuple(sorted(defaults.items())))


def _shared(recipe: Recipe, facts: Facts, executor: Executor) -> SharedClassifier:
    note_states(facts.reads)
    recipe = replace(recipe, fingerprint=facts.fingerprint)
    if facts.weight is None:
        kind = _SharedStates if facts.tells_states else SharedClassifier
        return kind(recipe, facts, executor)
    costed = _CostedSharedStates if facts.tells_states else _CostedShared
    return costed(recipe, facts, executor, facts.weight)


def _joined(parts: Sequence[Predictions]) -> Predictions:
    return Predictions(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("probabilities", "truncated", "read", "unknown")
        )
    )
