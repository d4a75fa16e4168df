"""What a recording says about its inputs: their texts, and whether they were cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.errors import ModelError
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


@pytest.fixture
def other_file(devign_file: Path, tmp_path: Path) -> Path:
    """The same ids, and another text of one of them."""
    rows = [json.loads(line) for line in devign_file.read_text().splitlines()]
    rows[7]["func"] += "\n"
    path = tmp_path / "other.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".tsv", ".jsonl"])
def test_a_recording_of_other_data_is_refused(
    suffix: str, devign_file: Path, other_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"recorded{suffix}"
    metacompress.predict("mock:", devign_file, task=TASK, out=out)
    again = metacompress.predict(f"recorded:{out}", devign_file, task=TASK)
    assert len(again.predictions.probabilities) == 60
    with pytest.raises(ModelError, match=r"'7' was recorded for another text.*other data") as found:
        metacompress.predict(f"recorded:{out}", other_file, task=TASK)
    assert found.value.example == "7"


def test_a_check_refuses_it_too(devign_file: Path, other_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "recorded.parquet"
    metacompress.predict("mock:?seed=1", devign_file, task=TASK, out=out)
    with pytest.raises(ModelError, match="another text"):
        metacompress.check(
            "mock:", f"recorded:{out}", other_file, task=TASK, run=tmp_path / "r", missing="skip"
        )


def test_a_table_without_the_column_answers_by_id(
    devign_file: Path, other_file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "plain.csv"
    table.write_text("id,prob_0,prob_1\n" + "".join(f"{k},0.25,0.75\n" for k in range(60)))
    assert metacompress.predict(f"recorded:{table}", other_file, task=TASK) is not None
    assert not load_classifier(f"recorded:{table}", TASK).tells_truncation


@pytest.mark.parametrize(("yes", "no"), [("True", "False"), ("true", "false"), ("1", "0")])
def test_truncation_is_read_back(yes: str, no: str, devign_file: Path, tmp_path: Path) -> None:
    table = tmp_path / "cut.csv"
    rows = [f"{k},0.25,0.75,{yes if k == 3 else no}\n" for k in range(60)]
    table.write_text("id,prob_0,prob_1,truncated\n" + "".join(rows))
    classifier = load_classifier(f"recorded:{table}", TASK)
    examples = load_dataset(str(devign_file), TASKS.get(TASK)).examples
    cut = classifier.predict(examples).truncated
    assert classifier.tells_truncation
    assert [example.id for example, one in zip(examples, cut, strict=True) if one] == ["3"]
