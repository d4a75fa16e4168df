"""Weight-only quantisation of language models: few bits for each weight, floats for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining import decoders
from metacompress.compression.posttraining.rounding import SCALE_BITS, round_model
from metacompress.compression.posttraining.summary import QuantizeSummary
from metacompress.models.files.causal import save_causal
from metacompress.models.naming.location import directory_of
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.models.naming.spec import ModelSpec

_HALF_PRECISION_BYTES = 2
# Of 4 bits, a scale for whole rows loses too much. The constant is the one of most tools.
_GROUP_OF_FEW_BITS = 128
_MANY_BITS = 8


def quantize_decoder(
    spec: ModelSpec, out: Path, *, bits: int, group_size: int | None
) -> QuantizeSummary:
    """Round the weights of a language model's linear layers to the nearest integers.

    See ``round_to_nearest``. Embeddings, the output matrix, norms and biases stay as they are. The
    rounded weights are written as float32, which every library reads. This saves neither time nor
    space; how many bytes the scheme itself takes is in the summary.

    Args:
        spec: names the model.
        out: directory to write; not there yet, or empty.
        bits: of a weight, 4 or 8.
        group_size: neighbours in a row that share a scale; None for whole rows of 8 bits, and
            128 of 4.

    Raises:
        MetaCompressError: see ``read_decoder`` and ``round_model``.
    """
    if group_size is None and bits < _MANY_BITS:
        group_size = _GROUP_OF_FEW_BITS
    with new_directory(out) as made:
        causal = decoders.read_decoder(str(spec))
        inputs = decoders.probes(causal)
        before = decoders.probabilities(causal, inputs)
        count, taken = round_model(causal.model, bits, group_size, causal.name)
        after = decoders.probabilities(causal, inputs)
        numbers = decoders.parameters(causal.model)
        result: dict[str, Any] = {
            "bits": bits,
            "group_size": group_size,
            "rounded": count,
            "parameters": numbers,
            "bytes_before": numbers * _HALF_PRECISION_BYTES,
            "bytes": -(-taken // 8) + (numbers - count) * _HALF_PRECISION_BYTES,
            "inputs": len(inputs),
            "largest_difference": max(
                float((one - other).abs().max()) for one, other in zip(before, after, strict=True)
            ),
        }
        save_causal(causal, made)
        extend_card(directory_of(spec), made, _step(result))
    return QuantizeSummary.model_validate({"out": out, **result})


def _step(result: dict[str, Any]) -> CompressionStep:
    size = result["group_size"]
    groups = "row" if size is None else f"{size} neighbours of a row"
    step = {
        "technique": "weight-only quantization",
        "scored": False,
        **result,
        "summary": f"Rounded {result['rounded']:,} of {result['parameters']:,} weights to the "
        f"nearest integer of {result['bits']} bits, symmetric, a scale of {SCALE_BITS} bits per "
        f"{groups}. They are stored dequantised, as float32; packed, with all else in half "
        f"precision, they would take {result['bytes']:,} bytes, and all in half precision "
        f"{result['bytes_before']:,}.",
    }
    return CompressionStep.model_validate(step)
