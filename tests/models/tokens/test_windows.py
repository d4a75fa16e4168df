from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.example import Example, Program
from metacompress.lang.language import Language
from metacompress.models.loading import load_classifier
from metacompress.models.token_classifier import AnswersByTokens, read_key
from metacompress.models.tokens import window

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
MODELS = (
    "transformers:{}/models/devign_student",
    "codexglue:{}/models/compressor_codebert_vulnerability_prediction",
)


def example(text: str) -> Example:
    return Example("x", (Program(text, Language.C),), None, "x", ("x",))


def texts() -> list[str]:
    statement = "total = total + values[index] * 17;\n    "
    wide = " " * 40_000
    return [
        "int f(void) {" + statement * 900 + "}",
        "x" * 60_000,  # one word, longer than any prefix
        wide + "int f(void) { return 1; }",  # the prefix is empty
        "int f(void) {" + wide + "return 1; }",  # the prefix does not fill the window
        "int\u00a0größe;" + statement * 800,
        "(" * 50_000,
    ]


@pytest.mark.parametrize("model", MODELS)
def test_long_programs_are_read_as_if_they_were_tokenised_whole(
    shared: Path, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = load_classifier(model.format(shared), TASK)
    cut = victim.predict([example(text) for text in texts()])
    whole = load_classifier(model.format(shared), TASK)
    monkeypatch.setattr(whole, "_reads_words", False)
    expected = whole.predict([example(text) for text in texts()])
    assert (cut.probabilities == expected.probabilities).all()
    assert (cut.truncated == expected.truncated).all()


def test_prefixes_end_between_words() -> None:
    text = "alpha beta " * 1000
    prefix = window.likely_visible(text, 10)
    assert len(prefix) < len(text)
    assert text.startswith(prefix)
    assert prefix.endswith(("alpha", "beta"))
    assert window.likely_visible("short", 10) == "short"


def test_equal_tokens_are_computed_once() -> None:
    computed: list[int] = []

    def compute(rows: list[int]) -> list[float]:
        computed.extend(rows)
        return [float(row) for row in rows]

    answers: AnswersByTokens[float] = AnswersByTokens()
    inputs = [read_key(one) for one in (([1, 2],), ([1], [2]), ([1, 2],), ([3],))]
    assert answers.get(inputs, compute) == [0.0, 1.0, 0.0, 3.0]
    assert answers.get([inputs[3], inputs[0]], compute) == [3.0, 0.0]
    assert computed == [0, 1, 3]


def test_white_space_is_not_asked_twice(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim = load_classifier(MODELS[0].format(shared), TASK)
    rows: list[int] = []
    forward = victim._forward
    monkeypatch.setattr(
        victim,
        "_forward",
        lambda tensors: rows.append(len(tensors["input_ids"])) or forward(tensors),
    )
    found = victim.predict([example("int f ( ) ;"), example("int  f\n(\t) ;")])
    assert rows == [1]
    assert np.array_equal(found.probabilities[0], found.probabilities[1])
