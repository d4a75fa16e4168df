"""Own models of many architectures and layouts: which load, and with which words others do not.

Makes small models with transformers, with random weights, and checks mock: against each on the
embedded demo set. Prints JSON.

    python benchmarks/model_layouts.py > benchmarks/results/model-layouts.json
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
import transformers
from tokenizers import Tokenizer, pre_tokenizers, processors
from tokenizers.models import WordLevel
from transformers import AutoConfig, AutoModelForSequenceClassification, PreTrainedTokenizerFast

import metacompress
from metacompress.data.demo import demo_examples
from metacompress.data.task import TASKS
from metacompress.errors import MetaCompressError

if TYPE_CHECKING:
    from collections.abc import Callable

TASK = "clone-detection"
INPUTS = 6
PAD, UNKNOWN, START, END = "<pad>", "<unk>", "<s>", "</s>"
SMALL = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "pad_token_id": 1}
ENCODER = {**SMALL, "intermediate_size": 16, "max_position_embeddings": 130}
ARCHITECTURES: dict[str, dict[str, Any]] = {
    "bert": {**ENCODER, "pad_token_id": 1},
    "roberta": ENCODER,
    "distilbert": {"dim": 16, "n_layers": 1, "n_heads": 2, "hidden_dim": 16, "pad_token_id": 1},
    "albert": {**ENCODER, "embedding_size": 8},
    "deberta-v2": {**ENCODER, "relative_attention": True, "pos_att_type": ["c2p", "p2c"]},
    "modernbert": {**ENCODER, "cls_token_id": 0, "sep_token_id": 2},
    "electra": {**ENCODER, "embedding_size": 8},
    "t5": {
        "d_model": 16, "d_kv": 8, "d_ff": 16, "num_layers": 1, "num_heads": 2, "pad_token_id": 1,
        "eos_token_id": 2, "decoder_start_token_id": 1,
    },
    "bart": {
        "d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2,
        "decoder_attention_heads": 2, "encoder_ffn_dim": 16, "decoder_ffn_dim": 16,
        "max_position_embeddings": 130, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2,
        "id2label": {0: "distinct", 1: "clone"},
    },
    "gpt2": {"n_embd": 16, "n_layer": 1, "n_head": 2, "n_positions": 130, "pad_token_id": None},
    "qwen2": {
        **ENCODER, "num_key_value_heads": 1, "pad_token_id": None, "eos_token_id": 2,
        "bos_token_id": 0,
    },
}  # fmt: skip
DECODERS = ("gpt2", "qwen2")


@dataclass(frozen=True)
class Outcome:
    """What came of one model."""

    name: str
    ok: bool
    words: str
    seconds: float


def main() -> None:
    """Make, check and print."""
    warnings.simplefilter("ignore")
    logging.getLogger("transformers").setLevel(logging.ERROR)
    transformers.utils.logging.disable_progress_bar()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)  # short names in messages
        outcomes = [_outcome(name, make) for name, make in _layouts(Path()).items()]
    models = [
        {
            "model": one.name,
            "loads": one.ok,
            "result": one.words.replace(scratch, "."),
            "seconds": round(one.seconds, 1),
        }
        for one in outcomes
    ]
    loaded = sum(one.ok for one in outcomes)
    print(json.dumps({"loaded": loaded, "of": len(models), "models": models}, indent=1))


def _outcome(name: str, make: Callable[[], str]) -> Outcome:
    print(name, file=sys.stderr)
    model = make()
    start = time.perf_counter()
    examples = tuple(demo_examples(TASKS.get(TASK), "test", None))[:INPUTS]
    try:
        run = Path("runs") / str(abs(hash(name)))
        result = metacompress.check(model, "mock:", examples, report=False, task=TASK, run=run)
        ok, words = True, f"loads; check of mock: against it: {result.verdict}"
    except MetaCompressError as error:
        ok, words = False, f"refused: {error}"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        ok, words = False, f"TRACEBACK {type(error).__name__}: {str(error)[:200]}"
    return Outcome(name, ok, f"{model} {words}", time.perf_counter() - start)


def _layouts(here: Path) -> dict[str, Callable[[], str]]:
    made: dict[str, Callable[[], str]] = {
        family: lambda family=family: str(_model(here / family, family)) for family in ARCHITECTURES
    }
    return made | {
        "ONNX, exported by metacompress": lambda: f"onnx:{_export(here / 'onnx', 'bert')}",
        "ONNX of T5": lambda: f"onnx:{_export(here / 'onnx-t5', 't5')}",
        "ONNX of GPT-2": lambda: f"onnx:{_export(here / 'onnx-gpt2', 'gpt2')}",
        "ONNX, Optimum's layout": lambda: f"onnx:{_optimum(here / 'optimum')}",
        "ONNX, quantised": lambda: f"onnx:{_quantized(here / 'int8')}",
        "LoRA adapter": lambda: str(_lora(here / "lora")),
        "one logit": lambda: str(_model(here / "logit", "bert", num_labels=1)),
        "one logit, ?labels=clone": lambda: (
            f"{_model(here / 'logit', 'bert', num_labels=1)}?labels=clone"
        ),
        "names yes and no": lambda: str(_named(here / "named")),
        "names yes and no, ?positive=yes": lambda: f"{_named(here / 'named')}?positive=yes",
        "names yes and no, ?labels=distinct,clone": lambda: (
            f"{_named(here / 'named')}?labels=distinct,clone"
        ),
        "three classes": lambda: str(_model(here / "three", "bert", num_labels=3)),
        "no tokenizer": lambda: str(_without(here / "bare", "tokenizer")),
        "no config.json": lambda: str(_without(here / "headless", "config.json")),
        "no weights": lambda: str(_without(here / "empty", "model")),
        "no head": lambda: str(_encoder(here / "encoder")),
        "code of its own (auto_map)": lambda: str(_remote(here / "remote")),
        "code of its own, ?trust_remote_code=true": lambda: (
            f"{_remote(here / 'remote')}?trust_remote_code=true"
        ),
        "sharded safetensors": lambda: str(_sharded(here / "shards")),
        "pytorch_model.bin": lambda: str(_pickled(here / "pickled")),
        "published state dict": lambda: (
            f"codexglue:{_published(here / 'published')}?heads=2&max_length=100"
        ),
        "published state dict without its kind": lambda: str(_published(here / "published")),
        "a path with : and ?": lambda: str(_model(here / "a:b?c=d", "bert")),
        "a path that is not there": lambda: "models/studnet",
        "a mistyped hub id": lambda: "microsft/codebert-base",
        "GGUF file": lambda: str(_file(here / "model.gguf")),
    }


def _tokenizer(family: str) -> PreTrainedTokenizerFast:
    texts = [
        program.text
        for example in tuple(demo_examples(TASKS.get(TASK), "test", None))[:40]
        for program in example.programs
    ]
    words = dict.fromkeys([START, PAD, END, UNKNOWN])
    for text in texts:
        words.update(dict.fromkeys(text.split()))
    tokenizer = Tokenizer(WordLevel({word: k for k, word in enumerate(words)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special: dict[str, str] = {"unk_token": UNKNOWN, "eos_token": END}
    if family in DECODERS:  # no padding token, and nothing around an input
        return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=128, **special)
    frame = ("$A </s>", "$A </s> $B </s>") if family == "t5" else (
        "<s> $A </s>", "<s> $A </s> $B </s>"
    )  # fmt: skip
    tokenizer.post_processor = processors.TemplateProcessing(
        single=frame[0], pair=frame[1], special_tokens=[(START, 0), (END, 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=128,
        pad_token=PAD,
        cls_token=START,
        sep_token=END,
        bos_token=START,
        model_input_names=["input_ids", "attention_mask"],
        **special,
    )


def _model(out: Path, family: str, **settings: Any) -> Path:
    if not out.exists():
        torch.manual_seed(0)
        tokenizer = _tokenizer(family)
        fields = {**ARCHITECTURES[family], "vocab_size": len(tokenizer), **settings}
        model = AutoModelForSequenceClassification.from_config(
            AutoConfig.for_model(family, **fields)
        )
        model.save_pretrained(out)
        tokenizer.save_pretrained(out)
    return out


def _named(out: Path) -> Path:
    return _model(out, "bert", id2label={0: "yes", 1: "no"}, label2id={"yes": 0, "no": 1})


def _export(out: Path, family: str) -> Path:
    model = _model(out.with_name(f"{out.name}-of"), family)
    try:
        metacompress.export(str(model), out)
    except MetaCompressError as error:
        print(f"{family}: {error}", file=sys.stderr)
        return model
    return out


def _optimum(out: Path) -> Path:
    exported = _export(out.with_name("exported"), "roberta")
    shutil.copytree(exported, out)
    (out / "onnx").mkdir()
    (out / "model.onnx").rename(out / "onnx" / "model.onnx")
    return out


def _quantized(out: Path) -> Path:
    metacompress.quantize(str(_model(out.with_name("int8-of"), "bert")), out)
    return out


def _lora(out: Path) -> Path:
    base = _model(out.with_name("lora-base"), "bert")
    try:
        import peft
    except ModuleNotFoundError:
        out.mkdir()
        settings = {"peft_type": "LORA", "base_model_name_or_path": str(base)}
        (out / "adapter_config.json").write_text(json.dumps(settings))
        return out
    model = AutoModelForSequenceClassification.from_pretrained(base)
    settings = peft.LoraConfig(task_type="SEQ_CLS", r=2, target_modules=["query", "value"])
    peft.get_peft_model(model, settings).save_pretrained(out)
    return out


def _without(out: Path, prefix: str) -> Path:
    _model(out, "bert")
    for path in out.glob(f"{prefix}*"):
        path.unlink()
    return out


def _encoder(out: Path) -> Path:
    model = AutoModelForSequenceClassification.from_pretrained(_model(out, "bert"))
    model.base_model.save_pretrained(out)
    return out


def _remote(out: Path) -> Path:
    if not out.exists():
        _model(out, "bert")
        (out / "own.py").write_text(
            "from transformers import BertConfig, BertForSequenceClassification\n"
            "class OwnConfig(BertConfig):\n    model_type = 'own'\n"
            "class Own(BertForSequenceClassification):\n    config_class = OwnConfig\n"
        )
        path = out / "config.json"
        names = {
            "AutoConfig": "own.OwnConfig",
            "AutoModelForSequenceClassification": "own.Own",
        }
        config = json.loads(path.read_text()) | {"model_type": "own", "auto_map": names}
        path.write_text(json.dumps(config))
    return out


def _sharded(out: Path) -> Path:
    model = AutoModelForSequenceClassification.from_pretrained(_model(out, "bert"))
    (out / "model.safetensors").unlink()
    model.save_pretrained(out, max_shard_size="10KB")
    return out


def _pickled(out: Path) -> Path:
    model = AutoModelForSequenceClassification.from_pretrained(_model(out, "bert"))
    (out / "model.safetensors").unlink()
    torch.save(model.state_dict(), out / "pytorch_model.bin")
    return out


def _published(out: Path) -> Path:
    if not out.exists():
        model = AutoModelForSequenceClassification.from_pretrained(
            _model(out.with_name("published-of"), "roberta")
        )
        out.mkdir()
        head = torch.nn.Linear(32, 16).state_dict()
        projection = model.classifier.out_proj.state_dict()
        state = {f"encoder.{name}": value for name, value in model.state_dict().items()}
        state |= {f"classifier.dense.{name}": value for name, value in head.items()}
        state |= {f"classifier.out_proj.{name}": value for name, value in projection.items()}
        torch.save(state, out / "model.bin")
        shutil.copy(out.with_name("published-of") / "tokenizer.json", out)
    return out


def _file(path: Path) -> Path:
    path.write_bytes(b"GGUF\x03\x00\x00\x00")
    return path


if __name__ == "__main__":
    main()
