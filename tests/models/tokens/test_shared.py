from __future__ import annotations

import numpy as np

from metacompress.models.tokens.shared import Tokens, tokenizer_key, tokens_of


def test_a_text_is_tokenised_once_for_equal_tokenizers() -> None:
    made: list[str] = []

    def ask(key: str, *texts: str) -> list[int]:
        def make(rows: list[int]) -> list[Tokens]:
            made.extend(texts[row] for row in rows)
            return [Tokens({"input_ids": np.array([len(texts[row])])}, False) for row in rows]

        return [int(found.inputs["input_ids"][0]) for found in tokens_of(key, texts, make)]

    teacher = tokenizer_key("{}", 16, ["input_ids", "attention_mask"])
    student = tokenizer_key("{}", 16, ["attention_mask", "input_ids"])
    assert ask(teacher, "a", "bb", "a") == [1, 2, 1]
    assert ask(student, "bb", "ccc") == [2, 3]
    assert made == ["a", "bb", "ccc"]
    for other in (tokenizer_key("{ }", 16, ["input_ids"]), tokenizer_key("{}", 8, ["input_ids"])):
        made.clear()
        ask(other, "a")
        assert made == ["a"]
