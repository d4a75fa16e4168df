"""Functions with tests, decoders that learnt them by heart, and settings of studies on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tiny_decoders import write_decoder

from metacompress.settings.validation import validated
from metacompress.study.completions.config import CompletionsConfig

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = ("alpha", "beta", "gamma", "delta", "omega", "sigma")
OLD, NEW = "total", "result"
_STEPS = 90


def function(number: int, name: str = OLD) -> str:
    word = _WORDS[number]
    return (
        f"def {word}(values):\n"
        f"    {name} = {number}\n"
        "    for value in values:\n"
        f"        {name} += value * {number + 1}\n"
        f"    return {name}\n"
    )


def rows() -> list[dict[str, Any]]:
    """Rows as MBPP has them."""
    return [
        {
            "task_id": number,
            "text": f"Add up {word}.",
            "code": function(number),
            "test_list": [
                f"assert {word}([]) == {number}",
                f"assert {word}([1, 2]) == {number + 3 * (number + 1)}",
            ],
        }
        for number, word in enumerate(_WORDS)
    ]


def write_rows(path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    return path


def write_substitutes(path: Path) -> Path:
    """A renaming for which the decoder has learnt the functions, too."""
    names = [{"idx": str(row["task_id"]), "substitutes": {OLD: [NEW]}} for row in rows()]
    path.write_text("".join(json.dumps(row) + "\n" for row in names), encoding="utf-8")
    return path


def write_learnt(directory: Path) -> Path:
    """A decoder that has learnt the functions by heart with either name, in a few seconds."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    write_decoder(directory, initializer_range=0.02, hidden_size=48)
    tokenizer = AutoTokenizer.from_pretrained(directory)
    model = AutoModelForCausalLM.from_pretrained(directory)
    torch.manual_seed(0)
    with torch.no_grad():
        for weights in model.parameters():
            if weights.dim() > 1:
                weights.normal_(0, 0.08)
    texts = [
        tokenizer(function(number, name) + tokenizer.eos_token)["input_ids"]
        for number in range(len(_WORDS))
        for name in (OLD, NEW)
    ]
    longest = max(map(len, texts))
    ids = torch.tensor([text + [0] * (longest - len(text)) for text in texts])
    mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in texts])
    labels = ids.masked_fill(mask == 0, -100)
    optimizer = torch.optim.AdamW(model.parameters(), lr=8e-3)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        model(input_ids=ids, attention_mask=mask, labels=labels).loss.backward()
        optimizer.step()
    model.save_pretrained(directory)
    return directory


def write_noisy(directory: Path, learnt: Path, noise: float) -> Path:
    """The same decoder with weights that are off by a share of their size."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(learnt)
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for weights in model.parameters():
            weights.mul_(1 + noise * torch.randn(weights.shape, generator=generator))
    model.save_pretrained(directory)
    AutoTokenizer.from_pretrained(learnt).save_pretrained(directory)
    return directory


def settings(decoders: dict[str, Path], data: Path, **others: Any) -> CompletionsConfig:
    given = {
        "teacher": decoders["teacher"].as_posix(),
        "student": {"near": decoders["near"].as_posix(), "far": decoders["far"].as_posix()},
        "data": {"path": data.as_posix(), "language": "python"},
        "transforms": ["rename-identifiers"],
        "substitutes": (data.parent / "names.jsonl").as_posix(),
        "tests": data.as_posix(),
        "lines": 1,
        "tokens": 60,
        "workers": 1,
    }
    return validated(CompletionsConfig, {**given, **others})
