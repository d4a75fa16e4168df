"""The summaries of quantisation and pruning."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from metacompress.runs.record import Record


class QuantizeSummary(Record):
    """A model with int8 weights, compared with the original on random inputs."""

    schema_name: Literal["metacompress.quantize/1"] = Field(
        default="metacompress.quantize/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(description="directory of the model; onnx:DIR is a model specification")
    bytes_before: int = Field(description="size of model.onnx with float weights")
    bytes: int = Field(description="size of model.onnx with int8 weights")
    inputs: int = Field(description="random inputs that both models were compared on")
    largest_difference: float = Field(
        description="largest difference of their class probabilities, in [0, 1]"
    )


class PruneSummary(Record):
    """A model without its least important weights."""

    schema_name: Literal["metacompress.prune/1"] = Field(
        default="metacompress.prune/1",
        alias="schema",
        description="name and version of this format",
    )
    out: Path = Field(description="directory of the model")
    heads: int = Field(description="attention heads taken out of each layer")
    feed_forward: int = Field(description="inner neurons taken out of each layer")
    weights: int = Field(description="single weights set to zero, over all layers")
    parameters_before: int = Field(description="numbers in the weights of the model before")
    parameters: int = Field(
        description="numbers in the weights of the pruned model: without the neurons, but with the "
        "zeros"
    )
    zeros: int = Field(description="how many of these are zero, for whatever reason")
