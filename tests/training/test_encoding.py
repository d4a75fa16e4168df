"""Examples as token ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from tiny_models import examples, write_model

from metacompress.training.encoding import EncodedExamples

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_an_input_that_a_training_repeats_is_encoded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import AutoTokenizer

    monkeypatch.setattr("metacompress.training.encoding._CHUNK", 3)
    tokenizer = AutoTokenizer.from_pretrained(write_model(tmp_path / "model", "roberta"))
    asked: list[str] = []

    class Watched:
        pad_token_id = tokenizer.pad_token_id

        def __call__(self, texts: list[str], **options: Any) -> Any:
            asked.extend(texts)
            return tokenizer(texts, **options)

    texts = ["int a ;", "return a + b ;", "int a ;", "int b ;", "int a ;"]
    done: list[int] = []
    found = EncodedExamples(examples(*texts), Watched(), max_length=16, advance=done.append)
    assert asked == list(dict.fromkeys(texts))
    assert done == [3, 2]
    whole = tokenizer(texts, truncation=True, max_length=16)["input_ids"]
    for row, ids in enumerate(whole):
        np.testing.assert_array_equal(found[row]["input_ids"], ids)
