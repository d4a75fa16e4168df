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
    """Dense, tanh, projection: vectors (n, d) to logits (n, k).

    Attributes:
        inputs: d.
        outputs: k.
        flops: operations of its matrix products for one vector.
        model: the layers.
    """

    def __init__(self, state: dict[str, torch.Tensor], device: torch.device) -> None:
        self.inputs = int(state["dense.weight"].shape[1])
        self.outputs = int(state["out_proj.weight"].shape[0])
        products = (state["dense.weight"], state["out_proj.weight"])
        self.flops = sum(2 * weights.numel() for weights in products)
        if state["out_proj.weight"].shape[1] != state["dense.weight"].shape[0]:
            raise ValueError("the two layers of its head do not fit each other")
        layers = OrderedDict[str, torch.nn.Module](
            dense=torch.nn.Linear(self.inputs, int(state["dense.weight"].shape[0])),
            tanh=torch.nn.Tanh(),
            out_proj=torch.nn.Linear(int(state["out_proj.weight"].shape[1]), self.outputs),
        )
        self.model = with_steady_heads(torch.nn.Sequential(layers).eval().to(device))
        self.model.load_state_dict(state, strict=True)
        self.model.requires_grad_(False)
        self._device = device

    def __call__(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits; padded to whole blocks of rows, so that they do not depend on n."""
        rows = -(-len(vectors) // MIN_ROWS) * MIN_ROWS
        blocks = np.zeros((rows // MIN_ROWS, MIN_ROWS, self.inputs), dtype=np.float32)
        blocks.reshape(rows, -1)[: len(vectors)] = vectors
        with inference():
            logits = [self.model(torch.from_numpy(b).to(self._device)).cpu() for b in blocks]
        joined: NDArray[np.float32] = torch.cat(logits)[: len(vectors)].numpy()
        return joined

    def differentiable(self, vectors: torch.Tensor) -> torch.Tensor:
        """Logits (n, k) that know where they come from."""
        logits: torch.Tensor = self.model(vectors)
        return logits
