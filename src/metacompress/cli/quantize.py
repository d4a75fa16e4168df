"""``metacompress compress quantize``: a model with weights of fewer bits."""

from __future__ import annotations

import shlex

from metacompress.cli.flags import Json
from metacompress.cli.options import print_json, takes
from metacompress.compression.settings import QuantizeSettings
from metacompress.terminal import echo


@takes(QuantizeSettings, positional=("model",))
def quantize(settings: QuantizeSettings, *, json: Json = False) -> None:
    """Quantise a classifier to int8, for ONNX Runtime, or a language model to 8 or 4 bits.

    Of a classifier, onnx:DIR runs it without torch. Of a causal language model, the weights of its
    linear layers are rounded to the nearest and written as floats, which transformers reads. It is
    another model: how far its probabilities are off on a few inputs is shown.
    """
    from metacompress.compression.posttraining.quantization import quantize as write

    made = write(settings.model, settings.out, bits=settings.bits, group_size=settings.group_size)
    if json:
        print_json(made.content())
        return
    if made.rounded is not None:
        echo(
            f"{settings.out}: {made.rounded:,} of {made.parameters:,} weights rounded to "
            f"{made.bits} bits and stored as floats; packed, with all else in half precision, "
            f"{made.bytes:,} bytes ({made.bytes / made.bytes_before:.0%} of "
            f"{made.bytes_before:,}); on {made.inputs} programs the probabilities of next tokens "
            f"differ by {made.largest_difference:.1e} at most"
        )
        echo(f"Compare it: {compare_line(settings.model, settings.out)}")
        return
    echo(
        f"{settings.out}: {made.bytes:,} bytes ({made.bytes / made.bytes_before:.0%} of "
        f"{made.bytes_before:,}); on {made.inputs} random inputs its probabilities differ by "
        f"{made.largest_difference:.1e} at most"
    )
    echo(f"Check it: {check_line(settings.model, f'onnx:{settings.out}')}")


def compare_line(teacher: str, student: str) -> str:
    """The command that compares a language model that was made."""
    return f"metacompress fidelity ... {shlex.join(['--teacher', teacher, '--student', student])}"


def check_line(teacher: str, student: str) -> str:
    """The command that checks what was made."""
    return f"metacompress check ... {shlex.join(['--teacher', teacher, '--student', student])}"
