"""``metacompress compress``: students that are made of a model without training."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from metacompress.cli.options import JsonOption, print_json
from metacompress.extras import missing_package
from metacompress.terminal import echo

OutOption = Annotated[Path, typer.Option(help="Directory to write; new, or empty.", metavar="DIR")]


def quantize(
    model: Annotated[
        str, typer.Argument(help="Hugging Face directory or hub id of a classifier, or onnx:DIR.")
    ],
    out: OutOption,
    json: JsonOption = False,
) -> None:
    """Quantise a classifier to int8, for ONNX Runtime: onnx:DIR runs it without torch.

    It is another model: how far its probabilities are off on random inputs is shown.
    """
    from metacompress.compression.posttraining.quantization import quantize as write

    made = write(model, out)
    if json:
        print_json(made.content())
    else:
        echo(
            f"{out}: {made.bytes:,} bytes ({made.bytes / made.bytes_before:.0%} of "
            f"{made.bytes_before:,}); on {made.inputs} random inputs its probabilities differ by "
            f"{made.largest_difference:.1e} at most"
        )
        echo(f"Check it: {_check(model, f'onnx:{out}')}")


def prune(
    model: Annotated[
        str, typer.Argument(help="Hugging Face directory or hub id of a BERT or RoBERTa.")
    ],
    out: OutOption,
    heads: Annotated[
        float, typer.Option(help="Share of each layer's attention heads; they become zero.")
    ] = 0.0,
    feed_forward: Annotated[
        float, typer.Option(help="Share of each layer's inner neurons; they are removed.")
    ] = 0.0,
    magnitude: Annotated[
        float, typer.Option(help="Share of the encoder's single weights; they become zero.")
    ] = 0.0,
    json: JsonOption = False,
) -> None:
    """Prune a classifier: take away its least important heads, neurons and single weights.

    It is not retrained; metacompress distill and train go on from it with --model DIR.
    """
    try:
        from metacompress.compression.posttraining.pruning import prune as write
    except ModuleNotFoundError as error:
        raise missing_package("pruning", error) from None
    made = write(model, out, heads=heads, feed_forward=feed_forward, magnitude=magnitude)
    if json:
        print_json(made.content())
    else:
        echo(
            f"{out}: {made.parameters:,} parameters ({made.zeros:,} of them zero), before "
            f"{made.parameters_before:,}. Pruned in each layer: heads {made.heads}, inner neurons "
            f"{made.feed_forward}; in all layers: single weights {made.weights:,}"
        )
        retrain = ["metacompress", "distill", "...", "--teacher", model, "--model", str(out)]
        echo(f"Retrain it: {shlex.join(retrain)} --out RETRAINED")
        echo(f"Check it: {_check(model, str(out))}")


def _check(teacher: str, student: str) -> str:
    return f"metacompress check ... {shlex.join(['--teacher', teacher, '--student', student])}"
