"""What Python programs hold: data and models in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import metacompress
from metacompress.errors import MetaCompressError, MissingPredictionError, ModelError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
ROWS = [
    {"func": f"int f(int a) {{ return a + {number}; }}", "target": number % 2}
    for number in range(8)
]


def rows_in(kind: str) -> Any:
    if kind == "pandas":
        return pytest.importorskip("pandas").DataFrame(ROWS)
    if kind == "arrow":
        return pytest.importorskip("pyarrow").Table.from_pylist(ROWS)
    if kind == "datasets":
        return pytest.importorskip("datasets").Dataset.from_list(ROWS)
    if kind == "splits":
        datasets = pytest.importorskip("datasets")
        return datasets.DatasetDict(test=datasets.Dataset.from_list(ROWS))
    return ROWS


@pytest.mark.parametrize("kind", ["pandas", "arrow", "datasets", "splits", "dictionaries"])
def test_rows_in_memory_are_data(kind: str) -> None:
    split = {"split": "test"} if kind == "splits" else {}
    found = metacompress.predict("mock:", rows_in(kind), task=TASK, limit=6, head=True, **split)
    assert [example.label for example in found.dataset] == [0, 1, 0, 1, 0, 1]
    assert {str(example.programs[0].language) for example in found.dataset} == {"c"}
    assert found.predictions.probabilities.shape == (6, 2)


def test_the_same_data_give_the_same_study(tmp_path: Path) -> None:
    first = metacompress.check(
        "mock:", "mock:?seed=1", ROWS, task=TASK, language="c", run=tmp_path / "a"
    )
    second = metacompress.check(
        "mock:", "mock:?seed=1", rows_in("pandas"), task=TASK, language="c", run=tmp_path / "b"
    )
    assert first.relations == second.relations


def test_a_column_of_another_name_and_malformed_rows() -> None:
    rows = [{"source": row["func"], "target": row["target"]} for row in ROWS]
    found = metacompress.predict("mock:", rows, task=TASK, language="c", fields={"code": "source"})
    assert len(found.dataset) == len(ROWS)
    broken = [*ROWS, {"func": "", "target": 1}]
    with pytest.raises(MetaCompressError, match="malformed"):
        metacompress.predict("mock:", broken, task=TASK)
    found = metacompress.predict("mock:", broken, task=TASK, max_quarantined=0.5)
    assert len(found.dataset.quarantine) == 1


def test_probabilities_stand_for_a_model(devign_file: Path, tmp_path: Path) -> None:
    mock = metacompress.predict("mock:", devign_file, task=TASK)
    values = mock.predictions.probabilities
    # Of data on disk, of rows, and as logits or lists.
    result = metacompress.check(values, "mock:", devign_file, task=TASK, run=tmp_path / "run")
    agreement = result.relations["prediction-agreement"].sources
    assert agreement is not None
    assert (agreement.violations, agreement.inputs) == (0, len(values))
    for given in (values.tolist(), np.log(values)):
        found = metacompress.predict(given, devign_file, task=TASK)
        np.testing.assert_allclose(found.predictions.probabilities, values)


def test_probabilities_must_fit(tmp_path: Path) -> None:
    for values in (np.ones((3, 2)) / 2, np.ones((8, 3)) / 3, np.full((8, 2), np.nan), ["a"] * 8):
        with pytest.raises(ModelError):
            metacompress.predict(values, ROWS, task=TASK)
    values = np.full((8, 2), 0.5)
    with pytest.raises(MissingPredictionError):
        metacompress.check(
            values, "mock:", ROWS, task=TASK, transforms="rename-identifiers", run=tmp_path
        )


def test_a_model_with_its_tokenizer_is_a_classifier(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    directory = tmp_path / "model"
    metacompress.train(
        "demo",
        task="demo-problem",
        split="train",
        valid_split="valid",
        language="c",
        layers=1,
        hidden=16,
        heads=2,
        feed_forward=16,
        vocabulary=400,
        max_length=64,
        epochs=1,
        out=directory,
        device="cpu",
    )
    model = transformers.AutoModelForSequenceClassification.from_pretrained(directory)
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    pipeline = transformers.pipeline("text-classification", model=model, tokenizer=tokenizer)
    given = {"task": "demo-problem", "split": "test", "language": "c", "device": "cpu"}
    expected = metacompress.predict(str(directory), "demo", **given)
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    prints = set()
    for held in ((model, tokenizer), pipeline):
        found = metacompress.predict(held, "demo", batch_size=8, **given)
        np.testing.assert_allclose(
            found.predictions.probabilities, expected.predictions.probabilities, atol=1e-6
        )
        prints.add(found.classifier.fingerprint)
    assert len(prints) == 1
    assert all((before[name] == weights).all() for name, weights in model.state_dict().items())
    # The same weights in memory and in files are one model, and no student of itself.
    for teacher in ((model, tokenizer), directory):
        with pytest.raises(ModelError, match="holds the weights of the teacher"):
            metacompress.check(teacher, pipeline, "demo", **given, run=tmp_path / "run")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"data": 5}, "not int"),
        ({"data": ["int f();"]}, "not str"),
        ({"split": "test"}, "have none"),
        ({"model": 5}, r"\(model, tokenizer\)"),
        ({"device": "gpu"}, "auto, cpu, cuda"),
        ({"batch_size": 0}, "batch_size"),
    ],
)
def test_what_is_neither_is_one_line(given: dict[str, Any], message: str) -> None:
    arguments = {"model": "mock:", "data": ROWS, "task": TASK, **given}
    with pytest.raises(UsageError, match=message):
        metacompress.predict(**arguments)


def test_transform_takes_data_in_memory(tmp_path: Path) -> None:
    out = tmp_path / "variants.jsonl"
    found = metacompress.transform(ROWS, "rename-identifiers", task=TASK, limit=3, out=out)
    assert len(found.attempts) == 3
    assert len(metacompress.load_dataset(out, TASK)) == len(found.variants)
    source = tmp_path / "f.c"
    source.write_text(ROWS[0]["func"])
    assert metacompress.transform(source, "rename-identifiers").variants
