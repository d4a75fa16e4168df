from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from warm_python import warm_python

import metacompress
from metacompress.errors import RunDirectoryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
RENAME = ("rename-identifiers",)


def test_a_model_that_answers_alike_passes(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?noise=1e-9",
        make_dataset(400),
        report=False,
        task=TASK,
        transforms=RENAME,
        run=tmp_path / "run",
        relations={
            name: {"tau": 0.6} if name == "confidence-preservation" else {}
            for name in (
                "prediction-agreement",
                "distribution-similarity",
                "confidence-preservation",
                "calibration-alignment",
                "invariance-inheritance",
            )
        },
    )
    assert str(result.verdict) == "pass"
    for found in result.relations.values():
        assert [judged.violations for _, judged in found.parts() if judged.violations] == []
    assert result.summary.variants.made == 400


def test_different_models_fail_and_the_tables_say_where(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(300),
        report=False,
        task=TASK,
        transforms=RENAME,
        variants=2,
        run=tmp_path / "run",
    )
    assert str(result.verdict) == "fail"
    found = result.relations["prediction-agreement"]
    teacher, student = (result.probabilities(role) for role in ("teacher", "student"))
    disagree = int((teacher.argmax(axis=1) != student.argmax(axis=1)).sum())
    assert found.sources.violations == disagree > 100
    assert (found.sources.effective, found.sources.sources) == (pytest.approx(300), 300)
    assert (found.follow_ups.inputs, found.follow_ups.sources) == (600, 300)
    # Two variants of one source tell less than two sources, and more than one.
    assert 300 < found.follow_ups.effective < 600
    violations = result.violations.to_pylist()
    counted = sum(
        row["violated"]
        for row in violations
        if (row["relation"], row["part"]) == ("prediction-agreement", "sources")
    )
    assert counted == disagree
    variants = result.variants.to_pylist()
    assert all(row["edits"] and row["refusal"] is None for row in variants)
    assert len({(row["source_id"], row["programs"][0]) for row in variants}) == 600


def test_a_finished_study_asks_no_model_again(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    arguments = ("mock:", "mock:?seed=1", make_dataset(50))
    options = {"task": TASK, "transforms": RENAME, "run": tmp_path / "run"}
    metacompress.check(*arguments, report=False, **options)
    before = (tmp_path / "run/summary.json").read_bytes()
    metacompress.check(*arguments, report=False, **options)
    cost = json.loads((tmp_path / "run/environment.json").read_text())["cost"]
    assert cost["inputs_asked"] == {"teacher": 0, "student": 0}
    assert (tmp_path / "run/summary.json").read_bytes() == before


def test_the_run_directory_belongs_to_one_study(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    arguments = ("mock:", "mock:?seed=1", make_dataset(20))
    metacompress.check(*arguments, report=False, task=TASK, run=tmp_path / "run")
    with pytest.raises(RunDirectoryError, match=r"another check \(different: seed\).*--overwrite"):
        metacompress.check(*arguments, report=False, task=TASK, run=tmp_path / "run", seed=1)
    metacompress.check(
        *arguments, report=False, task=TASK, run=tmp_path / "run", seed=1, overwrite=True
    )
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.tex").write_text("years of work")
    with pytest.raises(RunDirectoryError, match=r"no check of ours wrote \('thesis.tex'\)"):
        metacompress.check(*arguments, report=False, task=TASK, run=precious, overwrite=True)


def test_wrong_settings_are_named(make_dataset: Callable[[int], Dataset]) -> None:
    for settings, message in (
        ({"variants": 0}, "variants"),
        ({"colour": 1}, "colour"),
        ({"transforms": ("rename-identifier",)}, "did you mean 'rename-identifiers'"),
        ({"relations": {"agreement": {}}}, "unknown relation"),
    ):
        with pytest.raises(UsageError, match=message):
            metacompress.check(
                "mock:", "mock:", make_dataset(5), report=False, task=TASK, **settings
            )


def test_callables_and_html(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    def by_length(texts: list[str]) -> np.ndarray:
        p = np.array([len(text) % 10 / 10 for text in texts])
        return np.stack([p, 1 - p], axis=1)

    result = metacompress.check(
        by_length, "mock:", make_dataset(100), report=False, task=TASK, run=tmp_path / "run"
    )
    page = result.to_html(tmp_path / "report.html")
    assert page.startswith("<!DOCTYPE html>")
    assert (tmp_path / "report.html").read_text() == page


SLOW_MODEL = """
import time
import numpy as np

def slow(texts):
    time.sleep(0.1)
    p = np.array([sum(map(ord, text)) % 97 / 97 for text in texts])
    return np.stack([p, 1 - p], axis=1)
slow.fingerprint = "slow"
"""


def test_killed_and_run_again_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [
        {
            "idx": k,
            "target": k % 2,
            "func": f"int f{k}(int a, int b) {{ int c = a; return c + b; }}",
        }
        for k in range(400)
    ]
    (tmp_path / "test.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "slow_model.py").write_text(SLOW_MODEL)

    def command(run: str, python: str) -> list[str]:
        return [
            *(python, "-m", "metacompress", "check", "--task", TASK),
            *("--data", "test.jsonl", "--teacher", "python:slow_model:slow"),
            *("--student", "mock:", "--transform", "rename-identifiers", "--run", run),
        ]

    whole = subprocess.run(
        command("whole", warm_python()), cwd=tmp_path, capture_output=True, check=False
    )
    assert whole.returncode == 1, whole.stderr
    expected = (tmp_path / "whole/summary.json").read_bytes()
    for delay in (0.2, 0.8):
        run = f"killed-after-{delay}"
        process = subprocess.Popen(
            command(run, sys.executable),
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while not (tmp_path / run / "study.json").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        again = subprocess.run(
            command(run, warm_python()), cwd=tmp_path, capture_output=True, check=False
        )
        assert again.returncode == 1, again.stderr
        assert (tmp_path / run / "summary.json").read_bytes() == expected
