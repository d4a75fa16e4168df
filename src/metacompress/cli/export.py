"""``metacompress export``: a classifier for ONNX Runtime."""

from __future__ import annotations

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.terminal import echo
from metacompress.training.settings import ExportSettings


@takes(ExportSettings, positional=("model",))
def export(settings: ExportSettings, *, json: Json = False) -> None:
    """Write a classifier as ONNX, with its tokenizer and card: onnx:DIR runs it without torch.

    The exported model must give the probabilities of the original, or nothing is written.
    """
    from pathlib import Path

    from metacompress.extras import needing

    with needing("export"):
        from metacompress.training.export import export as write
    made = write(settings.model, Path(settings.out), hidden_states=settings.hidden_states)
    if json:
        print_json(made.content())
        return
    echo(
        f"{settings.out}: {made.bytes:,} bytes; on {made.inputs} random inputs its probabilities "
        f"differ by {made.largest_difference:.1e} at most. Use it as onnx:{settings.out}"
    )
