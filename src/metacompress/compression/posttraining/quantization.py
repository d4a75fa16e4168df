"""Quantisation to int8: a classifier for ONNX Runtime whose weights take one byte each.

Weights are quantised once, activations when the model runs ("dynamic").
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining.decoders import is_decoder
from metacompress.compression.posttraining.int8_graph import to_int8
from metacompress.compression.posttraining.output_difference import (
    COMPARED_INPUTS,
    largest_difference,
)
from metacompress.compression.posttraining.summary import QuantizeSummary
from metacompress.errors import UsageError
from metacompress.extras import needing
from metacompress.models.backends.onnx import OnnxOptions
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.onnx_files import (
    CONFIG,
    MODEL,
    TOKENIZER,
    TOKENIZER_CONFIG,
    OnnxFiles,
    find_onnx_files,
)
from metacompress.models.loading import MODELS
from metacompress.models.naming.spec import ModelSpec
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    from collections.abc import Collection


def quantize(
    model: str, out: str | Path, *, bits: int = 8, group_size: int | None = None
) -> QuantizeSummary:
    """Write a model with weights of fewer bits.

    Of a causal language model, see ``quantize_decoder``. Of a classifier, ``onnx:OUT`` is a model
    like any other. Quantised are the weights of its linear layers (MatMul, Gemm) and embedding
    tables (Gather): nearly the whole file, and of a small model the tables are most. Each matrix
    has one symmetric scale, as ``quantize_dynamic`` makes it: one for every column would make the
    file about 1 % larger.
    Biases, normalisation and attention stay float.

    The result is another model, with a fingerprint of its own. How far its probabilities are off
    is measured on random inputs and reported, never refused; ``metacompress check`` tells what
    that means on data.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier, which is exported first
            (needs torch), ``onnx:DIR``, or a causal language model.
        out: directory to write; not there yet, or empty.
        bits: of a weight; 8 for a classifier.
        group_size: of a language model, neighbours in a row that share a scale.

    Raises:
        UsageError: a model of another kind, a scheme that is not for it, or ``out`` holds
            something.
        ModelError: the model cannot be loaded or exported, has no float weights, or outputs that
            are not finite. Nothing is written then.
        MissingDependencyError: onnx or, for an export, torch is not installed.
    """
    spec = ModelSpec.parse(model, MODELS.names())
    if is_decoder(spec):
        with needing("quantisation of a language model"):
            from metacompress.compression.posttraining.decoder_quantization import quantize_decoder
        return quantize_decoder(spec, Path(out), bits=bits, group_size=group_size)
    if bits != 8 or group_size is not None:
        raise UsageError(
            f"{spec}: classifiers are quantised to 8 bits with a scale per matrix; leave out "
            f"--bits and --group-size, which are for causal language models",
            option="bits",
        )
    if spec.kind not in ("transformers", "onnx"):
        raise UsageError(
            f"{spec}: models of the kind {spec.kind} cannot be quantised; "
            f"give a Hugging Face directory or onnx:DIR",
            option="model",
        )
    out = Path(out)
    location = Path(spec.location).expanduser()
    with new_directory(out) as made:
        if spec.kind == "onnx":
            spec.options_as(OnnxOptions)
            result = _quantize_files(find_onnx_files(spec.location), made, str(spec))
        else:
            with tempfile.TemporaryDirectory(dir=made.parent) as exported:
                _export(spec, Path(exported))
                result = _quantize_files(find_onnx_files(exported), made, str(spec))
        extend_card(location, made, _step(result))
    return QuantizeSummary(out=out, **result)


def _step(result: dict[str, Any]) -> CompressionStep:
    step = {
        "technique": "quantization",
        "scored": False,
        **result,
        "summary": f"Quantised to int8: `{MODEL}` has {result['bytes']:,} bytes; with float "
        f"weights it had {result['bytes_before']:,}. On {result['inputs']} random inputs a "
        f"probability differs by {result['largest_difference']:.1e} at most.",
    }
    return CompressionStep.model_validate(step)


def _export(spec: ModelSpec, directory: Path) -> None:
    with needing(f"{spec}: its export"):
        from metacompress.models.files.onnx_export import export_onnx
    export_onnx(spec, directory)


def _quantize_files(source: OnnxFiles, made: Path, name: str) -> dict[str, Any]:
    """Quantise an exported classifier into ``made``; returns what QuantizeSummary states."""
    from tokenizers import Tokenizer

    write_int8(source, made, name)
    with foreign_code(name, "cannot be read"):
        tokens = Tokenizer.from_file(str(source.tokenizer)).get_vocab_size()
    difference = largest_difference(source.graph, made, source.settings(), tokens, name)
    return {
        "bytes_before": source.graph.stat().st_size,
        "bytes": (made / MODEL).stat().st_size,
        "inputs": COMPARED_INPUTS,
        "largest_difference": difference,
    }


def write_int8(
    source: OnnxFiles, made: Path, name: str, keep: Collection[str] = ()
) -> tuple[str, ...]:
    """Write an exported classifier with int8 weights.

    Args:
        source: the classifier with float weights.
        made: directory to write into.
        name: of the model, for messages.
        keep: names of matrices that stay float.

    Returns:
        names of the matrices that became int8.

    Raises:
        ModelError: see ``to_int8``, or the graph cannot be read.
    """
    with needing("quantisation"):
        import onnx
    with foreign_code(name, "cannot be read"):
        graph = onnx.load(source.graph)
    quantized = to_int8(graph, name, keep)
    onnx.save(graph, made / MODEL)
    shutil.copyfile(source.config, made / CONFIG)
    shutil.copyfile(source.tokenizer, made / TOKENIZER)
    if source.tokenizer_config is not None:
        shutil.copyfile(source.tokenizer_config, made / TOKENIZER_CONFIG)
    return quantized
