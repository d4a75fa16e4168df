"""``metacompress compress quantize``: a classifier with int8 weights."""

from __future__ import annotations

import shlex

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.compression.settings import QuantizeSettings
from metacompress.terminal import echo


@takes(QuantizeSettings, positional=("model",))
def quantize(settings: QuantizeSettings, *, json: Json = False) -> None:
    """Quantise a classifier to int8, for ONNX Runtime: onnx:DIR runs it without torch.

    It is another model: how far its probabilities are off on random inputs is shown.
    """
    from metacompress.compression.posttraining.quantization import quantize as write

    made = write(settings.model, settings.out)
    if json:
        print_json(made.content())
        return
    echo(
        f"{settings.out}: {made.bytes:,} bytes ({made.bytes / made.bytes_before:.0%} of "
        f"{made.bytes_before:,}); on {made.inputs} random inputs its probabilities differ by "
        f"{made.largest_difference:.1e} at most"
    )
    echo(f"Check it: {check_line(settings.model, f'onnx:{settings.out}')}")


def check_line(teacher: str, student: str) -> str:
    """The command that checks what was made."""
    return f"metacompress check ... {shlex.join(['--teacher', teacher, '--student', student])}"
