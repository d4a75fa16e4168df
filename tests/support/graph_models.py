"""Small models that read data flow, in the layouts that they are published in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HIDDEN, POSITIONS, VOCABULARY = 32, 130, 400
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def byte_pairs(texts: Iterable[str], *, published: bool) -> Tokenizer:
    """Byte pairs as Compressor trains them, or as RoBERTa has them (case, no space in front)."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>" if published else None))
    if published:
        tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=published)
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=SPECIAL,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def roberta(labels: int = 2) -> object:
    """A RobertaForSequenceClassification with random weights that are far from each other."""
    from transformers import RobertaConfig, RobertaForSequenceClassification

    torch.manual_seed(1)
    config = RobertaConfig(
        vocab_size=VOCABULARY,
        hidden_size=HIDDEN,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=POSITIONS,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        pad_token_id=1,
        num_labels=labels,
        initializer_range=0.3,
    )
    return RobertaForSequenceClassification(config).eval()


def write_clone_model(directory: Path, tokenizer: Tokenizer) -> dict[str, torch.Tensor]:
    """The published layout of the clone task: a wrapper around a classifier's encoder."""
    directory.mkdir()
    state = {f"encoder.{name}": value for name, value in roberta().state_dict().items()}
    state |= {
        "classifier.dense.weight": 0.1 * torch.randn(HIDDEN, 2 * HIDDEN),
        "classifier.dense.bias": torch.randn(HIDDEN),
        "classifier.out_proj.weight": 0.1 * torch.randn(2, HIDDEN),
        "classifier.out_proj.bias": torch.zeros(2),
    }
    torch.save(state, directory / "model.bin")
    tokenizer.save(str(directory / "BPE_400.json"))
    return state
