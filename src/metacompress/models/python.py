"""Any Python callable as a classifier: ``python:module:attribute``.

The callable receives a list of texts (of pairs of texts for a task about pairs) and returns class
probabilities, or logits with ``?outputs=logits``, as anything that NumPy takes for (n, k). An
attribute ``labels`` states the order of its columns; without it they are the task's.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import inspect
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from metacompress.errors import ModelError, PredictionError, UsageError
from metacompress.models.classifier import Classifier, Predictions, softmax
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

    The fingerprint covers the source file that defines the callable, and its attribute
    ``fingerprint`` where it has one: give it one if its answers depend on other files.
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
        self.fingerprint = _fingerprint(function, name, outputs)
        self._function = function
        self._name = name
        self._outputs = outputs
        own = getattr(function, "labels", None)
        self._columns = None if own is None else column_order(tuple(own), task, name)

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        texts = [tuple(program.text for program in example.programs) for example in examples]
        inputs = [text[0] if len(text) == 1 else text for text in texts]
        try:
            values = self._function(inputs)
        except Exception as error:
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


def _fingerprint(function: object, name: str, outputs: str) -> str:
    digest = hashlib.sha256(f"python:{name}:{outputs}:".encode())
    defined = function if inspect.isroutine(function) else type(function)
    # What is built in, or typed into an interpreter, has no file: its name is all there is.
    with contextlib.suppress(TypeError, OSError):
        digest.update(Path(inspect.getfile(defined)).read_bytes())
    digest.update(str(getattr(function, "fingerprint", "")).encode())
    return digest.hexdigest()


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
    except Exception as error:
        raise ModelError(f"{spec}: importing it raised {type(error).__name__}: {error}") from error
    if isinstance(thing, Classifier):
        return thing
    if not callable(thing):
        raise UsageError(f"{spec}: a {type(thing).__name__} is neither a callable nor a Classifier")
    return CallableClassifier(thing, task, name=str(spec), outputs=options.outputs)
