from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.example import Example, Program
from metacompress.data.loading import load_dataset
from metacompress.errors import LabelMismatchError, UsageError
from metacompress.lang.language import Language
from metacompress.models.graphcodebert.cache import Reading, read_graph
from metacompress.models.graphcodebert.dataflow.graph import Nodes
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TASK = "vulnerability-prediction"


@pytest.fixture(scope="module")
def student(shared: Path) -> str:
    return str(shared / "models" / "compressor_graphcodebert_vulnerability_prediction")


@pytest.fixture(scope="module")
def examples(shared: Path) -> Sequence[Example]:
    return load_dataset(shared / "data" / "devign", TASK, split="test", limit=60).examples


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
    program = Program('f("a\\n"); // b\nint c;', Language.C)
    tokens = [token.text for token in read_graph(program, Nodes.EVERY, Reading.PUBLISHED).tokens]
    # Collapsed first, so that the comment takes the next line as well.
    assert tokens[:2] == ["f", "("]
    assert not {"b", "c"} & set(tokens)


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
