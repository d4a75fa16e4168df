"""What pruning takes away of a network: inner neurons, attention heads, single weights.

Each function changes the network in place, takes a share in [0, 1) and returns a count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check_shares(shares: dict[str, float], *, layers: int = 0) -> None:
    """Fail on shares that take nothing away or everything.

    Raises:
        UsageError: a share is outside of [0, 1), or all are 0, and so is the number of layers.
    """
    for name, share in shares.items():
        if not 0 <= share < 1:
            raise UsageError(
                f"{_option(name)} {share:g} is outside of 0 to 1 (1 excluded)", option=name
            )
    if not layers and not any(shares.values()):
        raise UsageError(
            "nothing to prune: give --heads, --feed-forward or --magnitude, or of a language model "
            "--layers",
            option="heads",
        )


def share_count(name: str, share: float, total: int) -> int:
    """The share as a number of things, of which at least one stays.

    Raises:
        UsageError: it takes nothing away, though it is not 0.
    """
    count = min(round(share * total), total - 1)
    if share and not count:
        raise UsageError(
            f"{_option(name)} {share:g} takes none of {total} away; give more", option=name
        )
    return count


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _norms(rows: torch.Tensor, biases: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    """Importance of what has its own rows (n, r, h), biases (n, r) and columns (h, n, r), (n,)."""
    incoming = torch.cat([rows, biases[:, :, None]], dim=2).float().flatten(1).norm(dim=1)
    return incoming * columns.float().transpose(0, 1).flatten(1).norm(dim=1)


def _layers(network: Any) -> Iterator[Any]:
    yield from network.base_model.encoder.layer


def prune_feed_forward(network: Any, share: float) -> int:
    """Remove the least important inner neurons of each layer."""
    width = network.config.intermediate_size
    count = share_count("feed_forward", share, width)
    for layer in _layers(network):
        inner, outer = layer.intermediate.dense, layer.output.dense
        importance = _norms(inner.weight[:, None], inner.bias[:, None], outer.weight.unsqueeze(2))
        kept = importance.argsort(stable=True)[count:].sort().values
        inner.weight = torch.nn.Parameter(inner.weight[kept])
        inner.bias = torch.nn.Parameter(inner.bias[kept])
        outer.weight = torch.nn.Parameter(outer.weight[:, kept])
        inner.out_features = outer.in_features = width - count
    network.config.intermediate_size = width - count
    return count


def prune_heads(network: Any, share: float) -> int:
    """Set the least important attention heads of each layer to zero."""
    heads = network.config.num_attention_heads
    count = share_count("heads", share, heads)
    for layer in _layers(network):
        attention, outer = layer.attention.self, layer.attention.output.dense
        # Views: what is written into them is written into the weights.
        columns = outer.weight.view(outer.out_features, heads, -1)
        value = attention.value
        importance = _norms(
            value.weight.view(heads, -1, value.in_features), value.bias.view(heads, -1), columns
        )
        pruned = importance.argsort(stable=True)[:count]
        for linear in (attention.query, attention.key, value):
            linear.weight.view(heads, -1, linear.in_features)[pruned] = 0
            linear.bias.view(heads, -1)[pruned] = 0
        columns[:, pruned] = 0
    return count


def prune_magnitude(network: Any, share: float) -> int:
    """Set the smallest weights of all linear layers to zero."""
    matrices = [
        module.weight
        for module in network.base_model.encoder.modules()
        if isinstance(module, torch.nn.Linear)
    ]
    return zero_smallest(matrices, share)


def zero_smallest(matrices: Sequence[torch.Tensor], share: float) -> int:
    """Set the smallest numbers of all matrices together to zero, by absolute value."""
    if not share:
        return 0
    sizes = torch.cat([weights.abs().flatten() for weights in matrices])
    count = share_count("magnitude", share, len(sizes))
    # By order, not by threshold: of equal ones, just so many.
    sizes[sizes.argsort(stable=True)[:count]] = -1
    pieces = (sizes < 0).split([weights.numel() for weights in matrices])
    for weights, piece in zip(matrices, pieces, strict=True):
        weights[piece.view_as(weights)] = 0
    return count
