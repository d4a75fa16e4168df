from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.data.example import Example, Program
from metacompress.data.loading import load_dataset
from metacompress.errors import LabelMismatchError, UsageError
from metacompress.lang.dataflow.graph import Nodes
from metacompress.lang.language import Language
from metacompress.models import load_classifier
from metacompress.models.graphcodebert import read_graph, without_comments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TASK = "vulnerability-prediction"


@pytest.fixture(scope="module")
def student(shared: Path) -> str:
    return str(shared / "models" / "compressor_graphcodebert_vulnerability_prediction")


@pytest.fixture(scope="module")
def examples(shared: Path) -> Sequence[Example]:
    return load_dataset(shared / "data" / "devign", TASK, split="test", limit=240).examples


def test_the_published_student_is_better_with_its_graph(
    student: str, examples: Sequence[Example]
) -> None:
    labels = np.array([example.label for example in examples])

    def accuracy(model: str) -> float:
        predicted = load_classifier(model, TASK).predict(examples).probabilities.argmax(axis=1)
        return float((predicted == labels).mean())

    assert accuracy(f"graphcodebert:{student}") >= accuracy(f"codexglue:{student}?max_length=512")


def test_outputs_do_not_depend_on_the_batch(student: str, examples: Sequence[Example]) -> None:
    few = [*examples[:12], _of("int f;", "empty")]
    together = load_classifier(f"graphcodebert:{student}", TASK).predict(few)
    alone = load_classifier(f"graphcodebert:{student}?batch_tokens=1", TASK)
    rows = [alone.predict([example]).probabilities[0] for example in few]
    np.testing.assert_array_equal(together.probabilities, np.array(rows))
    assert together.truncated.any()
    assert not together.truncated[-1]


def _of(text: str, name: str) -> Example:
    return Example(name, (Program(text, Language.C),), None, name, (name,))


def test_silly_programs_are_answered(student: str) -> None:
    texts = [" ", "/* only */", "\x00", "a" * 100_000, "{" * 5000, "int f(){ // all\n x; }"]
    silly = [_of(text, f"{number}") for number, text in enumerate(texts)]
    found = load_classifier(f"graphcodebert:{student}", TASK).predict(silly)
    assert np.isfinite(found.probabilities).all()


def test_texts_are_prepared_as_published() -> None:
    def tokens(text: str, language: Language = Language.C) -> list[str]:
        return [token.text for token in read_graph(Program(text, language), Nodes.EVERY).tokens]

    assert tokens("int a; /* b\n */ int c;") == ["int", "a", ";", "int", "c", ";"]
    # Collapsed first, so that the comment takes the next line as well.
    assert tokens("int a; // b\nint c;") == ["int", "a", ";"]
    assert tokens('char *s = "//x"; int c;')[-3:] == ["int", "c", ";"]
    assert tokens("a = 1  # b\nc = 2\n", Language.PYTHON) == ["a", "=", "1", "c", "=", "2"]


WHOLE_COMMENT = re.compile(
    r"""//.*?$|/\*.*?\*/|'(?:\\.|[^\\'])*'|"(?:\\.|[^\\"])*\"""", re.DOTALL | re.MULTILINE
)


@given(st.text(alphabet="/*'\"\\ a", max_size=40))
def test_comments_are_those_of_one_regular_expression(text: str) -> None:
    expected = WHOLE_COMMENT.sub(lambda found: " " if found[0].startswith("/") else found[0], text)
    assert without_comments(text) == expected


@pytest.mark.parametrize("piece", ["/*", "'", '"', "*/", "/*'", "//"])
def test_comments_of_a_huge_text_are_found_at_once(piece: str) -> None:
    text = piece * 300_000
    assert len(without_comments(text)) <= len(text)


def test_a_graph_is_another_fingerprint(student: str) -> None:
    prints = {
        load_classifier(f"graphcodebert:{student}{options}", TASK).fingerprint
        for options in ("", "?nodes=merged", "?flow_length=64", "?max_length=400")
    }
    assert len(prints) == 4


def test_wrong_options_and_tasks_are_named(student: str) -> None:
    with pytest.raises(UsageError, match="nodes"):
        load_classifier(f"graphcodebert:{student}?nodes=some", TASK)
    with pytest.raises(UsageError, match="max_length"):
        load_classifier(f"graphcodebert:{student}?max_length=1000", TASK)
    with pytest.raises(LabelMismatchError, match="1 program"):
        load_classifier(f"graphcodebert:{student}", "clone-detection")
