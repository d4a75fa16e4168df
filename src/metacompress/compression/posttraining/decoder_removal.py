"""What pruning takes away of a language model: layers, attention heads, inner neurons.

Each function changes the network in place. Layers are those of Llama and its many relatives: an
attention with projections of queries, keys, values and outputs, and a gated feed-forward network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.compression.posttraining.removal import share_count
from metacompress.errors import ModelError, UsageError
from metacompress.models.runtime.torch_runtime import inference

if TYPE_CHECKING:
    from collections.abc import Sequence

_ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
_FEED_FORWARD = ("gate_proj", "up_proj", "down_proj")


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
        ModelError: its layers are not known.
        UsageError: it has no more layers than that.
    """
    layers = layers_of(model, name)
    if count >= len(layers):
        raise UsageError(
            f"--layers {count} takes all {len(layers)} layers of {name}; one has to stay",
            option="layers",
        )
    influence = torch.zeros(len(layers), dtype=torch.float64)
    with inference():
        for ids in inputs:
            seen: dict[int, torch.Tensor] = {}
            hooks = [
                layer.register_forward_hook(_note(seen, number))
                for number, layer in enumerate(layers)
            ]
            try:
                model(input_ids=ids, use_cache=False)
            finally:
                for hook in hooks:
                    hook.remove()
            for number, one in seen.items():
                influence[number] += one.sum()
    order = influence.argsort(stable=True)[:count]
    return sorted(order.tolist())


def _note(seen: dict[int, torch.Tensor], number: int) -> Any:
    def hook(module: Any, given: tuple[Any, ...], found: Any) -> None:
        after = found[0] if isinstance(found, tuple) else found
        cosine = torch.nn.functional.cosine_similarity(given[0].double(), after.double(), dim=-1)
        seen[number] = 1 - cosine

    return hook


def remove_layers(model: Any, numbers: Sequence[int], name: str) -> None:
    """Take layers out; settings that have an entry for each layer lose theirs, too."""
    layers = layers_of(model, name)
    config, total = model.config.get_text_config(), len(layers)
    for number in sorted(numbers, reverse=True):
        del layers[number]
    for field, value in list(config.to_dict().items()):
        if "layer" in field and isinstance(value, list) and len(value) == total:
            kept = [one for place, one in enumerate(value) if place not in numbers]
            setattr(config, field, kept)
    config.num_hidden_layers = len(layers)
    for number, layer in enumerate(layers):
        # The cache of keys and values knows layers by their number.
        for module in layer.modules():
            if hasattr(module, "layer_idx"):
                module.layer_idx = number


def prune_decoder_heads(model: Any, share: float, name: str) -> int:
    """Set the least important attention heads of each layer to zero.

    A head is important by the product of the norms of its rows of the value matrix, which heads may
    share, and of its columns of the output matrix; the latter become zero. Returns their number in
    each layer.
    """
    if not share:
        return 0
    config = model.config.get_text_config()
    heads = config.num_attention_heads
    shared = heads // (getattr(config, "num_key_value_heads", None) or heads)
    count = share_count("heads", share, heads)
    for layer in layers_of(model, name):
        *_, value, output = _parts(layer, _ATTENTION, model, name)
        rows = value.weight.view(heads // shared, -1).float().norm(dim=1)
        columns = output.weight.view(output.out_features, heads, -1)
        norms = columns.float().transpose(0, 1).flatten(1).norm(dim=1)
        pruned = (rows.repeat_interleave(shared) * norms).argsort(stable=True)[:count]
        columns[:, pruned] = 0
    return count


def prune_decoder_feed_forward(model: Any, share: float, name: str) -> int:
    """Remove the least important inner neurons of each layer; returns their number in each.

    A neuron is important by the product of the norms of its rows of the gate and the inner matrix
    and of its column of the outer one.
    """
    if not share:
        return 0
    config = model.config.get_text_config()
    count = share_count("feed_forward", share, config.intermediate_size)
    for layer in layers_of(model, name):
        gate, inner, outer = _parts(layer, _FEED_FORWARD, model, name)
        norms = [one.weight.float().norm(dim=1) for one in (gate, inner)]
        importance = norms[0] * norms[1] * outer.weight.float().norm(dim=0)
        kept = importance.argsort(stable=True)[count:].sort().values
        for one in (gate, inner):
            one.weight = torch.nn.Parameter(one.weight[kept])
            if one.bias is not None:
                one.bias = torch.nn.Parameter(one.bias[kept])
            one.out_features = len(kept)
        outer.weight = torch.nn.Parameter(outer.weight[:, kept])
        outer.in_features = len(kept)
    config.intermediate_size -= count
    return count


def _parts(layer: Any, names: Sequence[str], model: Any, model_name: str) -> list[Any]:
    """The linear layers of these names within a layer, one each.

    Raises:
        ModelError: the layer has others.
    """
    found = {
        name.rpartition(".")[2]: module
        for name, module in layer.named_modules()
        if isinstance(module, torch.nn.Linear)
    }
    if not set(names) <= set(found):
        raise ModelError(
            f"{model_name}: {type(model).__name__} has no {', '.join(names)} in its layers; only "
            f"whole layers and single weights of it can be pruned",
            model=model_name,
        )
    return [found[name] for name in names]
