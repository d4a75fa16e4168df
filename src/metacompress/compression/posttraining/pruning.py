"""Pruning: a BERT or RoBERTa classifier without its least important weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining.summary import PruneSummary
from metacompress.errors import ModelError, UsageError
from metacompress.models import MODELS
from metacompress.models.files.pretrained import quiet_transformers, read_model
from metacompress.models.spec import ModelSpec
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAMILIES = ("bert", "roberta")


def prune(
    model: str,
    out: str | Path,
    *,
    heads: float = 0.0,
    feed_forward: float = 0.0,
    magnitude: float = 0.0,
) -> PruneSummary:
    """Prune a sequence classifier, without retraining it.

    Whole neurons and heads go first, single weights then. A share is rounded to a count.

    - ``feed_forward``: the inner neurons whose incoming row, with its bias, and outgoing column
      have the smallest product of L2 norms. They are really gone: ``intermediate_size`` is less.
    - ``heads``: the attention heads whose rows of the value matrix, with their biases, and columns
      of the output projection have the smallest product of L2 norms. A Hugging Face configuration
      cannot have fewer heads at the same width, so what belongs to them becomes zero: the
      behaviour is that of a model without them, the file does not shrink.
    - ``magnitude``: the smallest weights, by absolute value, of all linear layers of the encoder
      together; biases, embeddings and the head of the classes stay. They become zero (Han et al.
      2015, arXiv 1506.02626). Zeros that are there already count.

    A pruned model is usually retrained: ``metacompress distill --teacher MODEL --model OUT``, or
    ``metacompress train --model OUT``. Neurons stay gone and heads stay zero, as no gradient
    reaches them. Single weights do not stay zero: prune again afterwards.

    Args:
        model: Hugging Face directory or hub id.
        out: directory to write, of the same layout; not there yet, or empty.
        heads: share of each layer's heads, in [0, 1); at least one stays.
        feed_forward: share of each layer's inner neurons, in [0, 1); at least one stays.
        magnitude: share of the single weights, in [0, 1).

    Raises:
        UsageError: a share is outside of [0, 1) or takes nothing away, all are 0, the model is of
            another kind, or ``out`` holds something.
        ModelError: the model cannot be loaded, or is neither BERT nor RoBERTa.
    """
    shares = {"heads": heads, "feed_forward": feed_forward, "magnitude": magnitude}
    _check_shares(shares)
    spec = ModelSpec.parse(model, MODELS.names())
    if spec.kind != "transformers":
        raise UsageError(
            f"{spec}: models of the kind {spec.kind} cannot be pruned; "
            f"give a Hugging Face directory or hub id"
        )
    with new_directory(Path(out)) as made:
        network, tokenizer = read_model(spec)
        family = network.config.model_type
        if family not in _FAMILIES:
            raise ModelError(f"{spec}: only BERT and RoBERTa can be pruned, and it is {family!r}")
        before = _parameters(network)
        with torch.no_grad():
            counts = {
                "feed_forward": _prune_feed_forward(network, feed_forward),
                "heads": _prune_heads(network, heads),
                "weights": _prune_magnitude(network, magnitude),
            }
        result = {
            **counts,
            "parameters_before": before,
            "parameters": _parameters(network),
            "zeros": sum(int((weights == 0).sum()) for weights in network.parameters()),
        }
        with quiet_transformers():
            network.save_pretrained(made)
            tokenizer.save_pretrained(made)
        extend_card(Path(spec.location).expanduser(), made, _step(shares, result))
    return PruneSummary.model_validate({"out": Path(out), **result})


def _step(shares: dict[str, float], result: dict[str, int]) -> CompressionStep:
    step: dict[str, Any] = {
        "technique": "pruning",
        "scored": False,
        "shares": shares,
        **result,
        "summary": f"Pruned: {shares['feed_forward']:.0%} of the inner neurons, "
        f"{shares['heads']:.0%} of the attention heads, {shares['magnitude']:.0%} of the single "
        f"weights. {result['parameters']:,} parameters, {result['zeros']:,} of them zero; before, "
        f"there were {result['parameters_before']:,}.",
    }
    return CompressionStep.model_validate(step)


def _check_shares(shares: dict[str, float]) -> None:
    for name, share in shares.items():
        if not 0 <= share < 1:
            raise UsageError(f"{_option(name)} {share:g} is outside of 0 to 1 (1 excluded)")
    if not any(shares.values()):
        raise UsageError("nothing to prune: give --heads, --feed-forward or --magnitude")


def _count(name: str, share: float, total: int) -> int:
    """The share as a number of things, of which at least one stays.

    Raises:
        UsageError: it takes nothing away, though it is not 0.
    """
    count = min(round(share * total), total - 1)
    if share and not count:
        raise UsageError(f"{_option(name)} {share:g} takes none of {total} away; give more")
    return count


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _parameters(network: Any) -> int:
    return sum(weights.numel() for weights in network.parameters())


def _norms(rows: torch.Tensor, biases: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    """Importance of what has its own rows (n, r, h), biases (n, r) and columns (h, n, r), (n,)."""
    incoming = torch.cat([rows, biases[:, :, None]], dim=2).float().flatten(1).norm(dim=1)
    return incoming * columns.float().transpose(0, 1).flatten(1).norm(dim=1)


def _layers(network: Any) -> Iterator[Any]:
    yield from network.base_model.encoder.layer


def _prune_feed_forward(network: Any, share: float) -> int:
    width = network.config.intermediate_size
    count = _count("feed_forward", share, width)
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


def _prune_heads(network: Any, share: float) -> int:
    heads = network.config.num_attention_heads
    count = _count("heads", share, heads)
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


def _prune_magnitude(network: Any, share: float) -> int:
    matrices = [
        module.weight
        for module in network.base_model.encoder.modules()
        if isinstance(module, torch.nn.Linear)
    ]
    sizes = torch.cat([weights.abs().flatten() for weights in matrices])
    count = _count("magnitude", share, len(sizes))
    # By order, not by threshold: of equal ones, just so many.
    sizes[sizes.argsort(stable=True)[:count]] = -1
    pieces = (sizes < 0).split([weights.numel() for weights in matrices])
    for weights, piece in zip(matrices, pieces, strict=True):
        weights[piece.view_as(weights)] = 0
    return count
