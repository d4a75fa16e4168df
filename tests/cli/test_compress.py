from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from standard_error import errors_of
from warm_python import warm_python

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.models.backends.demo import DEMO_MODELS
from metacompress.models.loading import load_classifier

if TYPE_CHECKING:
    from pathlib import Path

DEMO_TEACHER = DEMO_MODELS / "teacher"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [warm_python(), "-m", "metacompress", "compress", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_quantised_model_is_a_student_like_any_other(tmp_path: Path) -> None:
    done = run("quantize", f"onnx:{DEMO_TEACHER}", "--out", tmp_path / "int8", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "metacompress.quantize/1"
    assert found["bytes"] < 0.3 * found["bytes_before"]
    data = load_dataset("demo", "clone-detection", split="test", limit=60)
    teacher, student = f"onnx:{DEMO_TEACHER}", f"onnx:{tmp_path / 'int8'}"
    result = metacompress.check(
        teacher, student, data, report=False, task="clone-detection", run=tmp_path / "run"
    )
    agreement = result.relations["prediction-agreement"].sources
    assert agreement.rate < 0.1
    fingerprints = {
        load_classifier(one, "clone-detection").fingerprint for one in (teacher, student)
    }
    assert len(fingerprints) == 2


def test_a_pruned_model_says_how_to_go_on(tmp_path: Path) -> None:
    model = tmp_path / "model"
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
        out=model,
    )
    done = run("prune", model, "--out", tmp_path / "pruned", "--feed-forward", "0.5")
    assert done.returncode == 0, done.stderr
    assert f"--model {tmp_path / 'pruned'}" in done.stdout.replace("\n", "")
    card = (tmp_path / "pruned" / "README.md").read_text()
    assert "The scores above are those of the model before step 1." in card
    assert load_classifier(str(tmp_path / "pruned"), "demo-problem")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["avatar", "--task", "demo-problem"], "--out"),
        (["avatar", "--out", "out"], "--teacher"),
        (["morph", "--out", "out", "--teacher", "mock:", "--space", "layers"], "NAME=VALUE"),
        (["morph", "--out", "out", "--teacher", "mock:", "--space", "depth=2"], "the space has"),
        (["compressor", "--out", "out", "--teacher", "mock:"], "--task"),
        (["prune", "nowhere", "--out", "out"], "--heads"),
        (["quantize", "mock:", "--out", "out"], "mock"),
    ],
    ids=["out", "teacher", "space", "dimension", "task", "shares", "kind"],
)
def test_wrong_commands_say_what_to_do(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.returncode == 2
    assert message in done.stderr
    assert errors_of(done.stderr)[0].startswith("error: ")
    assert not (tmp_path / "out").exists()
