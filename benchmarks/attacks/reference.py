"""Attacks as the published programs run them: the yardstick of compare.py.

One example at a time; every candidate is asked again however often it was asked before; every row
is padded to the model's whole block. The search itself is the package's, so that both sides ask
the same questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    RobertaConfig,
    RobertaForSequenceClassification,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.attacks.engine.base import Attack
    from metacompress.attacks.engine.subject import Candidate, Subject

# The published programs' --eval_batch_size.
BATCH = 64


class PaddedModel:
    """Probabilities of texts, every row padded to ``block`` tokens."""

    def __init__(self, directory: Path) -> None:
        if (directory / "config.json").is_file():
            self._model = AutoModelForSequenceClassification.from_pretrained(directory)
            tokenizer = AutoTokenizer.from_pretrained(directory)
            self.block = tokenizer.model_max_length
            self._encode = lambda text: tokenizer(text, truncation=True)["input_ids"]
            self._columns = [0, 1]
        else:
            self._model, tokenizer = _published(directory)
            self.block = 400
            self._encode = lambda text: [
                0,
                *tokenizer.encode(" ".join(text.split())).ids[: self.block - 2],
                2,
            ]
            self._columns = [1, 0]  # column 0 is the vulnerable class
        self._model.eval()

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        rows = [self._encode(text) for text in texts]
        ids = np.full((len(rows), self.block), 1, dtype=np.int64)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = tokens
        parts = []
        for start in range(0, len(ids), BATCH):
            batch = torch.from_numpy(ids[start : start + BATCH])
            with torch.inference_mode():
                logits = self._model(batch, attention_mask=batch.ne(1)).logits
            parts.append(torch.softmax(logits.double(), dim=-1).numpy())
        return np.concatenate(parts)[:, self._columns]


def attack_one_by_one(
    attack: Attack, subject: Subject, model: PaddedModel, rng: np.random.Generator
) -> tuple[Candidate | None, int]:
    """Run ``attack`` to its end; returns the adversarial candidate and the number of queries."""
    search = attack.search(subject, rng)
    queries = 0
    try:
        request = next(search)
        while True:
            queries += len(request)
            answers = model([candidate.example.programs[0].text for candidate in request])
            request = search.send(answers)
    except StopIteration as end:
        return end.value, queries


def _published(directory: Path) -> tuple[RobertaForSequenceClassification, Tokenizer]:
    """A Compressor student for single programs; its shape is in no file of it."""
    config = RobertaConfig(
        vocab_size=1000,
        hidden_size=96,
        num_hidden_layers=12,
        num_attention_heads=8,
        intermediate_size=64,
        max_position_embeddings=514,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        num_labels=2,
    )
    model = RobertaForSequenceClassification(config)
    state = torch.load(directory / "model.bin", map_location="cpu", weights_only=True)
    state = {name.removeprefix("encoder."): value for name, value in state.items()}
    missing, _ = model.load_state_dict(state, strict=False)
    if missing:
        raise SystemExit(f"{directory}: no published student, it lacks {missing[0]}")
    return model, Tokenizer.from_file(str(next(directory.glob("BPE_*.json"))))
