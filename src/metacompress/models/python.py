"""Any Python callable as a classifier: ``python:module:attribute``.

The callable receives a list of texts (of pairs of texts for a task about pairs) and returns class
probabilities, or logits with ``?outputs=logits``, as anything that NumPy takes for (n, k). An
attribute ``labels`` states the order of its columns; without it they are the task's.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from metacompress.errors import ModelError, PredictionError, UsageError
from metacompress.models.classifier import Classifier, Predictions, softmax
from metacompress.models.fingerprint import fingerprint
from metacompress.models.identity import stated_fingerprint, token_of
from metacompress.models.loading import column_order
from metacompress.models.spec import ModelOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.spec import ModelSpec


class PythonOptions(ModelOptions):
    """Options of ``python:``."""

    outputs: Literal["probabilities", "logits"] = "probabilities"


class CallableClassifier(Classifier):
    """Asks a Python callable.

    The fingerprint covers the callable's own attribute ``fingerprint`` and the source file that
    defines it. Without that attribute the callable is known by its identity: nothing else tells
    two closures, partials or instances of one class apart (see metacompress.models.identity).

    Attributes:
        function: the callable.
    """

    def __init__(
        self,
        function: Callable[[list[Any]], Any],
        task: Task,
        *,
        name: str,
        outputs: str = "probabilities",
    ) -> None:
        self.labels = task.labels
        self.function = function
        self._name = name
        self._outputs = outputs
        own = _labels_of(function, name)
        self._columns = None if own is None else column_order(own, task, name)
        stated = stated_fingerprint(function)
        self.resumable = stated is not None
        self.fingerprint = _fingerprint(
            function, stated or token_of(function), outputs, own, task.labels
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
                f"{self._name}: raised {type(error).__name__}: {error} on {len(inputs)} inputs"
            ) from error
        if self._outputs == "logits":
            try:
                values = softmax(np.asarray(values, dtype=np.float64))
            except (TypeError, ValueError) as error:
                raise PredictionError(f"{self._name}: returned no logits ({error})") from None
        predictions = Predictions.checked(values, examples, len(self.labels), self._name)
        if self._columns is None:
            return predictions
        return replace(predictions, probabilities=predictions.probabilities[:, self._columns])


def _fingerprint(
    function: object,
    known_as: str,
    outputs: str,
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
        outputs=outputs,
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
            f"{name}: its attribute labels raised {type(error).__name__}: {error}"
        ) from error
    if own is None:
        return None
    if isinstance(own, (list, tuple)) and all(isinstance(label, str) for label in own):
        return tuple(own)
    try:
        inspect.getattr_static(function, "labels")
    except AttributeError:
        return None  # made up when it is looked at, as a mock does
    raise UsageError(f"{name}: its attribute labels is {own!r:.80}; expected a list of class names")


def load(spec: ModelSpec, task: Task) -> Classifier:
    """Any Python callable or Classifier: python:module:attribute."""
    options = spec.options_as(PythonOptions)
    module_name, colon, attribute = spec.location.partition(":")
    if not colon or not module_name or not attribute:
        raise UsageError(f"write python:MODULE:ATTRIBUTE, not {spec}")
    working_directory = str(Path.cwd())
    if working_directory not in sys.path:
        sys.path.insert(0, working_directory)
    try:
        thing: Any = importlib.import_module(module_name)
        for part in attribute.split("."):
            thing = getattr(thing, part)
    except ModuleNotFoundError as error:
        raise UsageError(f"{spec}: no module {error.name!r} in the Python path") from None
    except AttributeError:
        raise UsageError(f"{spec}: module {module_name} has no {attribute!r}") from None
    except (Exception, SystemExit) as error:
        raise ModelError(f"{spec}: importing it raised {type(error).__name__}: {error}") from error
    if isinstance(thing, Classifier):
        return thing
    if not callable(thing):
        raise UsageError(f"{spec}: a {type(thing).__name__} is neither a callable nor a Classifier")
    return CallableClassifier(thing, task, name=str(spec), outputs=options.outputs)
