"""Classifiers that look predictions up by example instead of computing them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier

# Two of a thousand million inputs have the same digest with a probability below 1e-20.
KEY_BYTES = 16


@runtime_checkable
class Recording(Protocol):
    """What a classifier offers beside probabilities where it knows certain examples only."""

    def holds(self, example: Example) -> bool:
        """Whether the classifier can answer for ``example``."""

    def input_key(self, example: Example) -> str:
        """What identifies ``example`` for this classifier: equal keys mean equal answers."""


def holds(classifier: Classifier, example: Example) -> bool:
    """Whether the classifier can answer for ``example``; one that computes always can."""
    return not isinstance(classifier, Recording) or classifier.holds(example)


def input_key(classifier: Classifier, example: Example) -> str:
    """What identifies ``example`` for a classifier; its content, where answers are computed."""
    if isinstance(classifier, Recording):
        return classifier.input_key(example)
    return example.content_key()


def input_digest(classifier: Classifier, example: Example) -> bytes:
    """A digest of ``input_key``, KEY_BYTES long."""
    key = input_key(classifier, example).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=KEY_BYTES).digest()
