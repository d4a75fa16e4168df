"""Which back end runs which model of a study.

A choice is made once per model and machine, and kept in the cache. Without one, a study that asks
little is not worth an export, and runs on torch. A run that was begun goes on with the back ends
with which it began.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.errors import ModelError
from metacompress.models.cheapest.candidate import BACKEND, candidate_of
from metacompress.models.cheapest.entry import read_choice
from metacompress.models.cheapest.exported import make_entry
from metacompress.models.cheapest.probe import cpu_seconds
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.loading import load_classifier, parse_specification
from metacompress.models.naming.spec import is_specification
from metacompress.models.token_classifier import TokenClassifier

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.cheapest.candidate import Candidate
    from metacompress.models.cheapest.entry import Choice
    from metacompress.models.protocols.classifier import Classifier


class Backend(StrEnum):
    """What runs a model of transformers."""

    AUTO = "auto"
    TORCH = "torch"
    ONNX = "onnx"


# A study that asks about fewer inputs is not even measured.
_FEW = 500
# CPU seconds of an export with its comparison, of any model and per byte of weights, by the shared
# pair and CodeBERT; and how much more work must lie ahead.
_EXPORT, _EXPORT_PER_BYTE, _AHEAD = 0.7, 1 / 25e6, 4
# Torch has to be so much cheaper than ONNX Runtime, which starts without its seconds of loading.
_CLEARLY = 0.9


@dataclass(frozen=True, slots=True)
class Work:
    """What lies ahead of the models of a study.

    Attributes:
        task: what they are for.
        sample: inputs to compare back ends on; may be empty.
        asked: about how many inputs each model will be asked for.
        backend: that the user wants.
        begun: back ends by fingerprint of the model, of a run that goes on.
    """

    task: Task
    sample: Sequence[Example]
    asked: int
    backend: Backend
    begun: Mapping[str, Backend] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The back end of one model.

    Attributes:
        backend: torch or onnx.
        classifier: the model, where it had to be loaded for the choice.
    """

    backend: Backend
    classifier: Classifier | None = None

    def load(self, model: object, task: Task, defaults: Mapping[str, object]) -> Classifier:
        """The model on this back end; the arguments are those of ``load_classifier``."""
        if self.classifier is not None:
            return self.classifier
        return load_classifier(model, task, defaults=self.options(defaults))

    def options(self, defaults: Mapping[str, object]) -> dict[str, object]:
        """The defaults of ``load_classifier`` with what it has to know of this choice."""
        chosen = {BACKEND: str(self.backend)} if self.backend is Backend.ONNX else {}
        return {**defaults, **chosen}


def choose_backends(
    models: Mapping[str, object],
    work: Work,
    defaults: Mapping[str, object],
    note: Callable[[str], None],
) -> dict[str, Chosen]:
    """Choose what runs every model.

    Args:
        models: by name; see ``load_classifier``.
        work: that lies ahead.
        defaults: see ``load_classifier``.
        note: called with a line for the user.

    Returns:
        the choice by name; models that only one back end runs have torch, whatever runs them.

    Raises:
        ModelError: a model cannot be loaded; or ONNX Runtime is wanted, by the user or a run that
            goes on, and it cannot stand for torch or the cache cannot be written.
    """
    chosen = dict.fromkeys(models, Chosen(Backend.TORCH))
    if work.backend is Backend.TORCH:
        return chosen
    unknown: dict[str, Candidate] = {}
    for name, model in models.items():
        candidate = _candidate(model, work.task, defaults)
        choice = None if candidate is None else read_choice(candidate.entry)
        if choice is not None:
            chosen[name] = Chosen(_wanted(choice, work))
        elif candidate is not None:
            unknown[name] = candidate
    is_asked_for = work.backend is Backend.ONNX or Backend.ONNX in work.begun.values()
    if not unknown or not (is_asked_for or work.asked >= _FEW):
        return chosen
    loaded: dict[str, TokenClassifier] = {}
    for name in unknown:
        original = load_classifier(models[name], work.task, defaults=defaults)
        if isinstance(original, TokenClassifier):
            loaded[name] = original
    chosen |= {name: Chosen(Backend.TORCH, one) for name, one in loaded.items()}
    is_worth_it = _is_worth_it(loaded.values(), work)
    for name, original in loaded.items():
        candidate = unknown[name]
        begun = work.begun.get(lasting_fingerprint(original) or "")
        wanted = begun if begun and work.backend is Backend.AUTO else work.backend
        if wanted is Backend.ONNX or (wanted is Backend.AUTO and is_worth_it):
            try:
                choice = make_entry(candidate, original, work.task, work.sample)
            except ModelError as error:
                # What only saves time must not end a study, as where no home can be written.
                if wanted is Backend.ONNX:
                    raise
                note(f"{candidate.spec}: stays with torch: {error}")
                continue
            if choice.reason is not None and work.backend is Backend.AUTO:
                note(f"{candidate.spec}: stays with torch: as ONNX, {choice.reason}")
            if _wanted(choice, work) is Backend.ONNX:
                chosen[name] = Chosen(Backend.ONNX)
    for original in loaded.values():
        # What a measurement asked must not change the batches of the study.
        original.forget()
    return chosen


def _candidate(model: object, task: Task, defaults: Mapping[str, object]) -> Candidate | None:
    if not is_specification(model):
        return None
    return candidate_of(replace(parse_specification(model), defaults=defaults), task)


def _wanted(choice: Choice, work: Work) -> Backend:
    """The back end of a model whose entry is known."""
    if work.backend is not Backend.AUTO:
        return work.backend
    begun = work.begun.get(choice.model)
    if begun is not None:
        return begun
    seconds = choice.seconds
    is_dearer = seconds and seconds[Backend.TORCH] < _CLEARLY * seconds[Backend.ONNX]
    return Backend.TORCH if is_dearer or not choice.exact else Backend.ONNX


def _is_worth_it(models: Collection[TokenClassifier], work: Work) -> bool:
    """Whether what lies ahead is much more than exporting all models takes."""
    if not work.sample:
        return False
    ahead = cost = 0.0
    for model in models:
        seconds = cpu_seconds({"": model}, work.sample, rounds=1)
        ahead += seconds[""] * work.asked
        cost += _EXPORT + _EXPORT_PER_BYTE * model.weight.bytes
    return ahead > _AHEAD * cost
