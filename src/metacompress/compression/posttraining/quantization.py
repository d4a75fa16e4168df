"""Quantisation to int8: a classifier for ONNX Runtime whose weights take one byte each.

Weights are quantised once, activations when the model runs ("dynamic"). ONNX Runtime's own
``quantize_dynamic`` takes one scale for all activations of a batch, so that an output depends on
the other inputs of the batch (microsoft/onnxruntime issue 10111; probabilities of the demo teacher
move by up to 0.09). A source and its follow-up would differ for no reason of their own. Here every
token's vector has a scale of its own, and an input's output is the same in any batch.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import softmax

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining.summary import QuantizeSummary
from metacompress.errors import ModelError, UsageError
from metacompress.extras import missing_package
from metacompress.models import MODELS
from metacompress.models.backends.onnx import OnnxOptions, integers_of, logits_output
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.onnx_files import (
    CONFIG,
    MODEL,
    TOKENIZER,
    TOKENIZER_CONFIG,
    OnnxFiles,
    find_onnx_files,
)
from metacompress.models.spec import ModelSpec
from metacompress.models.tokens.window import input_limit
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    import onnx
    from numpy.typing import NDArray

_DOMAIN = "metacompress"
_OPERATOR = "MatMulInt8"
# Weights in products keep 7 bits. Where a CPU adds two products in 16 bits (x86 without VNNI),
# 2 * 255 * 64 still fits: with 8 bits the sum would be cut off there, and only there.
_PRODUCT_LEVELS = 64
_TABLE_LEVELS = 127
_REDUCES_BY_INPUT = 18  # from this version of the operators on, ReduceMax is told its axes so
_FUNCTIONS_SINCE = 8  # version of the file format
_CHECKED_INPUTS = 16
_SEED = 0


def quantize(model: str, out: str | Path) -> QuantizeSummary:
    """Write a classifier with int8 weights: ``onnx:OUT`` is a model like any other.

    Quantised are the weights of linear layers (MatMul, Gemm) and embedding tables (Gather): nearly
    the whole file, and of a small model the tables are most. Each matrix has one symmetric scale,
    as ``quantize_dynamic`` makes it: one for every column would make the file about 1 % larger.
    Biases, normalisation and attention stay float.

    The result is another model, with a fingerprint of its own. How far its probabilities are off
    is measured on random inputs and reported, never refused; ``metacompress check`` tells what
    that means on data.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier, which is exported first
            (needs torch), or ``onnx:DIR``.
        out: directory to write; not there yet, or empty.

    Raises:
        UsageError: a model of another kind, or ``out`` holds something.
        ModelError: the model cannot be loaded or exported, has no float weights, or outputs that
            are not finite. Nothing is written then.
        MissingDependencyError: onnx or, for an export, torch is not installed.
    """
    spec = ModelSpec.parse(model, MODELS.names())
    if spec.kind not in ("transformers", "onnx"):
        raise UsageError(
            f"{spec}: models of the kind {spec.kind} cannot be quantised; "
            f"give a Hugging Face directory or onnx:DIR"
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
    try:
        from metacompress.models.files.onnx_export import export_onnx
    except ModuleNotFoundError as error:
        raise missing_package(f"{spec}: its export", error) from None
    export_onnx(spec, directory)


def _quantize_files(source: OnnxFiles, made: Path, name: str) -> dict[str, Any]:
    """Quantise an exported classifier into ``made``; returns what QuantizeSummary states."""
    from tokenizers import Tokenizer

    try:
        import onnx
    except ModuleNotFoundError as error:
        raise missing_package("quantisation", error) from None
    config = source.settings()
    with foreign_code(name, "cannot be read"):
        graph = onnx.load(source.graph)
        tokens = Tokenizer.from_file(str(source.tokenizer)).get_vocab_size()
    _to_int8(graph, name)
    onnx.save(graph, made / MODEL)
    shutil.copyfile(source.config, made / CONFIG)
    shutil.copyfile(source.tokenizer, made / TOKENIZER)
    if source.tokenizer_config is not None:
        shutil.copyfile(source.tokenizer_config, made / TOKENIZER_CONFIG)
    return {
        "bytes_before": source.graph.stat().st_size,
        "bytes": (made / MODEL).stat().st_size,
        "inputs": _CHECKED_INPUTS,
        "largest_difference": _largest_difference(source.graph, made, config, tokens, name),
    }


def _to_int8(model: onnx.ModelProto, name: str) -> None:
    """Replace the float matrices of linear layers and embedding tables in ``model``.

    Raises:
        ModelError: there are none, or one is not finite.
    """
    from onnx import helper

    weights = _Weights(model.graph, name)
    nodes = [new for node in model.graph.node for new in _int8_nodes(node, weights)]
    if not weights.made:
        raise ModelError(
            f"{name}: has no float32 weights of linear layers or embeddings; is it quantised?"
        )
    used = {entry for node in nodes for entry in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    for field, content in (
        (model.graph.node, nodes),
        (model.graph.initializer, [*kept, *weights.tensors]),
        # They describe values of the graph as it was, and are not needed to run it.
        (model.graph.value_info, []),
    ):
        del field[:]
        field.extend(content)
    version = next(entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx"))
    model.functions.append(_product_function(version))
    model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))
    model.ir_version = max(model.ir_version, _FUNCTIONS_SINCE)


class _Weights:
    """The float matrices of a graph, and what becomes of them.

    Attributes:
        made: names of the int8 matrix and its scale, for each matrix and whether it is transposed.
        tensors: the int8 matrices and scales.
    """

    def __init__(self, graph: onnx.GraphProto, name: str) -> None:
        from onnx import TensorProto

        self._name = name
        self._floats = {
            tensor.name: tensor
            for tensor in graph.initializer
            if tensor.data_type == TensorProto.FLOAT and len(tensor.dims) == 2
        }
        self.made: dict[tuple[str, bool], list[str]] = {}
        self.tensors: list[onnx.TensorProto] = []

    def __contains__(self, tensor: str) -> bool:
        return tensor in self._floats

    def quantized(self, tensor: str, levels: int, *, transposed: bool = False) -> list[str]:
        """Names of the int8 form of a matrix, with values in -levels..levels, and of its scale."""
        from onnx import numpy_helper

        key = (tensor, transposed)
        if key not in self.made:
            matrix = numpy_helper.to_array(self._floats[tensor])
            if not np.isfinite(matrix).all():
                raise ModelError(f"{self._name}: its weights {tensor} are not finite")
            matrix = matrix.T if transposed else matrix
            # A matrix of zeros stays one at any scale.
            scale = np.float32(np.abs(matrix).max() / levels) or np.float32(1)
            numbers = np.clip(np.rint(matrix / scale), -levels, levels).astype(np.int8)
            names = [f"{tensor}{'_transposed' * transposed}_{part}" for part in ("int8", "scale")]
            self.tensors += [
                numpy_helper.from_array(np.ascontiguousarray(numbers), names[0]),
                numpy_helper.from_array(np.asarray(scale), names[1]),
            ]
            self.made[key] = names
        return self.made[key]


def _int8_nodes(node: onnx.NodeProto, weights: _Weights) -> list[onnx.NodeProto]:
    """What stands in the place of ``node``: itself, unless it uses a float matrix."""
    from onnx.helper import get_attribute_value, make_node

    given = {entry.name: get_attribute_value(entry) for entry in node.attribute}
    (result, *_), inputs = node.output, list(node.input)
    if node.op_type == "MatMul" and inputs[1] in weights:
        names = weights.quantized(inputs[1], _PRODUCT_LEVELS)
        return [make_node(_OPERATOR, [inputs[0], *names], [result], domain=_DOMAIN)]
    is_linear = not given.get("transA") and given.get("alpha", 1) == given.get("beta", 1) == 1
    if node.op_type == "Gemm" and inputs[1] in weights and is_linear:
        transposed = bool(given.get("transB"))
        names = weights.quantized(inputs[1], _PRODUCT_LEVELS, transposed=transposed)
        bias = inputs[2] if len(inputs) > 2 else ""
        product = f"{result}_product" if bias else result
        product_node = make_node(_OPERATOR, [inputs[0], *names], [product], domain=_DOMAIN)
        return [product_node, *([make_node("Add", [product, bias], [result])] if bias else [])]
    if node.op_type == "Gather" and inputs[0] in weights:
        numbers, scale = weights.quantized(inputs[0], _TABLE_LEVELS)
        rows = f"{result}_int8"
        return [
            make_node("Gather", [numbers, inputs[1]], [rows], **given),
            make_node("DequantizeLinear", [rows, scale], [result]),
        ]
    return [node]


def _product_function(version: int) -> onnx.FunctionProto:
    """Vectors (..., m) times an int8 matrix (m, n), as a function within the model's file.

    Every vector is scaled to -127..127 by its own largest absolute value and shifted to uint8,
    which is what the integer kernels take.

    The two scales are multiplied onto the product one after the other. Were they multiplied with
    each other first, ONNX Runtime would recognise that and replace it by an operator that takes
    the first vector's scale for all of them.
    """
    from onnx.parser import parse_function

    by_input = version >= _REDUCES_BY_INPUT
    largest = "ReduceMax (size, axes)" if by_input else "ReduceMax <axes = [-1]> (size)"
    return parse_function(f"""
        <domain: "{_DOMAIN}", opset_import: ["": {version}]>
        {_OPERATOR} (vectors, weights, weights_scale) => (product)
        {{
            {"axes = Constant <value_ints = [-1]> ()" * by_input}
            levels = Constant <value = float {{127.0}}> ()
            least = Constant <value = float {{1e-12}}> ()
            middle = Constant <value = float {{128.0}}> ()
            zero_point = Constant <value = uint8 {{128}}> ()
            size = Abs (vectors)
            largest = {largest}
            positive = Max (largest, least)
            scale = Div (positive, levels)
            relative = Div (vectors, scale)
            rounded = Round (relative)
            shifted = Add (rounded, middle)
            numbers = Cast <to = 2> (shifted)
            sums = MatMulInteger (numbers, weights, zero_point)
            exact = Cast <to = 1> (sums)
            weighted = Mul (exact, weights_scale)
            product = Mul (weighted, scale)
        }}
    """)


def _largest_difference(
    source: Path, made: Path, config: dict[str, Any], tokens: int, name: str
) -> float:
    """Of the probabilities of both directories' models, on random inputs."""
    before, after = _session(source, name), _session(made / MODEL, name)
    names = [entry.name for entry in before.get_inputs()]
    longest = input_limit(config, None, None, name)
    worst = 0.0
    for length in (min(9, longest), min(64, longest)):
        every = _inputs(config, tokens, rows=_CHECKED_INPUTS // 2, length=length)
        if not every.keys() >= set(names):
            raise ModelError(f"{name}: of its inputs {', '.join(names)}, some are unknown")
        expected, found = (_probabilities(session, every, name) for session in (before, after))
        worst = max(worst, float(np.abs(found - expected).max()))
    return worst


def _session(path: Path, name: str) -> Any:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    with foreign_code(name, "ONNX Runtime cannot load it"):
        return onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])


def _probabilities(
    session: Any, inputs: dict[str, NDArray[np.int64]], name: str
) -> NDArray[np.float64]:
    with foreign_code(name, "ONNX Runtime cannot run it"):
        given = {
            entry.name: inputs[entry.name].astype(integers_of(entry, name))
            for entry in session.get_inputs()
        }
        (logits,) = session.run([logits_output(session, name)], given)
    if not np.isfinite(logits).all():
        raise ModelError(f"{name}: its outputs on random inputs are not finite")
    logits = logits.astype(np.float64)
    # One logit is the one of a class beside another whose logit is 0.
    both = (
        np.concatenate([logits, np.zeros_like(logits)], axis=1) if logits.shape[1] == 1 else logits
    )
    probabilities: NDArray[np.float64] = softmax(both, axis=-1)
    return probabilities


def _inputs(
    config: dict[str, Any], tokens: int, rows: int, length: int
) -> dict[str, NDArray[np.int64]]:
    """Random ones of ``tokens`` tokens, in two segments and of a length for each row.

    Returns:
        everything that a classifier can read, each (rows, length).
    """
    rng = np.random.default_rng((_SEED, length))
    pad = config.get("pad_token_id") or 0
    lengths = rng.integers(2, length, size=(rows, 1), endpoint=True)
    places = np.arange(length)
    mask = (places < lengths).astype(np.int64)
    ids = rng.integers(0, tokens, size=(rows, length))
    end = config.get("eos_token_id")
    if config.get("is_encoder_decoder") and isinstance(end, int):
        # Such a model is read where its input ends.
        ids = np.where(ids == end, (end + 1) % tokens, ids)
        ids = np.where(places == lengths - 1, end, ids)
    segments = (places >= lengths // 2) * mask * ((config.get("type_vocab_size") or 1) > 1)
    return {
        "input_ids": np.where(mask, ids, pad),
        "attention_mask": mask,
        "token_type_ids": segments,
    }
