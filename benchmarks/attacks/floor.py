"""The floor of compare.py: the bare forward of texts by the cheapest exact back end.

No code of the package runs here but its ONNX export: texts are tokenised, and each different
sequence of tokens is padded to the next multiple of 16 and run once, beside others of its length.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from metacompress.models.files.onnx_export import export_onnx
from metacompress.models.files.onnx_files import MODEL
from metacompress.models.naming.spec import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reference import Victim

    _Forward = Callable[[np.ndarray], np.ndarray]

_ROWS = (8, 32, 128)
_STEP = 16
_SAMPLE = 32
_TOLERANCE = 1e-5
_PAD = 1


class Floor:
    """The cheapest exact way to run a victim, chosen once on a sample.

    Args:
        victim: the model.
        directory: where it stands.
        sample: texts to choose on.
        scratch: a directory for the export, as long as the floor is used.
    """

    def __init__(
        self, victim: Victim, directory: Path, sample: Sequence[str], scratch: Path
    ) -> None:
        self._victim = victim
        forwards = {"torch": victim.probabilities}
        if (directory / "config.json").is_file():
            forwards["onnx"] = _exported(victim, directory, scratch / "export")
        rows = sorted(map(victim.encode, sample[:_SAMPLE]), key=len)
        expected = _run(victim.probabilities, victim, rows, 8)[1]
        for name, forward in forwards.items():
            assert np.abs(_run(forward, victim, rows, 8)[1] - expected).max() <= _TOLERANCE, name
        seconds: dict[tuple[str, int], float] = {}
        # Interleaved, twice: the less of two is the less disturbed.
        for name, forward in list(forwards.items()) * 2:
            for size in _ROWS:
                spent = _run(forward, victim, rows, size)[0]
                seconds[name, size] = min(spent, seconds.get((name, size), spent))
        self.back_end, self.rows = min(seconds, key=seconds.__getitem__)
        self._forward = forwards[self.back_end]

    def cpu_seconds(self, texts: Sequence[str]) -> tuple[float, int]:
        """Of tokenising ``texts`` and running what differs among them; and how many those are."""
        start = time.process_time()
        distinct = {tuple(self._victim.encode(text)) for text in texts}
        rows = sorted(distinct, key=len)
        _run(self._forward, self._victim, rows, self.rows)
        return time.process_time() - start, len(rows)


def _run(
    forward: _Forward, victim: Victim, rows: Sequence[Sequence[int]], size: int
) -> tuple[float, np.ndarray]:
    """Processor seconds, and the probabilities of sequences that stand in the order of length."""
    start = time.process_time()
    by_length: dict[int, list[Sequence[int]]] = {}
    for row in rows:
        length = min(-(-len(row) // _STEP) * _STEP, victim.block)
        by_length.setdefault(length, []).append(row)
    parts = [
        forward(victim.padded(group[at : at + size], length))
        for length, group in by_length.items()
        for at in range(0, len(group), size)
    ]
    return time.process_time() - start, np.concatenate(parts)


def _exported(victim: Victim, directory: Path, out: Path) -> _Forward:
    export_onnx(ModelSpec("transformers", str(directory)), out)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(out / MODEL, options, providers=["CPUExecutionProvider"])
    names = {one.name for one in session.get_inputs()}

    def forward(ids: np.ndarray) -> np.ndarray:
        inputs = {
            "input_ids": ids,
            "attention_mask": (ids != _PAD).astype(np.int64),
            "token_type_ids": np.zeros_like(ids),
        }
        (logits,) = session.run(None, {name: inputs[name] for name in names})
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        return victim.in_order(exponents / exponents.sum(axis=1, keepdims=True))

    return forward
