"""The classification head of a checkpoint."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
import torch

from metacompress.models.runtime.batching import MIN_ROWS
from metacompress.models.runtime.torch_runtime import inference, with_steady_heads

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Head:
    """Dense, tanh, projection: vectors (n, d) to logits (n, k)."""

    def __init__(self, state: dict[str, torch.Tensor], device: torch.device) -> None:
        self.inputs = int(state["dense.weight"].shape[1])
        self.outputs = int(state["out_proj.weight"].shape[0])
        if state["out_proj.weight"].shape[1] != state["dense.weight"].shape[0]:
            raise ValueError("the two layers of its head do not fit each other")
        layers = OrderedDict[str, torch.nn.Module](
            dense=torch.nn.Linear(self.inputs, int(state["dense.weight"].shape[0])),
            tanh=torch.nn.Tanh(),
            out_proj=torch.nn.Linear(int(state["out_proj.weight"].shape[1]), self.outputs),
        )
        self._model = with_steady_heads(torch.nn.Sequential(layers).eval().to(device))
        self._model.load_state_dict(state, strict=True)
        self._model.requires_grad_(False)
        self._device = device

    def __call__(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits; padded to whole blocks of rows, so that they do not depend on n."""
        rows = -(-len(vectors) // MIN_ROWS) * MIN_ROWS
        blocks = np.zeros((rows // MIN_ROWS, MIN_ROWS, self.inputs), dtype=np.float32)
        blocks.reshape(rows, -1)[: len(vectors)] = vectors
        with inference():
            logits = [self._model(torch.from_numpy(b).to(self._device)).cpu() for b in blocks]
        joined: NDArray[np.float32] = torch.cat(logits)[: len(vectors)].numpy()
        return joined

    def differentiable(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits (n, k) that know where they come from."""
        logits: torch.Tensor = self._model(vectors)
        return logits
