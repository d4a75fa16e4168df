"""What classifiers cost, measured on a few inputs of the study.

Processor time counts and not the clock, so that a busy machine does not choose. Each classifier has
its turn in every round, and its best round counts: what disturbs a measurement makes it longer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from metacompress.models.protocols.batched import Batched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier

_ROUNDS = 5
SAMPLE = 12
"""Inputs that a probe asks about."""


def spread(examples: Sequence[Example], count: int = SAMPLE) -> Sequence[Example]:
    """At most ``count`` of ``examples``, evenly spread."""
    return examples[:: max(1, len(examples) // count)][:count]


def cpu_seconds(
    classifiers: Mapping[str, Classifier], sample: Sequence[Example], rounds: int = _ROUNDS
) -> dict[str, float]:
    """CPU seconds of all threads per input, by classifier.

    Args:
        classifiers: that are compared.
        sample: at least one input.
        rounds: of which the cheapest counts.
    """
    best = dict.fromkeys(classifiers, float("inf"))
    for classifier in classifiers.values():
        classifier.predict(sample[:1])  # the first call of a model pays for its set-up
    for _ in range(rounds):
        for name, classifier in classifiers.items():
            if isinstance(classifier, Batched):
                classifier.forget()
            start = time.process_time()
            classifier.predict(sample)
            best[name] = min(best[name], (time.process_time() - start) / len(sample))
    return best
