"""From a specification, or a Python object, to a classifier."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

from metacompress.data.task import TASKS
from metacompress.errors import LabelMismatchError, UsageError
from metacompress.models.classifier import Classifier
from metacompress.models.spec import ModelSpec, is_specification
from metacompress.registry import Registry

if TYPE_CHECKING:
    from metacompress.data.task import Task


class ModelLoader(Protocol):
    """What is registered for a kind of model."""

    def __call__(self, spec: ModelSpec, task: Task) -> Classifier:
        """Load the model that ``spec`` names, for ``task``."""


MODELS: Registry[ModelLoader] = Registry(
    kind="kind of model",
    group="metacompress.models",
    builtins={
        "transformers": "metacompress.models.transformers:load",
        "onnx": "metacompress.models.onnx:load",
        "demo": "metacompress.models.demo:load",
        "codexglue": "metacompress.models.codexglue:load",
        "graphcodebert": "metacompress.models.graphcodebert:load",
        "recorded": "metacompress.models.recorded:load",
        "python": "metacompress.models.python:load",
        "mock": "metacompress.models.mock:load",
    },
)


def load_classifier(model: object, task: Task | str) -> Classifier:
    """Return a classifier for ``task``.

    Args:
        model: a specification ``kind:location?option=value``, a path, a Classifier, or a callable
            that maps texts (pairs of texts for a task about pairs) to class probabilities.
        task: what the classifier is for, or its name; its labels fix the order of the columns.

    Raises:
        UsageError: an unknown kind or option.
        ModelError: the model cannot be loaded, or its labels are not the task's.
    """
    task = TASKS.get(task) if isinstance(task, str) else task
    if isinstance(model, Classifier):
        classifier = model
    elif is_specification(model):
        spec = ModelSpec.parse(describe_model(model), MODELS.names())
        classifier = MODELS.get(spec.kind)(spec, task)
    elif callable(model):
        from metacompress.models.python import CallableClassifier

        classifier = CallableClassifier(model, task, name=_name_of(model))
    else:
        raise UsageError(
            f"expected a model specification, a path, a Classifier or a callable, "
            f"not {type(model).__name__}"
        )
    if classifier.labels != task.labels:
        raise LabelMismatchError(
            f"model has the labels {', '.join(classifier.labels)}, but {task.name} has "
            f"{', '.join(task.labels)}"
        )
    return classifier


def column_order(model_labels: tuple[str, ...], task: Task, where: str) -> list[int] | None:
    """Model columns in the order of the task's labels; None if they already are.

    Labels named LABEL_0, LABEL_1, ... are what Hugging Face writes where nobody named the
    classes: they are taken to be in the task's order.

    Raises:
        LabelMismatchError: other labels, or another number of classes.
    """
    generic = tuple(f"LABEL_{index}" for index in range(len(model_labels)))
    if len(model_labels) == len(task.labels) and model_labels in (generic, task.labels):
        return None
    lowered = [label.lower() for label in model_labels]
    if sorted(lowered) == sorted(label.lower() for label in task.labels):
        return [lowered.index(label.lower()) for label in task.labels]
    raise LabelMismatchError(
        f"{where}: the model has {len(model_labels)} classes ({', '.join(model_labels)}), "
        f"{task.name} needs {', '.join(task.labels)}; set id2label in its config.json"
    )


def describe_model(model: object) -> str:
    """What a model is called that is given as a specification, or as the thing itself."""
    if isinstance(model, (str, os.PathLike)) and is_specification(model):
        return os.fspath(model)
    return _name_of(model)


def _name_of(thing: Any) -> str:
    return str(getattr(thing, "__qualname__", type(thing).__qualname__))
