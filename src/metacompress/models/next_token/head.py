"""The output matrix of a language model: from its final states to logits, block by block.

Logits take a vocabulary of room for each position, final states a hundredth of it. So logits are
computed for a block of positions when they are looked at, and let go.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from metacompress.errors import ModelError
from metacompress.models.files.foreign import foreign_code
from metacompress.models.runtime.torch_runtime import inference

if TYPE_CHECKING:
    from collections.abc import Callable

# Between the logits of a model and ours, relative to their spread: kernels for other shapes round
# otherwise, in the precision of the weights.
_ROUNDING = {torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 1e-1}
# Settings of what happens to the products: Cohere and Falcon-H1 multiply them, Granite divides
# them, and Gemma, RecurrentGemma and xLSTM cap them.
_FACTORS = ("logit_scale", "lm_head_multiplier")
_DIVISORS = ("logits_scaling",)
_CAPS = ("final_logit_softcapping", "logits_soft_cap", "output_logit_soft_cap")


@dataclass(frozen=True, slots=True)
class OutputHead:
    """Maps final states to logits.

    Attributes:
        linear: the layer of the output matrix, states (n, h) to (n, v).
        scale: what its products are multiplied with.
        cap: c, where logits x become ``c tanh(x / c)``; None where they stay.
        width: v, the number of tokens that have a logit.
    """

    linear: Callable[[torch.Tensor], torch.Tensor]
    scale: float
    cap: float | None
    width: int

    @classmethod
    def of(cls, model: Any, probe: torch.Tensor, name: str) -> OutputHead:
        """The head of a causal model of transformers.

        Args:
            model: the torch module.
            probe: token ids (1, n) that its logits are compared on.
            name: for messages.

        Raises:
            ModelError: its logits are not what its head makes of its final states.
        """
        linear, config = model.get_output_embeddings(), model.config.get_text_config()
        if linear is None:
            raise ModelError(f"{name}: has no output matrix", model=name)
        stated = {field: getattr(config, field, None) for field in (*_FACTORS, *_DIVISORS, *_CAPS)}
        scale = math.prod(float(stated[field] or 1.0) for field in _FACTORS)
        scale /= math.prod(float(stated[field] or 1.0) for field in _DIVISORS)
        cap = next((stated[field] for field in _CAPS if stated[field] is not None), None)
        with foreign_code(name, "cannot be run"), inference():
            expected = model(input_ids=probe).logits[0].float()
            states = final_states(model, probe, torch.ones_like(probe))[0]
            head = cls(linear, scale, cap, expected.shape[-1])
            found = head(states).float()
        error = float((found - expected).abs().max() / expected.std())
        if not error <= _ROUNDING.get(model.dtype, _ROUNDING[torch.bfloat16]):
            raise ModelError(
                f"{name}: its logits are not its output matrix times its final states (they differ "
                f"by {error:.2g} of their spread); {type(model).__name__} is not known well enough "
                f"to be measured by position",
                model=name,
            )
        return head

    def __call__(self, states: torch.Tensor) -> torch.Tensor:
        """Logits (n, v) of final states (n, h)."""
        logits = self.linear(states)
        if self.scale != 1:
            logits = logits * self.scale
        return logits if self.cap is None else torch.tanh(logits / self.cap) * self.cap


def final_states(model: Any, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """What the output matrix of a causal model is given, (rows, length, h).

    Args:
        model: the torch module.
        ids: token ids (rows, length).
        mask: 1 where there is a token, else 0.

    Raises:
        RuntimeError: its output matrix is not called once.
    """
    given: list[torch.Tensor] = []

    def note(module: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> torch.Tensor:
        given.append(inputs[0])
        # Of no position, logits take no room and no time.
        return inputs[0][:, :0]

    hook = model.get_output_embeddings().register_forward_pre_hook(note)
    try:
        model(input_ids=ids, attention_mask=mask, use_cache=False)
    finally:
        hook.remove()
    if len(given) != 1:
        raise RuntimeError(f"{type(model).__name__} does not give its head final states once")
    return given[0]
