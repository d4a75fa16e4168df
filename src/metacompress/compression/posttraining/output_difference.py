"""How far apart the outputs of two ONNX classifiers are, on random inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import softmax

from metacompress.errors import ModelError
from metacompress.models.backends.onnx import integers_of, logits_output
from metacompress.models.files.foreign import foreign_code
from metacompress.models.files.onnx_files import MODEL
from metacompress.models.tokens.window import input_limit

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

COMPARED_INPUTS = 16
_SEED = 0


def largest_difference(
    source: Path, made: Path, config: dict[str, Any], tokens: int, name: str
) -> float:
    """Of the probabilities of both directories' models, on random inputs."""
    before, after = _session(source, name), _session(made / MODEL, name)
    names = [entry.name for entry in before.get_inputs()]
    longest = input_limit(config, None, None, name)
    worst = 0.0
    for length in (min(9, longest), min(64, longest)):
        every = _inputs(config, tokens, rows=COMPARED_INPUTS // 2, length=length)
        if not every.keys() >= set(names):
            raise ModelError(
                f"{name}: of its inputs {', '.join(names)}, some are unknown", model=name
            )
        expected, found = (_probabilities(session, every, name) for session in (before, after))
        worst = max(worst, float(np.abs(found - expected).max()))
    return worst


def _session(path: Path, name: str) -> Any:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    with foreign_code(name, "ONNX Runtime cannot load it"):
        return onnxruntime.InferenceSession(path, settings, providers=["CPUExecutionProvider"])


def _probabilities(
    session: Any, inputs: dict[str, NDArray[np.int64]], name: str
) -> NDArray[np.float64]:
    with foreign_code(name, "ONNX Runtime cannot run it"):
        given = {
            entry.name: inputs[entry.name].astype(integers_of(entry, name))
            for entry in session.get_inputs()
        }
        (logits,) = session.run([logits_output(session, name)], given)
    if not np.isfinite(logits).all():
        raise ModelError(f"{name}: its outputs on random inputs are not finite", model=name)
    logits = logits.astype(np.float64)
    # One logit is the one of a class beside another whose logit is 0.
    both = (
        np.concatenate([logits, np.zeros_like(logits)], axis=1) if logits.shape[1] == 1 else logits
    )
    probabilities: NDArray[np.float64] = softmax(both, axis=-1)
    return probabilities


def _inputs(
    config: dict[str, Any], tokens: int, rows: int, length: int
) -> dict[str, NDArray[np.int64]]:
    """Random ones of ``tokens`` tokens, in two segments and of a length for each row.

    Returns:
        everything that a classifier can read, each (rows, length).
    """
    rng = np.random.default_rng((_SEED, length))
    pad = config.get("pad_token_id") or 0
    lengths = rng.integers(2, length, size=(rows, 1), endpoint=True)
    places = np.arange(length)
    mask = (places < lengths).astype(np.int64)
    ids = rng.integers(0, tokens, size=(rows, length))
    end = config.get("eos_token_id")
    if config.get("is_encoder_decoder") and isinstance(end, int):
        # Such a model is read where its input ends.
        ids = np.where(ids == end, (end + 1) % tokens, ids)
        ids = np.where(places == lengths - 1, end, ids)
    segments = (places >= lengths // 2) * mask * ((config.get("type_vocab_size") or 1) > 1)
    return {
        "input_ids": np.where(mask, ids, pad),
        "attention_mask": mask,
        "token_type_ids": segments,
    }
