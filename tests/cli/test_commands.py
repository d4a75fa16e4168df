from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from standard_error import errors_of
from warm_python import warm_python

if TYPE_CHECKING:
    from pathlib import Path

TASK = ("--task", "vulnerability-prediction")
MOCKS = ("--teacher", "mock:", "--student", "mock:?seed=1")


def metacompress(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [warm_python(), "-m", "metacompress", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_check_prints_one_json_object(devign_file: Path, tmp_path: Path) -> None:
    rename = ("--transform", "rename-identifiers", "--variants", 2)
    done = metacompress(
        "check",
        *TASK,
        "--data",
        devign_file,
        *MOCKS,
        *rename,
        "--run",
        "r",
        "--json",
        cwd=tmp_path,
    )
    assert done.returncode == 1, done.stderr
    content = json.loads(done.stdout)
    assert content["schema"] == "metacompress.check/2"
    assert (content["verdict"], content["run"]) == ("fail", "r")
    for part in ("sources", "follow_ups"):
        found = content["students"]["student"]["relations"]["prediction-agreement"][part]
        assert 0 <= found["low"] <= found["value"] <= found["high"] <= 1
        assert found["value"] == pytest.approx(found["violations"] / found["inputs"], abs=0.05)
    assert content["students"]["student"]["relations"]["invariance-inheritance"]["sources"] is None
    assert (tmp_path / "r/report.html").stat().st_size > 10_000
    again = metacompress("report", "r", "--json", cwd=tmp_path)
    assert json.loads(again.stdout) == content


def test_exit_status_follows_the_verdict(devign_file: Path, tmp_path: Path) -> None:
    same = ("--teacher", "mock:", "--student", "mock:?noise=1e-9")
    agreement = ("--relation", "prediction-agreement?tolerance={}")
    for tolerance, models, status in ((0.1, same, 0), (0.001, same, 3), (0.1, MOCKS, 1)):
        relation = (agreement[0], agreement[1].format(tolerance))
        done = metacompress(
            "check",
            *TASK,
            "--data",
            devign_file,
            *models,
            *relation,
            "--run",
            f"r{status}",
            cwd=tmp_path,
        )
        assert done.returncode == status, done.stderr


def test_a_study_can_stand_in_a_file(devign_file: Path, tmp_path: Path) -> None:
    flags = ("--data", devign_file, *MOCKS, "--limit", 40, "--relation", "prediction-agreement")
    written = metacompress("check", *TASK, *flags, "--write-config", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    (tmp_path / "study.toml").write_text(written.stdout)
    done = metacompress("check", "study.toml", "--limit", 30, "--json", cwd=tmp_path)
    content = json.loads(done.stdout)
    assert content["data"]["sources"] == 30
    assert list(content["students"]["student"]["relations"]) == ["prediction-agreement"]


def test_predictions_can_be_recorded_and_used(devign_file: Path, tmp_path: Path) -> None:
    for name in ("p.parquet", "p.csv", "p.jsonl"):
        done = metacompress(
            "predict",
            *TASK,
            "--data",
            devign_file,
            "--model",
            "mock:",
            "--out",
            name,
            "--json",
            cwd=tmp_path,
        )
        scores = json.loads(done.stdout)
        assert scores["n"] == 60
        for score in ("accuracy", "precision", "recall", "f1", "mean_confidence"):
            assert 0 <= scores[score] <= 1
        models = ("--teacher", f"recorded:{name}", "--student", "mock:")
        checked = metacompress(
            "check",
            *TASK,
            "--data",
            devign_file,
            *models,
            "--run",
            f"run-{name}",
            "--json",
            cwd=tmp_path,
        )
        agreement = json.loads(checked.stdout)["students"]["student"]["relations"][
            "prediction-agreement"
        ]
        assert agreement["sources"]["violations"] == 0


def test_lists(tmp_path: Path) -> None:
    for kind, name in (
        ("models", "codexglue"),
        ("transforms", "rename-identifiers"),
        ("relations", "prediction-agreement"),
        ("tasks", "clone-detection"),
    ):
        listed = metacompress("list", kind, "--json", cwd=tmp_path).stdout
        assert name in json.loads(listed)["entries"]
    assert name in metacompress("list", kind, cwd=tmp_path).stdout


LABELS_MODEL = "def model(texts):\n    return [[1, 0] for _ in texts]\nmodel.labels = ('a', 'b')\n"

BAD = [
    (("--data", "missing.jsonl", *MOCKS), "no such file"),
    (("--data", "{data}", *MOCKS, "--task", "clone-detection"), "code1"),
    (
        ("--data", "{data}", *MOCKS, "--task", "clones"),
        "did you mean 'clone-detection'|unknown task",
    ),
    (("--data", "{data}", "--teacher", "onyx:m", "--student", "mock:"), "unknown kind of model"),
    (("--data", "{data}", "--teacher", "transformers:broken", "--student", "mock:"), "broken"),
    (("--data", "{data}", "--teacher", "codexglue:broken", "--student", "mock:"), "broken"),
    (("--data", "{data}", "--teacher", "python:labelled:model", "--student", "mock:"), "a, b"),
    (("--data", "empty.jsonl", *MOCKS), "no usable example"),
    (("--data", "{data}", *MOCKS, "--run", "file/below"), "cannot be written"),
    (("--data", "{data}", "--teacher", "mock:"), "--student"),
    (("--data", "{data}", *MOCKS, "--transform", "shuffle"), "unknown transformation"),
    (("--data", "{data}", *MOCKS, "--confidence", "2"), "confidence"),
    (("nothing.toml",), "no such configuration file"),
    (("bad.toml",), "no valid TOML"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_input_ends_in_one_line(
    arguments: tuple[str, ...], message: str, devign_file: Path, tmp_path: Path
) -> None:
    import re

    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "file").write_text("not a directory")
    (tmp_path / "bad.toml").write_text("task = [")
    (tmp_path / "labelled.py").write_text(LABELS_MODEL)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.json").write_text('{"model_type": "roberta"}')
    (broken / "model.safetensors").write_bytes(b"\x00" * 100)
    (broken / "model.bin").write_bytes(b"garbage")
    (broken / "tokenizer.json").write_text("{}")
    given = [argument.format(data=devign_file) for argument in arguments]
    task = () if "--task" in given else TASK
    done = metacompress("check", *given, *task, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    lines = errors_of(done.stderr)
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("error: ")
    assert re.search(message, lines[0])
    assert done.stdout == ""
