"""Pruning within the layers of a language model: attention heads and inner neurons.

Each function changes the network in place. Layers are those of Llama and its many relatives: an
attention with projections of queries, keys, values and outputs, and a gated feed-forward network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.compression.posttraining.decoder_layers import layers_of
from metacompress.compression.posttraining.removal import share_count
from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

_ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
_FEED_FORWARD = ("gate_proj", "up_proj", "down_proj")


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
