"""Asks a classifier for the answers to blocks of inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.example import Example
from metacompress.errors import ModelError, PredictionError
from metacompress.models.protocols.classifier import Predictions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.models.protocols.classifier import Classifier

Share = Callable[[Iterator[Sequence[Example]]], Iterator[Predictions]]
"""Answers blocks of inputs, in their order: here, in other processes, on other machines.

Blocks may be taken ahead, but only by the thread that takes the answers.
"""


def ask(classifier: Classifier, block: Sequence[Example]) -> Predictions:
    """The answers of a classifier, which may be anybody's code, to a block of inputs.

    Raises:
        ModelError: it asks for the end of the process.
        PredictionError: the answer is not one row for each input.
    """
    name = type(classifier).__qualname__
    try:
        answer = classifier.predict(block)
    except SystemExit as error:
        raise ModelError(
            f"{name}: raised SystemExit: {error} on {len(block)} inputs", model=name
        ) from error
    refuse_other_shape(classifier, answer, len(block))
    return answer


def refuse_other_shape(classifier: Classifier, answer: Predictions, inputs: int) -> None:
    """Refuse answers of a classifier that are not one row per input.

    Raises:
        PredictionError: they are not.
    """
    name = type(classifier).__qualname__
    shapes = {field: np.shape(getattr(answer, field)) for field in answer_type(1).names or ()}
    expected = dict.fromkeys(shapes, (inputs,)) | {
        "probabilities": (inputs, len(classifier.labels))
    }
    for field, shape in shapes.items():
        # One row would be taken for all of them otherwise.
        if shape != expected[field]:
            raise PredictionError(
                f"{name}: returned {field} of shape {shape}; expected {expected[field]}", model=name
            )


def answer_type(classes: int) -> np.dtype[np.void]:
    """One answer in 17 + 8 k bytes; the fields are those of Predictions."""
    return np.dtype(
        [
            ("probabilities", "<f8", (classes,)),
            ("truncated", "?"),
            ("read", "<u8"),
            ("unknown", "<f8"),
        ]
    )


def packed(predictions: Predictions) -> NDArray[np.void]:
    """The answers as one array (n,) of ``answer_type``."""
    n, classes = predictions.probabilities.shape
    rows = np.empty(n, dtype=answer_type(classes))
    for name in rows.dtype.names or ():
        rows[name] = getattr(predictions, name)
    return rows


def unpacked(rows: NDArray[np.void]) -> Predictions:
    """The answers in an array of ``answer_type``."""
    return Predictions(**{name: rows[name].copy() for name in rows.dtype.names or ()})
