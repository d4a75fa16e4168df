"""Tiny causal language models: random weights and a byte-level tokenizer, made in a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FAMILIES: dict[str, dict[str, Any]] = {
    "llama": {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 256,
        "tie_word_embeddings": True,
    },
    "gpt2": {"n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 256},
}
BEGIN, END = "<|begin|>", "<|end|>"
_TOKENS = 400
_TEXTS = [
    "int total = 0;\nfor (int index = 0; index < count; index++)\n    total += values[index];\n",
    "def add(first, second):\n    return first + second\n",
    "static int scale(int count, const int *values)\n{\n    return count * values[0];\n}\n",
    "Is it safe? Answer: yes\nIs it safe? Answer: no\nAnswer: Yes\nAnswer: No\n",
]


def write_decoder(directory: Path, family: str = "llama", seed: int = 0, **settings: Any) -> Path:
    """Save a causal model of ``family``; ``settings`` are of its configuration.

    Llama's inputs begin with a token of their own, GPT-2's do not. Weights are large enough that
    what a model predicts depends on all that it reads.
    """
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    tokenizer = decoder_tokenizer(begins=family == "llama")
    tokenizer.save_pretrained(directory)
    torch.manual_seed(seed)
    special = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    fields = {"vocab_size": len(tokenizer), "pad_token_id": None, **special, **FAMILIES[family]}
    config = AutoConfig.for_model(family, **{**fields, **settings})
    model = AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(8 if weights.dim() > 1 else 1)
    model.save_pretrained(directory)
    return directory


def decoder_tokenizer(*, begins: bool) -> Any:
    """A byte-level tokenizer; ``begins`` says whether its inputs begin with a special token."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_TOKENS,
        special_tokens=[BEGIN, END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_TEXTS * 2, trainer)
    if begins:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{BEGIN} $A", special_tokens=[(BEGIN, tokenizer.token_to_id(BEGIN))]
        )
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token=BEGIN, eos_token=END)
