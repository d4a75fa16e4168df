"""What a classifier costs: parameters, size and floating-point operations, from its shape alone.

Two ways to count:

- ``published``: the formulas of Compressor (Shi et al., ASE 2022) and AVATAR (Shi et al.,
  ICSE-SEIS 2024), which follow those of ELECTRA (Clark et al., ICLR 2020). They count a
  multiplication with the whole embedding table for each token, dropout, and a head of ten
  operations on every token; none of it happens when a model predicts.
- ``exact``: see ``models.costs.encoder``.
"""

from __future__ import annotations

from metacompress.errors import UsageError
from metacompress.models.costs.encoder import Cost, Shape, exact_cost

# Tokens of an input that the published figures are for.
PUBLISHED_LENGTH = 514
# Operations for one number, as published.
_DROPOUT, _LAYER_NORM, _ACTIVATION, _SOFTMAX = 4, 5, 8, 5


def published_cost(shape: Shape, length: int = PUBLISHED_LENGTH) -> Cost:
    """The cost by the published formulas, whatever the family.

    Args:
        shape: of the model; its positions, segments and classes do not matter here.
        length: tokens of the input, and rows of the position table.
    """
    h, i = shape.hidden, shape.feed_forward
    layer = 4 * (h * h + h) + 2 * h * i + i + h + 4 * h
    parameters = (
        (shape.vocabulary + length + 3) * h
        + shape.layers * layer
        + 2 * (h * h + h)  # a pooler and a dense layer of the head
        + 2 * h
        + 2
    )
    attention = (
        6 * h * h
        + 3 * h
        + 4 * h * length
        + (_SOFTMAX + _DROPOUT + 1) * length * shape.heads
        + 2 * h * h
        + h
        + (_DROPOUT + 1) * h
        + _LAYER_NORM  # of the whole vector, once
    )
    feed_forward = 4 * h * i + (_ACTIVATION + 1) * i + h + (_DROPOUT + 1) * h + _LAYER_NORM * h
    embedding = (
        2 * h * shape.vocabulary + 2 * h * (length + 2) + 2 * h + (_LAYER_NORM + _DROPOUT) * h
    )
    head = 2 * h * h + h + (_DROPOUT + _ACTIVATION) * h + 2 * h
    per_token = shape.layers * (attention + feed_forward) + embedding + head
    return Cost(parameters, per_token * length)


def count(mode: str, shape: Shape, length: int) -> Cost:
    """The cost by the way to count that is called ``mode``.

    Raises:
        UsageError: there is no such way.
    """
    if mode == "published":
        return published_cost(shape, length)
    if mode == "exact":
        return exact_cost(shape, length)
    raise UsageError(f"costs are counted as published or exact, not {mode!r}", option="mode")
