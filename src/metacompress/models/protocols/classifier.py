"""Classifier base class, whatever computes the probabilities.

What only some classifiers can do is a protocol in a file of its own, found by ``isinstance``:
``batched``, ``graph_reading``, ``hidden_states``, ``mixable``, ``recording``, ``white_box``.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import PredictionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from metacompress.data.example import Example

# Rows of float32 softmax outputs sum to 1 within a few ulp; more is an error of the model.
SUM_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Predictions:
    """A classifier's answer to n examples.

    Attributes:
        probabilities: float64 (n, k); rows are non-negative and sum to 1.
        truncated: bool (n,); True where the model did not see the whole input.
        read: uint64 (n,); a digest of everything that the model reads of the input (its token
            ids, say). Inputs with equal digests are the same input to this model.
        unknown: float64 (n,); share of the input's tokens that the model's vocabulary lacks, in
            [0, 1]; nan where the model does not tell.
    """

    probabilities: NDArray[np.float64]
    truncated: NDArray[np.bool_]
    read: NDArray[np.uint64]
    unknown: NDArray[np.float64]

    @classmethod
    def checked(
        cls,
        probabilities: ArrayLike,
        examples: Sequence[Example],
        classes: int,
        model: str,
        *,
        truncated: NDArray[np.bool_] | None = None,
        read: NDArray[np.uint64] | None = None,
        unknown: NDArray[np.float64] | None = None,
    ) -> Predictions:
        """Validate what a model returned for ``examples``.

        Rows are divided by their sum in float64, so that rounding of float32 outputs is gone.
        Without ``read``, a model is taken to read programs and languages as they are.

        Raises:
            PredictionError: wrong shape, not finite, negative, or rows that do not sum to 1.
        """
        try:
            p = np.asarray(probabilities, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise PredictionError(
                f"{model}: returned no array of numbers ({error})", model=model
            ) from None
        if p.shape != (len(examples), classes):
            raise PredictionError(
                f"{model}: returned shape {p.shape} for {len(examples)} inputs; "
                f"expected ({len(examples)}, {classes}), one probability per class",
                model=model,
            )
        bad = ~np.isfinite(p).all(axis=1) | (p < 0).any(axis=1)
        sums = p.sum(axis=1, keepdims=True)
        bad |= np.abs(sums[:, 0] - 1) > SUM_TOLERANCE
        if bad.any():
            row = int(np.flatnonzero(bad)[0])
            raise PredictionError(
                f"{model}: returned {p[row].tolist()} for example {examples[row].id!r}; "
                f"expected probabilities that sum to 1",
                model=model,
                example=examples[row].id,
            )
        n = len(examples)
        if truncated is None:
            truncated = np.zeros(n, dtype=bool)
        if read is None:
            read = input_digests(example.content_key().encode() for example in examples)
        if unknown is None:
            unknown = np.full(n, np.nan)
        return cls(p / sums, truncated, read, unknown)

    def rows(self, chosen: NDArray[np.intp]) -> Predictions:
        """The answers to some of the examples, by their indices."""
        return Predictions(
            self.probabilities[chosen],
            self.truncated[chosen],
            self.read[chosen],
            self.unknown[chosen],
        )


class Classifier(ABC):
    """Maps examples to class probabilities.

    Attributes:
        labels: class names, in the order of the probability columns.
        tells_truncation: whether ``Predictions.truncated`` is known, and not only not known.
        weights_digest: of the weights and of what runs them, the same wherever they are stored
            and whatever else is read; None where the classifier does not tell.
        doubts: how it is read otherwise than its own files say, a sentence each.
        stands_for: fingerprint of the same model on another back end, whose probabilities are
            these up to rounding; None where there is none.
    """

    labels: tuple[str, ...]
    tells_truncation: bool = True
    weights_digest: str | None = None
    doubts: tuple[str, ...] = ()
    stands_for: str | None = None

    @cached_property
    def fingerprint(self) -> str | None:
        """Digest of everything that determines the outputs.

        Weights, tokenizer, precision, maximum length, head: predictions are stored under it. A
        subclass computes it in a property, or sets the attribute of the instance. A constant of
        the class says nothing about the weights of one instance, and counts as None: such an
        object is known by its identity (see metacompress.models.naming.object_identity), and its
        answers are kept in no file.
        """
        return None

    @abstractmethod
    def predict(self, examples: Sequence[Example]) -> Predictions:
        """Return the class probabilities of ``examples``, in their order.

        Raises:
            ModelError: the model cannot answer.
        """


def input_digests(inputs: Iterable[bytes]) -> NDArray[np.uint64]:
    """Digests of inputs for ``Predictions.read``, uint64 (n,)."""
    found = [
        int.from_bytes(hashlib.blake2b(one, digest_size=8).digest(), "little") for one in inputs
    ]
    return np.array(found, dtype=np.uint64)


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Row-wise softmax of logits (n, k) in float64."""
    shifted: NDArray[np.float64] = logits.astype(np.float64)
    # Logits that are not finite give rows that are refused where they are checked.
    with np.errstate(invalid="ignore"):
        shifted -= shifted.max(axis=1, keepdims=True)
        np.exp(shifted, out=shifted)
        shifted /= shifted.sum(axis=1, keepdims=True)
    return shifted
