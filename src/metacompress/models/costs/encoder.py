"""What an encoder costs by its shape: parameters, and floating-point operations of a prediction.

Counted are the parameters of the whole model and the operations of its matrix multiplications in
one prediction. What else it does (normalisation, activations) is not counted, as in PyTorch's own
counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES_PER_PARAMETER = 4
_BERT, _ROBERTA = "bert", "roberta"


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
    return Cost(
        tables + shape.layers * layer + head,
        encoder_flops(shape, length) + 2 * (h * h + shape.classes * h),
    )


def encoder_flops(shape: Shape, length: int) -> int:
    """Operations of the matrix products of all layers, without the head, for ``length`` tokens."""
    h, i = shape.hidden, shape.feed_forward
    return 2 * shape.layers * (length * (4 * h * h + 2 * h * i) + 2 * length * length * h)


def known_shape(config: Mapping[str, Any]) -> Shape | None:
    """The shape that a configuration describes; None where it does not describe such an encoder."""
    try:
        return Shape.of(config)
    except (KeyError, UsageError):
        return None
