"""``metacompress export``: a classifier for ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from metacompress.cli.options import JsonOption, print_json
from metacompress.extras import missing_package
from metacompress.terminal import echo


def export(
    model: Annotated[str, typer.Argument(help="Hugging Face directory or hub id of a classifier.")],
    out: Annotated[Path, typer.Option(help="Directory to write.", metavar="DIR")],
    json: JsonOption = False,
) -> None:
    """Write a classifier as ONNX, with its tokenizer and card: onnx:DIR runs it without torch.

    The exported model must give the probabilities of the original, or nothing is written.
    """
    try:
        from metacompress.training.export import export as write
    except ModuleNotFoundError as error:
        raise missing_package("export", error) from None
    made = write(model, out)
    if json:
        print_json(made.content())
    else:
        echo(
            f"{out}: {made.bytes:,} bytes; on {made.inputs} random inputs its probabilities differ "
            f"by {made.largest_difference:.1e} at most. Use it as onnx:{out}"
        )
