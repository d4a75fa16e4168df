"""What a classifier costs: parameters, size and floating-point operations, from its shape alone.

Two ways to count:

- ``published``: the formulas of Compressor (Shi et al., ASE 2022) and AVATAR (Shi et al.,
  ICSE-SEIS 2024), which follow those of ELECTRA (Clark et al., ICLR 2020). They count a
  multiplication with the whole embedding table for each token, dropout, and a head of ten
  operations on every token; none of it happens when a model predicts.
- ``exact``: parameters of the model that is trained, and the operations of its matrix
  multiplications in one prediction. What else it does (normalisation, activations) is not
  counted, as in PyTorch's own counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES_PER_PARAMETER = 4
# Tokens of an input that the published figures are for.
PUBLISHED_LENGTH = 514
_BERT, _ROBERTA = "bert", "roberta"
# Operations for one number, as published.
_DROPOUT, _LAYER_NORM, _ACTIVATION, _SOFTMAX = 4, 5, 8, 5


@dataclass(frozen=True, slots=True)
class Shape:
    """What fixes the cost of a BERT or RoBERTa sequence classifier.

    Attributes:
        family: ``bert`` or ``roberta``; their heads differ.
        vocabulary: tokens.
        hidden: width of a token's vector.
        layers: of the encoder.
        heads: of each layer.
        feed_forward: width inside of a layer.
        positions: rows of the position table.
        segments: rows of the segment table.
        classes: that are told apart.
    """

    family: str
    vocabulary: int
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    segments: int = 1
    classes: int = 2

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Shape:
        """The shape that a Hugging Face configuration describes.

        Raises:
            UsageError: it is of another family.
        """
        family = config["model_type"]
        if family not in (_BERT, _ROBERTA):
            raise UsageError(
                f"the cost model knows bert and roberta, not {family!r}", option="family"
            )
        return cls(
            family=family,
            vocabulary=config["vocab_size"],
            hidden=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            feed_forward=config["intermediate_size"],
            positions=config["max_position_embeddings"],
            segments=config["type_vocab_size"],
            # Configurations leave out what is Hugging Face's default.
            classes=len(config.get("id2label", ("LABEL_0", "LABEL_1"))),
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What a model costs.

    Attributes:
        parameters: numbers in its weights.
        flops: floating-point operations of one prediction.
    """

    parameters: int
    flops: int

    @property
    def megabytes(self) -> float:
        """Size in millions of bytes, four for each parameter."""
        return self.parameters * BYTES_PER_PARAMETER / 1e6

    @property
    def gflops(self) -> float:
        """Thousand millions of floating-point operations of one prediction."""
        return self.flops / 1e9


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


def exact_cost(shape: Shape, length: int) -> Cost:
    """The cost of the model itself.

    Args:
        shape: of the model.
        length: tokens of the input; those of a pair together.
    """
    h, i = shape.hidden, shape.feed_forward
    layer = 4 * (h * h + h) + 2 * h * i + i + h + 4 * h
    tables = (shape.vocabulary + shape.positions + shape.segments + 2) * h
    # BERT's pooler and RoBERTa's dense layer are of one size and see the first token only.
    head = h * h + h + shape.classes * (h + 1)
    multiplied = shape.layers * (length * (4 * h * h + 2 * h * i) + 2 * length * length * h)
    return Cost(
        tables + shape.layers * layer + head,
        2 * (multiplied + h * h + shape.classes * h),
    )


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
