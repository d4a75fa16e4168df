"""Pruning: a BERT or RoBERTa classifier without its least important weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining.decoder_pruning import prune_decoder
from metacompress.compression.posttraining.decoders import is_decoder
from metacompress.compression.posttraining.removal import (
    check_shares,
    prune_feed_forward,
    prune_heads,
    prune_magnitude,
)
from metacompress.compression.posttraining.summary import PruneSummary
from metacompress.errors import ModelError, UsageError
from metacompress.models.files.pretrained import read_model
from metacompress.models.files.transformers_calls import quiet_transformers
from metacompress.models.loading import MODELS
from metacompress.models.naming.spec import ModelSpec
from metacompress.training.summary import CompressionStep

_FAMILIES = ("bert", "roberta")


def prune(
    model: str,
    out: str | Path,
    *,
    layers: int = 0,
    heads: float = 0.0,
    feed_forward: float = 0.0,
    magnitude: float = 0.0,
) -> PruneSummary:
    """Prune a sequence classifier or, see ``prune_decoder``, a causal language model.

    It is not retrained.

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
        layers: number of a language model's layers.
        heads: share of each layer's heads, in [0, 1); at least one stays.
        feed_forward: share of each layer's inner neurons, in [0, 1); at least one stays.
        magnitude: share of the single weights, in [0, 1).

    Raises:
        UsageError: a share is outside of [0, 1) or takes nothing away, all are 0, the model is of
            another kind, or ``out`` holds something.
        ModelError: the model cannot be loaded, or is neither BERT nor RoBERTa.
    """
    shares = {"heads": heads, "feed_forward": feed_forward, "magnitude": magnitude}
    check_shares(shares, layers=layers)
    spec = ModelSpec.parse(model, MODELS.names())
    if is_decoder(spec):
        return prune_decoder(spec, Path(out), layers=layers, **shares)
    if layers:
        raise UsageError(
            f"{spec}: --layers is for causal language models; this is a classifier", option="layers"
        )
    if spec.kind != "transformers":
        raise UsageError(
            f"{spec}: models of the kind {spec.kind} cannot be pruned; "
            f"give a Hugging Face directory or hub id",
            option="model",
        )
    with new_directory(Path(out)) as made:
        network, tokenizer = read_model(spec)
        family = network.config.model_type
        if family not in _FAMILIES:
            raise ModelError(
                f"{spec}: only BERT and RoBERTa can be pruned, and it is {family!r}", model=spec
            )
        before = _parameters(network)
        with torch.no_grad():
            counts = {
                "feed_forward": prune_feed_forward(network, feed_forward),
                "heads": prune_heads(network, heads),
                "weights": prune_magnitude(network, magnitude),
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


def _parameters(network: Any) -> int:
    return sum(weights.numel() for weights in network.parameters())
