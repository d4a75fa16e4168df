"""The linear layers of a network: what is rounded and pruned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator

# Matrices of all experts of a layer in one tensor, (experts, ., .), as transformers keeps them.
_OF_EXPERTS = ("gate_up_proj", "down_proj", "up_proj")
# Where a module does not say whether they have their inputs in rows.
_INPUTS_IN_ROWS = frozenset({"Llama4TextExperts"})


class LinearWeights(NamedTuple):
    """The matrix of a linear layer, or those of the experts of a layer.

    Attributes:
        name: of the layer.
        weights: (outputs, inputs), of experts (experts, outputs, inputs).
        inputs_in_rows: whether the last two axes are the other way round.
    """

    name: str
    weights: torch.nn.Parameter
    inputs_in_rows: bool


def linear_weights(model: torch.nn.Module) -> Iterator[LinearWeights]:
    """The weights of the linear layers of a model of transformers, all but its output matrix.

    The matrices of experts are among them; what chooses experts is not, where it is no layer.
    """
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings()
    for name, module in model.named_modules():
        if isinstance(module, (torch.nn.Linear, Conv1D)) and module is not head:
            yield LinearWeights(name, module.weight, isinstance(module, Conv1D))
        for field in _OF_EXPERTS:
            weights: Any = getattr(module, field, None)
            if isinstance(weights, torch.nn.Parameter) and weights.dim() == 3:
                unstated = type(module).__name__ in _INPUTS_IN_ROWS
                in_rows = bool(getattr(module, "is_transposed", unstated))
                yield LinearWeights(f"{name}.{field}", weights, in_rows)
