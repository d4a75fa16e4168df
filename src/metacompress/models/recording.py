"""Classifiers that look predictions up by example instead of computing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier


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


def count_distinct(classifier: Classifier, examples: Iterable[Example]) -> int:
    """Number of distinct inputs that ``examples`` are to a classifier."""
    return len({input_key(classifier, example) for example in examples})
