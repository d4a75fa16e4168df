"""Whole layers of a language model: which of them change least, and the model without these."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from metacompress.errors import ModelError, UsageError
from metacompress.models.files.foreign import foreign_code
from metacompress.models.runtime.torch_runtime import inference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    _Hook = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

# Settings that list layers by their number, and those that count layers from the first one; of any
# other list that is as long as there are layers, each entry is about one.
_NUMBERS = frozenset({"mlp_only_layers", "moe_layers", "full_attn_idxs", "attn_layer_indices"})
_LEADING = frozenset({"first_k_dense_replace"})
# Of logits of equal layers, relative to their spread.
_ROUNDING = 1e-4


def layers_of(model: Any, name: str) -> torch.nn.ModuleList:
    """The layers of a language model.

    Raises:
        ModelError: they are not known.
    """
    count = model.config.get_text_config().num_hidden_layers
    found = [
        module
        for module in model.base_model.modules()
        if isinstance(module, torch.nn.ModuleList) and len(module) == count
    ]
    if not found:
        raise ModelError(
            f"{name}: the layers of {type(model).__name__} are not known; it cannot be pruned",
            model=name,
        )
    return found[0]


def least_influential(
    model: Any, count: int, inputs: Sequence[torch.Tensor], name: str
) -> list[int]:
    """Numbers of the layers that change the vectors of tokens least, ascending.

    Source: the block influence of Men et al. 2024 (ShortGPT, arXiv 2403.03853): one less the cosine
    of a token's vector before and after a layer, mean over tokens.

    Args:
        model: the language model.
        count: of the layers.
        inputs: token ids (1, length) each, that the influence is measured on.
        name: for messages.

    Raises:
        ModelError: its layers are not known, or it cannot be run.
        UsageError: it has no more layers than that.
    """
    layers = layers_of(model, name)
    if count >= len(layers):
        raise UsageError(
            f"--layers {count} takes all {len(layers)} layers of {name}; one has to stay",
            option="layers",
        )
    influence = torch.zeros(len(layers), dtype=torch.float64)

    def note(number: int) -> _Hook:
        def look(given: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
            cosine = torch.nn.functional.cosine_similarity(given.double(), after.double(), dim=-1)
            influence[number] += (1 - cosine).sum()
            return after

        return look

    looking = {layer: note(number) for number, layer in enumerate(layers)}
    with foreign_code(name, "cannot be run"), inference(), _hooked(looking):
        for ids in inputs:
            model(input_ids=ids, use_cache=False)
    order = influence.argsort(stable=True)[:count]
    return sorted(order.tolist())


def remove_layers(model: Any, numbers: Sequence[int], probe: torch.Tensor, name: str) -> None:
    """Take layers out; settings about each layer change with them.

    Args:
        model: the language model, changed in place.
        numbers: of the layers, from 0.
        probe: token ids (1, length) that the rest must answer as the model does that skips them.
        name: for messages.

    Raises:
        ModelError: its layers are not known, or what one computes depends on its number.
    """
    layers = layers_of(model, name)
    with _hooked({layers[number]: lambda given, after: given for number in numbers}):
        expected = logits_of(model, probe, name)
    _forget_settings(model.config.get_text_config(), numbers, len(layers))
    for number in sorted(numbers, reverse=True):
        del layers[number]
    for number, layer in enumerate(layers):
        # The cache of keys and values knows layers by their number.
        for module in layer.modules():
            if hasattr(module, "layer_idx"):
                module.layer_idx = number
    require_alike(logits_of(model, probe, name), expected, model, name)


def logits_of(model: Any, probe: torch.Tensor, name: str) -> torch.Tensor:
    """Logits (length, vocabulary) of token ids (1, length).

    Raises:
        ModelError: the model cannot be run.
    """
    with foreign_code(name, "cannot be run"), inference():
        found: torch.Tensor = model(input_ids=probe, use_cache=False).logits[0].float()
    return found


def require_alike(found: torch.Tensor, expected: torch.Tensor, model: Any, name: str) -> None:
    """Refuse a pruned model that is not what was meant to stay of the model.

    Args:
        found: its logits.
        expected: those of the model that skips what was taken away, of equal shape.
        model: which it is.
        name: for messages.

    Raises:
        ModelError: they differ by more than rounding.
    """
    if not float((found - expected).abs().max()) <= _ROUNDING * float(expected.std()):
        raise depends_on_numbers(model, name)


def depends_on_numbers(model: Any, name: str) -> ModelError:
    """An error about layers that cannot stand in another place."""
    return ModelError(
        f"{name}: what a layer of {type(model).__name__} computes depends on its number, so that "
        f"the others would not be the same without those that change least; leave --layers out, "
        f"or try another number of them",
        model=name,
    )


def _forget_settings(config: Any, numbers: Sequence[int], total: int) -> None:
    """Change the settings about layers to those that stay."""
    stays = [number for number in range(total) if number not in numbers]
    for field, value in list(config.to_dict().items()):
        if field in _NUMBERS and isinstance(value, list):
            setattr(config, field, [stays.index(one) for one in value if one in stays])
        elif field in _LEADING and isinstance(value, int):
            setattr(config, field, sum(number < value for number in stays))
        elif "layer" in field and isinstance(value, list) and len(value) == total:
            setattr(config, field, [value[number] for number in stays])
    config.num_hidden_layers = len(stays)


@contextmanager
def _hooked(hooks: Mapping[torch.nn.Module, _Hook]) -> Iterator[None]:
    """In the block, layers give what a function makes of the vectors before and after them."""
    handles = [
        layer.register_forward_hook(_replacing(make), with_kwargs=True)
        for layer, make in hooks.items()
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _replacing(make: _Hook) -> Callable[..., Any]:
    def hook(layer: Any, given: tuple[Any, ...], named: dict[str, Any], found: Any) -> Any:
        before = given[0] if given else named["hidden_states"]
        if isinstance(found, torch.Tensor):
            return make(before, found)
        # Beside the vectors, layers of some models give a cache or weights of attention.
        return type(found)([make(before, found[0]), *found[1:]])

    return hook
