"""Tiny classifiers in the Hugging Face layout, with random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.data.example import Example, Program
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("<s>", "<pad>", "</s>", "<unk>", "int", "a", "b", "return", ";", "+", "(", ")")
FAMILIES: dict[str, dict[str, Any]] = {
    "bert": {"intermediate_size": 8, "max_position_embeddings": 40},
    "roberta": {"intermediate_size": 8, "max_position_embeddings": 40},
    "t5": {
        "d_model": 8,
        "d_kv": 4,
        "d_ff": 8,
        "num_layers": 1,
        "num_heads": 2,
        "eos_token_id": 2,
        "decoder_start_token_id": 1,
    },
    "gpt2": {"n_embd": 8, "n_layer": 1, "n_head": 2, "n_positions": 40},
}
SMALL = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}


def examples(*texts: str) -> tuple[Example, ...]:
    """Unlabelled examples of one program each."""
    made = texts or ("int a ;", "return a + b ;", "int b ; return ( b + a + unseen ) ;")
    return tuple(
        Example(str(k), (Program(text, Language.C),), None, str(k), (str(k),))
        for k, text in enumerate(made)
    )


def write_model(directory: Path, family: str = "bert", **settings: Any) -> Path:
    """Save a model of ``family`` with a tokenizer; ``settings`` are of its configuration."""
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification

    torch.manual_seed(0)
    fields = {"vocab_size": len(WORDS), "pad_token_id": 1, **FAMILIES[family], **settings}
    if family in ("bert", "roberta"):
        fields = {**SMALL, **fields}
    config = AutoConfig.for_model(family, **fields)
    model = AutoModelForSequenceClassification.from_config(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(8 if weights.dim() > 1 and family != "t5" else 1)
    model.save_pretrained(directory)
    write_tokenizer(directory, family)
    return directory


def write_tokenizer(directory: Path, family: str = "bert") -> None:
    """Save a tokenizer of words; a decoder's knows no padding and no frame."""
    from tokenizers import Tokenizer, pre_tokenizers, processors
    from tokenizers.models import WordLevel
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(WordLevel({word: k for k, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    names = {"unk_token": "<unk>", "eos_token": "</s>"}
    if family != "gpt2":
        start = "" if family == "t5" else "<s> "
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{start}$A </s>",
            pair=f"{start}$A </s> $B </s>",
            special_tokens=[("<s>", 0), ("</s>", 2)],
        )
        names |= {"pad_token": "<pad>", "bos_token": "<s>"}
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=32,
        model_input_names=["input_ids", "attention_mask"],
        **names,
    ).save_pretrained(directory)
