"""Pruning: a language model without its least important layers, heads, neurons and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from metacompress.compression.output import extend_card, new_directory
from metacompress.compression.posttraining import decoders
from metacompress.compression.posttraining.decoder_layers import (
    depends_on_numbers,
    least_influential,
    logits_of,
    remove_layers,
    require_alike,
)
from metacompress.compression.posttraining.decoder_removal import (
    prune_decoder_feed_forward,
    prune_decoder_heads,
)
from metacompress.compression.posttraining.removal import zero_smallest
from metacompress.compression.posttraining.summary import PruneSummary
from metacompress.errors import ModelError
from metacompress.models.files.causal import save_causal
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.transformers_calls import loading
from metacompress.models.naming.location import directory_of
from metacompress.models.runtime.linear_layers import linear_weights
from metacompress.models.runtime.torch_runtime import inference
from metacompress.training.summary import CompressionStep

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.models.naming.spec import ModelSpec

# A second new token is the first one that is written from the state that the model keeps.
_STEPS = 2


def prune_decoder(
    spec: ModelSpec,
    out: Path,
    *,
    layers: int = 0,
    heads: float = 0.0,
    feed_forward: float = 0.0,
    magnitude: float = 0.0,
) -> PruneSummary:
    """Prune a language model, without retraining it.

    Whole layers go first (``least_influential``, on programs of the demo set), then inner neurons,
    heads and single weights of all linear layers but the output matrix. Layers and neurons are
    really gone; heads and weights become zero.

    Args:
        spec: names the model.
        out: directory to write; not there yet, or empty.
        layers: number of layers; at least one stays.
        heads: share of each layer's heads, in [0, 1); at least one stays.
        feed_forward: share of each layer's inner neurons, in [0, 1); at least one stays.
        magnitude: share of the single weights, in [0, 1).

    Raises:
        UsageError: a share takes nothing away, or all layers would go.
        ModelError: the model cannot be loaded, its layers are not known, what one computes
            depends on its number, or the others do not write text.
    """
    with new_directory(out) as made:
        causal = decoders.read_decoder(str(spec))
        model, name = causal.model, causal.name
        before, probes = decoders.parameters(model), decoders.probes(causal)
        writes_on = layers > 0 and _writes_on(model, probes[0])
        with torch.no_grad():
            gone = least_influential(model, layers, probes, name) if layers else []
            if gone:
                remove_layers(model, gone, probes[0], name)
            result: dict[str, Any] = {
                "layers": gone,
                "feed_forward": prune_decoder_feed_forward(model, feed_forward, name),
                "heads": prune_decoder_heads(model, heads, name),
                "weights": zero_smallest([one.weights for one in linear_weights(model)], magnitude),
            }
        result |= {
            "parameters_before": before,
            "parameters": decoders.parameters(model),
            "zeros": sum(int((weights == 0).sum()) for weights in model.parameters()),
        }
        save_causal(causal, made)
        if gone:
            _require_loads(model, made, probes[0], name, writes_on=writes_on)
        extend_card(directory_of(spec), made, _step(result))
    return PruneSummary.model_validate({"out": out, **result})


def _require_loads(
    model: Any, directory: Path, probe: torch.Tensor, name: str, *, writes_on: bool
) -> None:
    """Refuse a model that its own files do not make again; ``model`` is empty afterwards.

    Where the model wrote on before it was pruned, it must do so now: of some models the state of
    generation has its length from a layer of attention, and all of these may be gone.
    """
    expected = logits_of(model, probe, name)
    # There is room for one of them.
    model.to("meta")
    try:
        with loading(name):
            again, report = type(model).from_pretrained(
                directory, dtype=torch.float32, output_loading_info=True
            )
    except ModelError as error:
        raise depends_on_numbers(model, name) from error
    if report["missing_keys"] or report["unexpected_keys"]:
        raise depends_on_numbers(model, name)
    require_alike(logits_of(again.eval(), probe, name), expected, model, name)
    if writes_on and not _writes_on(again, probe):
        raise ModelError(
            f"{name}: {type(model).__name__} cannot write text without the layers that change "
            f"least; leave --layers out, or try another number of them",
            model=name,
        )


def _writes_on(model: Any, probe: torch.Tensor) -> bool:
    """Whether a model continues a text, which takes more of it than logits of that text."""
    try:
        with foreign_code(type(model).__name__), inference():
            model.generate(
                input_ids=probe,
                attention_mask=torch.ones_like(probe),
                max_new_tokens=_STEPS,
                do_sample=False,
            )
    except ModelError:
        return False
    return True


def _step(result: dict[str, Any]) -> CompressionStep:
    gone = ", ".join(map(str, result["layers"])) or "none"
    step = {
        "technique": "pruning",
        "scored": False,
        **result,
        "summary": f"Pruned: layers {gone} (from 0); of each layer {result['feed_forward']} inner "
        f"neurons and {result['heads']} attention heads; {result['weights']:,} single weights. "
        f"{result['parameters']:,} parameters, {result['zeros']:,} of them zero; before, there "
        f"were {result['parameters_before']:,}.",
    }
    return CompressionStep.model_validate(step)
