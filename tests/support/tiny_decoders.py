"""Tiny causal language models: random weights and a byte-level tokenizer, made in a second."""

from __future__ import annotations

import json
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
    "mpt": {"d_model": 32, "n_layers": 2, "n_heads": 4, "max_seq_len": 32},
    "rwkv": {"hidden_size": 32, "num_hidden_layers": 2, "context_length": 256},
}
_LLAMA_LIKE: dict[str, dict[str, Any]] = {
    "cohere": {"logit_scale": 0.25},
    "deepseek_v3": {
        "num_key_value_heads": 4, "first_k_dense_replace": 1, "n_routed_experts": 2,
        "num_experts_per_tok": 1, "moe_intermediate_size": 16, "n_group": 1, "topk_group": 1,
        "q_lora_rank": 8, "kv_lora_rank": 8, "qk_rope_head_dim": 8, "qk_nope_head_dim": 8,
        "v_head_dim": 8,
    },
    "diffllama": {},
    "falcon_h1": {
        "head_dim": 8, "mamba_d_ssm": 32, "mamba_n_heads": 4, "mamba_d_head": 8,
        "mamba_n_groups": 1, "mamba_d_state": 8, "mamba_chunk_size": 16, "lm_head_multiplier": 0.3,
    },
    "gemma2": {"head_dim": 8, "sliding_window": 8, "final_logit_softcapping": 3.0},
    "granite": {"logits_scaling": 4.0},
    "llama4_text": {
        "head_dim": 8, "intermediate_size_mlp": 64, "num_local_experts": 2,
        "num_experts_per_tok": 1, "attention_chunk_size": 8,
    },
    "lfm2": {"conv_L_cache": 3, "block_multiple_of": 16},
    "phi": {},
    "qwen2_moe": {
        "moe_intermediate_size": 16, "shared_expert_intermediate_size": 16, "num_experts": 2,
        "num_experts_per_tok": 1, "mlp_only_layers": [1],
    },
}  # fmt: skip
FAMILIES |= {name: {**FAMILIES["llama"], **own} for name, own in _LLAMA_LIKE.items()}
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


def write_gguf(model: Any, tokenizer: Any, path: Path) -> None:
    """Write a Llama as llama.cpp's converter does: names of its own, rotary halves interleaved."""
    import gguf

    config = model.config
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(config.vocab_size)
    vocabulary = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    tokens = sorted(tokenizer.get_vocab().items(), key=lambda one: one[1])
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([token for token, _ in tokens])
    writer.add_token_types([3 if token.startswith("<|") else 1 for token, _ in tokens])
    writer.add_token_merges([" ".join(pair) for pair in vocabulary["merges"]])
    writer.add_bos_token_id(tokenizer.bos_token_id)
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_add_bos_token(True)
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config.num_hidden_layers)
    for name, weights in model.state_dict().items():
        if name == "lm_head.weight":
            continue
        count = next((count for part, count in heads.items() if part in name), None)
        tensor = weights
        if count is not None:
            halves = tensor.reshape(count, 2, -1, tensor.shape[1])
            tensor = halves.swapaxes(1, 2).reshape(tensor.shape)
        writer.add_tensor(names.get_name(name, (".weight",)), tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
