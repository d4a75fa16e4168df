"""A graph of float weights to one of int8 weights.

ONNX Runtime's own ``quantize_dynamic`` takes one scale for all activations of a batch, so that an
output depends on the other inputs of the batch (microsoft/onnxruntime issue 10111; probabilities
of the demo teacher move by up to 0.09). A source and its follow-up would differ for no reason of
their own. Here every token's vector has a scale of its own, and an input's output is the same in
any batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Collection

    import onnx

_DOMAIN = "metacompress"
_OPERATOR = "MatMulInt8"
# Weights in products keep 7 bits. Where a CPU adds two products in 16 bits (x86 without VNNI),
# 2 * 255 * 64 still fits: with 8 bits the sum would be cut off there, and only there.
_PRODUCT_LEVELS = 64
_TABLE_LEVELS = 127
_REDUCES_BY_INPUT = 18  # from this version of the operators on, ReduceMax is told its axes so
_FUNCTIONS_SINCE = 8  # version of the file format


def to_int8(model: onnx.ModelProto, name: str, keep: Collection[str] = ()) -> tuple[str, ...]:
    """Replace the float matrices of linear layers and embedding tables in ``model``.

    Args:
        model: changed in place.
        name: of the model, for messages.
        keep: names of matrices that stay as they are.

    Returns:
        names of the matrices that were replaced.

    Raises:
        ModelError: there are none, or one is not finite.
    """
    from onnx import helper

    weights = _Weights(model.graph, name, keep)
    nodes = [new for node in model.graph.node for new in _int8_nodes(node, weights)]
    if not weights.made and not keep:
        raise ModelError(
            f"{name}: has no float32 weights of linear layers or embeddings; is it quantised?",
            model=name,
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
    return tuple(dict.fromkeys(tensor for tensor, _ in weights.made))


class _Weights:
    """The float matrices of a graph, and what becomes of them.

    Attributes:
        made: names of the int8 matrix and its scale, for each matrix and whether it is transposed.
        tensors: the int8 matrices and scales.
    """

    def __init__(self, graph: onnx.GraphProto, name: str, keep: Collection[str]) -> None:
        from onnx import TensorProto

        self._name = name
        self._floats = {
            tensor.name: tensor
            for tensor in graph.initializer
            if tensor.data_type == TensorProto.FLOAT
            and len(tensor.dims) == 2
            and tensor.name not in keep
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
                raise ModelError(
                    f"{self._name}: its weights {tensor} are not finite", model=self._name
                )
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
