"""From a specification, or a Python object, to a classifier."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from metacompress.data.in_memory import named_in_memory
from metacompress.data.task import TASKS
from metacompress.errors import LabelMismatchError, UsageError
from metacompress.models.callables import CallableClassifier, callable_classifier
from metacompress.models.cheapest.candidate import BACKEND
from metacompress.models.files.memory import memory_of
from metacompress.models.naming.location import require_location
from metacompress.models.naming.spec import (
    CAUSAL,
    DEFAULT_KIND,
    OPENAI,
    ModelSpec,
    is_specification,
    pretrained_pair,
)
from metacompress.models.protocols.classifier import Classifier
from metacompress.registry import Registry
from metacompress.threads import add_in_one_order, wait_passively

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from metacompress.data.task import Task


class ModelLoader(Protocol):
    """What is registered for a kind of model."""

    def __call__(self, spec: ModelSpec, task: Task) -> Classifier:
        """Load the model that ``spec`` names, for ``task``."""


_PYTHON = "python"

MODELS: Registry[ModelLoader] = Registry(
    kind="kind of model",
    group="metacompress.models",
    builtins={
        "transformers": "metacompress.models.backends.transformers:load",
        "onnx": "metacompress.models.backends.onnx:load",
        "demo": "metacompress.models.backends.demo:load",
        "codexglue": "metacompress.models.backends.codexglue:load",
        "graphcodebert": "metacompress.models.graphcodebert.classifier:load",
        CAUSAL: "metacompress.models.backends.causal:load",
        OPENAI: "metacompress.models.backends.openai:load",
        "recorded": "metacompress.models.backends.recorded:load",
        _PYTHON: "metacompress.models.backends.python:load",
        "mock": "metacompress.models.backends.mock:load",
    },
)


def load_classifier(
    model: object, task: Task | str, *, defaults: Mapping[str, object] | None = None
) -> Classifier:
    """Return a classifier for ``task``.

    Args:
        model: a specification ``kind:location?option=value``, a path, a Classifier, a pair (model,
            tokenizer) or a pipeline of transformers, or a callable that maps texts (pairs of texts
            for a task about pairs) to class probabilities (n, k).
        task: what the classifier is for, or its name; its labels fix the order of the columns.
        defaults: options, ``device`` and ``batch_size`` for example, for a specification that
            does not set them, of a kind that has them; ``backend`` is what was chosen for the
            model (see ``models.choosing``).

    Raises:
        UsageError: an unknown kind or option.
        ModelError: the model cannot be loaded, or its labels are not the task's.
    """
    task = TASKS.get(task) if isinstance(task, str) else task
    if isinstance(model, Classifier):
        classifier = model
    elif is_specification(model):
        spec = replace(parse_specification(model), defaults=defaults or {})
        require_location(spec)
        classifier = _load(spec, task)
    elif (pair := pretrained_pair(model)) is not None:
        from metacompress.extras import needing

        with needing("a model of transformers"):
            from metacompress.models.backends.transformers import load_pair
        classifier = load_pair(*pair, task, defaults or {})
    elif callable(model):
        classifier = callable_classifier(model, task, name=_name_of(model))
    else:
        raise UsageError(
            f"expected a model specification, a path, a Classifier, (model, tokenizer), a pipeline "
            f"or a callable, not {type(model).__name__}",
            option="model",
        )
    if classifier.labels != task.labels:
        raise LabelMismatchError(
            f"model has the labels {', '.join(classifier.labels)}, but {task.name} has "
            f"{', '.join(task.labels)}",
            model=describe_model(model),
        )
    return classifier


def _load(spec: ModelSpec, task: Task) -> Classifier:
    wait_passively()
    add_in_one_order()
    if spec.kind == DEFAULT_KIND and spec.defaults.get(BACKEND) == "onnx":
        from metacompress.models.cheapest.exported import load_exported

        return load_exported(spec, task)
    return MODELS.get(spec.kind)(spec, task)


def given_object(given: object, classifier: Classifier) -> object:
    """The Python object that answers for a classifier; None where it was loaded from
    weights.

    Args:
        given: what ``load_classifier`` made ``classifier`` of.
        classifier: the classifier.
    """
    if pretrained_pair(given) is not None:
        return None
    if is_specification(given) and parse_specification(given).kind != _PYTHON:
        return None
    return classifier.function if isinstance(classifier, CallableClassifier) else classifier


def check_models(models: Iterable[object]) -> None:
    """Fail on a specification that names no kind of model, or a path where nothing is.

    What costs nothing is checked before data and models are loaded.

    Raises:
        UsageError: a specification is not one.
        ModelError: there is nothing at a path.
    """
    for model in models:
        if isinstance(model, (str, os.PathLike)) and is_specification(model):
            require_location(parse_specification(model))


def memory_of_models(models: Iterable[object]) -> int:
    """Bytes that a process takes at most that loads these models; see ``models.files.memory``.

    Objects, which no other process loads, take none.
    """
    specs = {str(one): parse_specification(one) for one in models if is_specification(one)}
    return sum(map(memory_of, specs.values()))


def parse_specification(model: object) -> ModelSpec:
    """The specification that a text or a path object stands for.

    Raises:
        UsageError: it is not one.
    """
    if isinstance(model, (str, os.PathLike)):
        return ModelSpec.of(model, MODELS.names())
    raise UsageError(
        f"expected a model specification or a path, not {type(model).__name__}", option="model"
    )


def describe_model(model: object) -> str:
    """What a model is called that is given as a specification, or as the thing itself."""
    if isinstance(model, str):
        return model
    if isinstance(model, os.PathLike) and is_specification(model):
        spec = parse_specification(model)
        # Where the path alone would be read as something else, the kind stands before it.
        plain = not set(":?").intersection(spec.location)
        return spec.location if plain else f"{spec.kind}:{spec.location}"
    pair = pretrained_pair(model)
    return named_in_memory(_name_of(model) if pair is None else type(pair[0]).__name__)


def _name_of(thing: Any) -> str:
    return str(getattr(thing, "__qualname__", type(thing).__qualname__))
