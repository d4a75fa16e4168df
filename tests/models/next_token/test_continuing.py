"""Greedy continuations against those of transformers, one prompt at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from tiny_decoders import write_decoder

from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec
from metacompress.models.next_token.protocols import ContinuesTexts

if TYPE_CHECKING:
    from pathlib import Path

MOST = 12
PROMPTS = [
    "int scale(int count)\n{\n    int total",
    "def add(first, second):",
    "for (int index = 0; index < count; index++)",
    "/* très bien */ int",
    *(f"static int value{n}(int x)\n{{\n    return x * {n}" for n in range(30)),
]


# RWKV looks at padding, whatever a mask says, and at the other rows.
@pytest.fixture(scope="module", params=["llama", "gpt2", "rwkv"])
def directory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_decoder(tmp_path_factory.mktemp("decoder") / "model", request.param, seed=5)


def loaded(directory: Path, **options: object) -> LanguageModel:
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return LanguageModel(language_model_spec(f"causal:{directory}?{query}"))


def test_they_are_those_of_generate_token_for_token(directory: Path) -> None:
    model = loaded(directory, batch_size=8)
    assert isinstance(model, ContinuesTexts)
    found = model.continuations(PROMPTS, MOST)
    ended = 0
    for prompt, one in zip(PROMPTS, found, strict=True):
        ids = model.reader.prompt(prompt)
        given = torch.tensor([ids])
        with torch.inference_mode():
            rows = model.causal.model.generate(
                given, attention_mask=torch.ones_like(given), do_sample=False, max_new_tokens=MOST
            )
        expected = rows[0, len(ids) :].tolist()
        end = model.causal.tokenizer.eos_token_id
        ended += one.ended
        assert list(one.ids) == [token for token in expected if token != end]
        assert one.ended == (end in expected)
        assert prompt + one.text == model.reader.text([*ids, *one.ids])
        assert len(one.ends) == len(one.ids)
        assert list(one.ends) == sorted(one.ends)
    assert len({one.text for one in found}) > 10
    assert ended < len(found)


def test_the_batch_changes_nothing(directory: Path) -> None:
    together = loaded(directory).continuations(PROMPTS, MOST)
    for size in (1, 3):
        assert loaded(directory, batch_size=size).continuations(PROMPTS, MOST) == together
    alone = loaded(directory)
    assert [alone.continuations([one], MOST)[0] for one in PROMPTS[:3]] == together[:3]


def test_a_text_ends_where_its_model_says(directory: Path) -> None:
    model = loaded(directory)
    whole = model.continuations(PROMPTS[:1], MOST)[0]
    chosen = whole.ids[4]
    model.causal.model.generation_config.eos_token_id = [chosen]
    cut = model.continuations(PROMPTS[:1], MOST)[0]
    assert cut.ended
    assert cut.ids == whole.ids[: whole.ids.index(chosen)]
