"""The summaries of quantisation and pruning."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from metacompress.runs.record import Record


class QuantizeSummary(Record):
    """A model of fewer bits, compared with the original on a few inputs."""

    schema_name: Literal["metacompress.quantize/1"] = Field(
        default="metacompress.quantize/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(
        description="directory of the model; of a classifier, onnx:DIR is a model specification"
    )
    bits: int = Field(default=8, description="bits of a rounded weight")
    group_size: int | None = Field(
        default=None,
        description="of a language model, neighbours in a row that share a scale; null for whole "
        "rows, and for classifiers, in which a matrix has one",
    )
    rounded: int | None = Field(
        default=None, description="of a language model, weights that were rounded; else null"
    )
    parameters: int | None = Field(default=None, description="of a language model, all weights")
    bytes_before: int = Field(
        description="of a classifier, size of model.onnx with float weights; of a language model, "
        "all weights in half precision"
    )
    bytes: int = Field(
        description="of a classifier, size of model.onnx with int8 weights; of a language model, "
        "what its weights take packed, scales included, and all else in half precision: the files "
        "hold them dequantised"
    )
    inputs: int = Field(
        description="inputs that both models were compared on: random ones of a classifier, "
        "programs of the demo set of a language model"
    )
    largest_difference: float = Field(
        description="largest difference of a probability, of a class or of a next token, in [0, 1]"
    )


class PruneSummary(Record):
    """A model without its least important weights."""

    schema_name: Literal["metacompress.prune/1"] = Field(
        default="metacompress.prune/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(description="directory of the model")
    layers: list[int] | None = Field(
        default=None,
        description="of a language model, numbers of the layers that were taken out, from 0; null "
        "of a classifier",
    )
    heads: int = Field(description="attention heads taken out of each layer")
    feed_forward: int = Field(description="inner neurons taken out of each layer")
    weights: int = Field(description="single weights set to zero, over all layers")
    parameters_before: int = Field(description="numbers in the weights of the model before")
    parameters: int = Field(
        description="numbers in the weights of the pruned model: without the neurons, but with the "
        "zeros"
    )
    zeros: int = Field(description="how many of these are zero, for whatever reason")
