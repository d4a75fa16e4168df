"""Tensors of torch modules by name, and modules that share all but some of them."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def tensors_of(module: torch.nn.Module) -> dict[str, NDArray[np.float32]]:
    """The floating-point tensors of a module's state, by name; of shared ones, the first name."""
    found = {id(tensor): (name, tensor) for name, tensor in reversed(_state(module).items())}
    return {
        name: tensor.detach().float().cpu().numpy()
        for name, tensor in reversed(found.values())
        if tensor.is_floating_point()
    }


def with_tensors(module: torch.nn.Module, tensors: Mapping[str, NDArray[np.floating]]) -> Any:
    """A copy of a module with other numbers in some tensors; it shares the rest with ``module``.

    Args:
        module: that stays as it is.
        tensors: new values by name, which take the type and the device of the old ones.
    """
    kept: dict[int, torch.Tensor] = {}
    for name, old in _state(module).items():
        kept.setdefault(id(old), old)
        if name in tensors:
            values = torch.from_numpy(np.array(tensors[name], dtype=np.float32)).to(old)
            is_parameter = isinstance(old, torch.nn.Parameter)
            kept[id(old)] = (
                torch.nn.Parameter(values, requires_grad=False) if is_parameter else values
            )
    return deepcopy(module, kept)


def _state(module: torch.nn.Module) -> dict[str, torch.Tensor]:
    state: dict[str, torch.Tensor] = module.state_dict(keep_vars=True)
    return state
