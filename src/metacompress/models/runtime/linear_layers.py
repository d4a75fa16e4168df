"""The linear layers of a network: what is rounded and pruned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator


def linear_layers(model: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Module]]:
    """The linear layers of a model of transformers by name, all but its output matrix."""
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings()
    for name, module in model.named_modules():
        if isinstance(module, (torch.nn.Linear, Conv1D)) and module is not head:
            yield name, module
