from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest
import torch
from tiny_decoders import decoder_tokenizer, write_decoder, write_gguf
from tiny_models import write_model

from metacompress.errors import ModelError, UsageError
from metacompress.models.files.causal import CausalModel, CausalOptions, read_causal
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.naming.spec import ModelSpec

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "def add(first, second):\n    return first"


def read(path: Path, **options: Any) -> CausalModel:
    return read_causal(ModelSpec("causal", str(path)), CausalOptions(**options))


def logits(loaded: CausalModel) -> torch.Tensor:
    ids = loaded.tokenizer(TEXT, return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        result: torch.Tensor = loaded.model(input_ids=ids).logits
    return result


def digest(loaded: CausalModel) -> str:
    settings = dict(loaded.identity)
    return fingerprint(loaded.files, packages=settings.pop("packages"), **settings)


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_whole_and_sharded_checkpoints_are_the_same_model(tmp_path: Path, family: str) -> None:
    whole = read(write_decoder(tmp_path / "whole", family))
    loaded = read(tmp_path / "whole")
    loaded.model.save_pretrained(tmp_path / "sharded", max_shard_size="20KB")
    loaded.tokenizer.save_pretrained(tmp_path / "sharded")
    assert len(list((tmp_path / "sharded").glob("*.safetensors"))) > 1
    sharded = read(tmp_path / "sharded")
    torch.testing.assert_close(logits(sharded), logits(whole), rtol=0, atol=0)
    assert sharded.weights_digest == whole.weights_digest
    assert (whole.max_length, whole.device.type) == (256, "cpu")
    assert not any(one.requires_grad for one in whole.model.parameters())


def test_identity_follows_weights_precision_and_window(tmp_path: Path) -> None:
    first = read(write_decoder(tmp_path / "first"))
    again = read(write_decoder(tmp_path / "again"))
    other = read(write_decoder(tmp_path / "other", seed=1))
    assert digest(first) == digest(again) != digest(other)
    assert first.weights_digest != other.weights_digest
    half = read(tmp_path / "first", dtype="bfloat16")
    assert half.model.dtype == torch.bfloat16
    assert len({digest(first), digest(half), digest(read(tmp_path / "first", max_length=64))}) == 3
    assert first.weights_digest != half.weights_digest


def test_a_gguf_file_is_the_model_that_it_was_written_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("gguf")
    original = read(write_decoder(tmp_path / "original"))
    path = tmp_path / "files" / "model.gguf"
    path.parent.mkdir()
    write_gguf(original.model, original.tokenizer, path)
    capsys.readouterr()
    loaded = read(path)
    assert capsys.readouterr() == ("", "")
    torch.testing.assert_close(logits(loaded), logits(original), rtol=0, atol=1e-5)
    by_option = read(path.parent, gguf_file=path.name)
    assert digest(by_option) == digest(loaded)
    assert loaded.files == (path,)
    with pytest.raises(ModelError, match=r"none\.gguf: no such file"):
        read(path.parent, gguf_file="none.gguf")
    with pytest.raises(UsageError, match="is a file"):
        read(path, gguf_file="model.gguf")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(ModelError, match="cannot be loaded"):
        read(path)


def test_an_adapter_is_merged_into_its_base(tmp_path: Path) -> None:
    peft = pytest.importorskip("peft")
    base = read(write_decoder(tmp_path / "base"))
    before = logits(base)
    config = peft.LoraConfig(r=2, target_modules=["q_proj"], init_lora_weights=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # peft asks for what transformers is about to rename
        adapted = peft.get_peft_model(base.model, config)
    adapted.save_pretrained(tmp_path / "adapter")
    with torch.inference_mode():
        ids = base.tokenizer(TEXT, return_tensors="pt")["input_ids"]
        expected = adapted(input_ids=ids).logits
    settings = tmp_path / "adapter/adapter_config.json"
    stated = json.loads(settings.read_text()) | {"base_model_name_or_path": str(tmp_path / "base")}
    settings.write_text(json.dumps(stated))
    loaded = read(tmp_path / "adapter")
    torch.testing.assert_close(logits(loaded), expected, rtol=0, atol=1e-4)
    assert float((logits(loaded) - before).abs().max()) > 1e-2
    assert {file.parent.name for file in loaded.files} == {"adapter", "base"}


def test_what_is_not_a_causal_language_model_is_refused(tmp_path: Path) -> None:
    for family in ("gpt2", "bert", "t5"):
        write_model(tmp_path / family, family)
    with pytest.raises(ModelError, match=r"not a causal language model: .*json says GPT"):
        read(tmp_path / "gpt2")
    with pytest.raises(ModelError, match=r"not a causal language model: .*json says Bert"):
        read(tmp_path / "bert")
    with pytest.raises(ModelError, match="cannot be loaded"):
        read(tmp_path / "t5")


def test_an_encoder_with_a_head_for_words_is_refused(tmp_path: Path) -> None:
    from transformers import BertConfig, BertForMaskedLM

    tokenizer = decoder_tokenizer(begins=True)
    tokenizer.save_pretrained(tmp_path)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
    )
    BertForMaskedLM(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="depends on the tokens behind it"):
        read(tmp_path)


def test_a_tokenizer_of_another_model_is_refused(tmp_path: Path) -> None:
    write_decoder(tmp_path, vocab_size=100)
    with pytest.raises(ModelError, match=r"token id \d+, and the model embeds 100 tokens"):
        read(tmp_path)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    path = write_decoder(tmp_path) / "model.safetensors"
    weights = load_file(path)
    weights.pop("model.layers.1.mlp.up_proj.weight")
    save_file(weights, path, metadata={"format": "pt"})
    with pytest.raises(ModelError, match="lacks 1 weights of LlamaForCausalLM"):
        read(tmp_path)
