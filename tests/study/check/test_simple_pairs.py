"""Students whose verdict nobody would dispute, through a whole check of recorded predictions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq
import pytest

import metacompress
from metacompress.stats.scores.temperature import apply_temperature

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
COUNT = 250


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], np.ndarray]:
    """Return a data set with 3 % positives, the ids of its inputs, and a teacher's answers."""
    folder = tmp_path_factory.mktemp("simple")
    data = folder / "test.jsonl"
    labels = (np.arange(COUNT) % 33 == 0).astype(int)
    rows = [
        {"idx": k, "func": f"int f{k}(int a) {{ return a + {k}; }}", "target": int(labels[k])}
        for k in range(COUNT)
    ]
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    # A run of any model says which variants there are.
    check(data, "mock:", "mock:?seed=1", folder / "ids")
    table = pq.read_table(folder / "ids" / "predictions.parquet").to_pydict()
    rng = np.random.default_rng(5)
    logits = rng.normal(np.where(labels == 1, 2.0, -4.0), 1.0)
    # A variant is answered as its source: this teacher is robust.
    positive = 1 / (1 + np.exp(-logits[[int(name) for name in table["source_id"]]]))
    return data, table["id"], np.stack([1 - positive, positive], axis=1)


def check(data: Path, teacher: str, student: str, run: Path) -> metacompress.CheckResult:
    return metacompress.check(
        teacher, student, data, task=TASK, transforms=("rename-identifiers",), run=run
    )


def verdict(answers: tuple[Path, list[str], np.ndarray], student: np.ndarray, folder: Path) -> str:
    data, ids, teacher = answers
    for role, values in (("teacher", teacher), ("student", student)):
        (folder / f"{role}.jsonl").write_text(
            "".join(
                json.dumps({"id": name, "prob_0": row[0], "prob_1": row[1]}) + "\n"
                for name, row in zip(ids, values, strict=True)
            )
        )
    recorded = [f"recorded:{folder}/{role}.jsonl" for role in ("teacher", "student")]
    return str(check(data, *recorded, folder / "run").verdict)


def test_a_student_a_little_less_sure_than_its_teacher_does_not_fail(
    answers: tuple[Path, list[str], np.ndarray], tmp_path: Path
) -> None:
    assert verdict(answers, apply_temperature(answers[2], 1.1), tmp_path) != "fail"


def test_a_constant_student_does_not_pass(
    answers: tuple[Path, list[str], np.ndarray], tmp_path: Path
) -> None:
    constant = np.tile([0.97, 0.03], (len(answers[1]), 1))
    assert verdict(answers, constant, tmp_path) != "pass"
