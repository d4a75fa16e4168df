"""Python callables as classifiers.

The callable receives a list of texts (of pairs of texts for a task about pairs) and returns class
probabilities, or logits with ``?outputs=logits``, as anything that NumPy takes for (n, k). An
attribute ``labels`` states the order of its columns; without it they are the task's. With
``?positive=`` or one name in ``labels``, one number per input is enough.
"""

from __future__ import annotations

import contextlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from metacompress.errors import ModelError, PredictionError, UsageError, first_line
from metacompress.models.columns import ClassColumns, HeadOptions, class_columns
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.object_identity import stated_fingerprint, token_of
from metacompress.models.protocols.classifier import Classifier, Predictions, softmax
from metacompress.models.protocols.mixable import Mixable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.data.task import Task


class CallableOptions(HeadOptions):
    """What the outputs of a callable are; options of ``python:``."""

    outputs: Literal["probabilities", "logits"] = "probabilities"


class CallableClassifier(Classifier):
    """Asks a Python callable.

    The fingerprint covers the callable's own attribute ``fingerprint`` and the source file that
    defines it. Without that attribute the callable is known by its identity: nothing else tells
    two closures, partials or instances of one class apart (see ``models.naming.object_identity``).

    Attributes:
        function: the callable.
        has_stated_fingerprint: whether the callable has the attribute ``fingerprint``.
    """

    def __init__(
        self,
        function: Callable[[list[Any]], Any],
        task: Task,
        *,
        name: str,
        options: CallableOptions | None = None,
    ) -> None:
        self.labels = task.labels
        self.tells_truncation = False
        self.function = function
        self._name = name
        self._task = task
        self._options = options or CallableOptions()
        self._own = own = _labels_of(function, name)
        if own is not None or self._options.labels is not None:
            self._columns(None)
        stated = stated_fingerprint(function)
        self.has_stated_fingerprint = stated is not None
        self.fingerprint = _fingerprint(
            function, stated or token_of(function), self._options, own, task.labels
        )

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        texts = [tuple(program.text for program in example.programs) for example in examples]
        inputs = [text[0] if len(text) == 1 else text for text in texts]
        try:
            values = self.function(inputs)
        # An exit that the model asks for is a failure of the model: it is never ours.
        except (Exception, SystemExit) as error:
            raise ModelError(
                f"{self._name}: raised {type(error).__name__}: {error} on {len(inputs)} inputs",
                model=self._name,
            ) from error
        try:
            table = np.asarray(values, dtype=np.float64)
        except Exception as error:  # an object of the model's own may raise anything
            raise PredictionError(
                f"{self._name}: returned no array of numbers ({first_line(error)})",
                model=self._name,
            ) from error
        if table.ndim == 1 and len(table) == len(examples) and self._says_columns:
            table = table[:, np.newaxis]
        columns = self._columns(table.shape[1] if table.ndim == 2 else None)
        if table.shape != (len(examples), columns.count):
            positive = self.labels[self._task.positive]
            single = f"; for one number per input, add ?positive={positive}" * (table.ndim == 1)
            raise PredictionError(
                f"{self._name}: returned shape {table.shape} for {len(examples)} inputs; "
                f"expected ({len(examples)}, {columns.count}), one probability per class{single}",
                model=self._name,
            )
        if self._options.outputs == "logits":
            table = softmax(columns.logits(table))
        else:
            table = columns.probabilities(table)
        return Predictions.checked(table, examples, len(self.labels), self._name)

    @property
    def _says_columns(self) -> bool:
        """Whether anybody says which column is which."""
        options = self._options
        return not (self._own is None and options.labels is None and options.positive is None)

    def _columns(self, count: int | None) -> ClassColumns:
        if not self._says_columns:
            classes = len(self._task.labels)
            return ClassColumns(classes, classes)
        return class_columns(self._own, count, self._task, self._options, self._name)


class _MixableCallable(CallableClassifier):
    """See Mixable."""

    function: Any

    def tensors(self) -> Mapping[str, NDArray[np.floating]]:
        found: Mapping[str, NDArray[np.floating]] = self.function.tensors()
        return found

    def with_tensors(self, tensors: Mapping[str, NDArray[np.floating]]) -> CallableClassifier:
        return callable_classifier(
            self.function.with_tensors(tensors), self._task, name=self._name, options=self._options
        )


def callable_classifier(
    function: Callable[[list[Any]], Any],
    task: Task,
    *,
    name: str,
    options: CallableOptions | None = None,
) -> CallableClassifier:
    """A classifier that asks a Python callable; Mixable where the callable is."""
    given: object = function
    kind = _MixableCallable if isinstance(given, Mixable) else CallableClassifier
    return kind(function, task, name=name, options=options)


def _fingerprint(
    function: object,
    known_as: str,
    options: CallableOptions,
    own: tuple[str, ...] | None,
    labels: tuple[str, ...],
) -> str:
    defined = function if inspect.isroutine(function) else type(function)
    name = f"{getattr(defined, '__module__', '')}.{getattr(defined, '__qualname__', '')}"
    files = []
    # What is built in, or typed into an interpreter, has no file.
    with contextlib.suppress(TypeError, OSError):
        files = [path for path in [Path(inspect.getfile(defined))] if path.is_file()]
    return fingerprint(
        files,
        kind="python",
        name=name,
        known_as=known_as,
        options=options.model_dump(exclude_defaults=True),
        columns=own,
        labels=labels,
    )


def _labels_of(function: object, name: str) -> tuple[str, ...] | None:
    """What the callable's attribute ``labels`` says; None without one.

    Raises:
        UsageError: it is set, and no list of names.
        ModelError: it cannot be looked at.
    """
    try:
        own = getattr(function, "labels", None)
    except Exception as error:  # whatever the foreign attribute raises
        raise ModelError(
            f"{name}: its attribute labels raised {type(error).__name__}: {error}", model=name
        ) from error
    if own is None:
        return None
    if isinstance(own, (list, tuple)) and all(isinstance(label, str) for label in own):
        return tuple(own)
    try:
        inspect.getattr_static(function, "labels")
    except AttributeError:
        return None  # made up when it is looked at, as a mock does
    raise UsageError(
        f"{name}: its attribute labels is {own!r:.80}; expected a list of class names",
        option="labels",
    )
