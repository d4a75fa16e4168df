from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from known_again import content, is_known, loaded_by
from warm_python import warm_python

from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.errors import (
    DamagedFileError,
    DataError,
    ModelError,
    RunDirectoryError,
    UsageError,
)
from metacompress.models.files.onnx_export import export_onnx
from metacompress.models.loading import load_classifier
from metacompress.models.naming.spec import ModelSpec
from metacompress.runs.run_files import RECOGNITION
from metacompress.settings.validation import validated
from metacompress.training.architecture import existing_model
from metacompress.training.card import command
from metacompress.training.checkpoints import last_checkpoint, seal
from metacompress.training.settings import (
    DistillationSettings,
    TrainingSettings,
)
from metacompress.training.training import train

if TYPE_CHECKING:
    from pathlib import Path

TINY = {
    "layers": 1,
    "hidden": 16,
    "heads": 2,
    "feed_forward": 16,
    "vocabulary": 400,
    "max_length": 64,
}


def settings(out: Path, **changed: object) -> dict:
    return {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "architecture": TINY,
        "epochs": 2,
        "batch_size": 64,
        "out": str(out),
        **changed,
    }


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "teacher"
    train(validated(TrainingSettings, settings(out)))
    return out


@pytest.fixture(scope="module")
def pair_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "pairs"
    data = {"path": "demo", "split": "train", "language": "c", "limit": 64}
    given = settings(out, task="clone-detection", data=data, valid_split=None, epochs=1)
    train(validated(TrainingSettings, given))
    return out


def test_a_trained_directory_is_a_model_for_check(teacher: Path) -> None:
    data = load_dataset("demo", "demo-problem", split="valid", language="c")
    predictions = load_classifier(str(teacher), "demo-problem").predict(data.examples)
    accuracy = np.mean(
        predictions.probabilities.argmax(axis=1) == [example.label for example in data]
    )
    card = json.loads((teacher / "card.json").read_text())
    assert card["scores"]["valid"]["accuracy"] == pytest.approx(accuracy)
    assert "metacompress train --task demo-problem" in (teacher / "README.md").read_text()


def test_the_command_of_a_card_runs(teacher: Path, tmp_path: Path) -> None:
    settings = json.loads((teacher / "card.json").read_text())["settings"]
    words = [*shlex.split(command(settings))[1:], "--out", str(tmp_path / "again")]
    subprocess.run([warm_python(), "-m", "metacompress", *words], check=True, timeout=120)
    again = json.loads((tmp_path / "again" / "card.json").read_text())
    assert again["settings"] == settings


def test_a_finished_training_is_known_before_torch_is_loaded(teacher: Path) -> None:
    before = content(teacher)
    again = validated(TrainingSettings, settings(teacher))
    assert loaded_by(train, again) == ""
    assert is_known(train, again)
    assert content(teacher) == before
    with pytest.raises(RunDirectoryError, match=r"different: seed.*--out"):
        train(validated(TrainingSettings, settings(teacher, seed=1)))


def test_a_training_is_not_known_by_other_files(teacher: Path) -> None:
    again = validated(TrainingSettings, settings(teacher))
    weights = teacher / "model.safetensors"
    weights.rename(teacher / "other")
    (teacher / "other").rename(weights)
    before = weights.stat().st_mtime_ns
    assert not is_known(train, again)
    assert weights.stat().st_mtime_ns == before
    assert is_known(train, again)


def test_a_damaged_model_is_refused_and_made_again(tmp_path: Path) -> None:
    made = validated(TrainingSettings, settings(tmp_path / "model", epochs=1))
    train(made)
    weights = tmp_path / "model" / "model.safetensors"
    before = weights.read_bytes()
    weights.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    (tmp_path / "model" / "README.md").write_text("Notes of mine.")
    with pytest.raises(DamagedFileError, match=r"model\.safetensors: damaged.*--overwrite"):
        train(made)
    train(made, overwrite=True)
    assert weights.read_bytes() == before


@pytest.mark.parametrize(
    "error", [RuntimeError("basic_ios::clear: iostream error"), OSError(28, "No space left")]
)
def test_a_full_disk_is_one_line(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from metacompress.files import room
    from metacompress.training import run

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(run, "_train", fail)
    made = validated(TrainingSettings, settings(tmp_path / "model"))
    monkeypatch.setattr(room, "_free", lambda path: 0)
    with pytest.raises(RunDirectoryError, match="make room"):
        train(made)
    monkeypatch.setattr(room, "_free", lambda path: 1 << 30)
    if not isinstance(error, OSError):
        with pytest.raises(RuntimeError, match="iostream"):
            train(made)


def test_a_model_shorter_than_the_checked_inputs_is_exported(tmp_path: Path) -> None:
    architecture = {**TINY, "max_length": 24}
    train(validated(TrainingSettings, settings(tmp_path / "m", architecture=architecture)))
    export_onnx(ModelSpec("transformers", str(tmp_path / "m")), tmp_path / "onnx")
    assert load_classifier(f"onnx:{tmp_path / 'onnx'}", "demo-problem")


def test_the_last_checkpoint_can_be_kept(tmp_path: Path) -> None:
    # A rate this high ruins what the first epoch has learnt.
    given = {"epochs": 3, "learning_rate": 0.05, "patience": 1, "batch_size": 16}
    scores = {}
    for keep in ("best", "last"):
        out = tmp_path / keep
        done = train(validated(TrainingSettings, settings(out, keep=keep, **given)))
        scores[keep] = done.scores["valid"].loss, done.epochs
    assert scores["last"][1] == 3
    assert scores["best"] != scores["last"]


def test_the_same_seed_gives_the_same_weights(teacher: Path, tmp_path: Path) -> None:
    again = train(validated(TrainingSettings, settings(tmp_path / "again")))
    name = "model.safetensors"
    assert (again.out / name).read_bytes() == (teacher / name).read_bytes()


def test_a_new_head_of_an_existing_model_is_seeded(teacher: Path) -> None:
    task = TASKS.get("clone-detection")
    models = [existing_model(str(teacher), task, seed)[0] for seed in (0, 0, 1)]
    one, two, other = (model.classifier.out_proj.weight for model in models)
    assert one.shape[0] == 2
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


def test_a_student_learns_from_a_live_teacher(teacher: Path, tmp_path: Path) -> None:
    given = settings(tmp_path / "student", teacher=str(teacher), model=str(teacher))
    del given["architecture"]
    result = train(validated(DistillationSettings, given))
    # It starts as its teacher, so it must still agree with it nearly everywhere.
    assert result.scores["valid"].agreement > 0.8
    started_from = json.loads((teacher / "card.json").read_text())
    assert result.started_from.content() == started_from
    assert f"`{command(started_from['settings'])}`" in (result.out / "README.md").read_text()


def test_onnx_equals_torch_on_single_programs_and_pairs(
    teacher: Path, pair_model: Path, tmp_path: Path
) -> None:
    for task, model in (("demo-problem", teacher), ("clone-detection", pair_model)):
        out = tmp_path / task
        made = export_onnx(ModelSpec("transformers", str(model)), out)
        assert made.largest_difference < 1e-4
        examples = load_dataset("demo", task, split="test", limit=40).examples
        expected = load_classifier(str(model), task).predict(examples)
        found = load_classifier(f"onnx:{out}", task).predict(examples)
        np.testing.assert_allclose(found.probabilities, expected.probabilities, atol=1e-4)
        np.testing.assert_array_equal(found.truncated, expected.truncated)


def test_onnx_outputs_do_not_depend_on_the_batch() -> None:
    examples = load_dataset("demo", "clone-detection", split="test", limit=30).examples
    classifier = load_classifier("demo:student", "clone-detection")
    together = classifier.predict(examples).probabilities
    alone = np.vstack([classifier.predict([example]).probabilities for example in examples])
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_a_killed_training_goes_on_from_its_last_checkpoint(tmp_path: Path) -> None:
    out = tmp_path / "model"
    command = ["-m", "metacompress", "train", "--task", "demo-problem"]
    command += ["--data", "demo", "--split", "train", "--valid-split", "valid", "--layers", "1"]
    command += [
        "--language",
        "c",
        "--hidden",
        "32",
        "--heads",
        "2",
        "--feed-forward",
        "64",
        "--vocabulary",
        "500",
    ]
    command += ["--max-length", "128", "--epochs", "12", "--patience", "99", "--out", str(out)]
    checkpoints = out / ".training" / "checkpoints"
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    first = subprocess.Popen([sys.executable, *command], env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    notes: list[str] = []
    while last_checkpoint(checkpoints, notes.append)[0] is None and time.monotonic() < deadline:
        assert first.poll() is None
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    at, _ = last_checkpoint(checkpoints, notes.append)
    assert at is not None
    done = subprocess.run(
        [warm_python(), *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert f"going on from {at.name}" in done.stderr
    assert (out / "model.safetensors").is_file()
    assert not checkpoints.exists()
    # Killed between its result and the removal of its checkpoints: the next call removes them.
    (out / ".training" / RECOGNITION).unlink()
    (checkpoints / "checkpoint-8").mkdir(parents=True)
    (checkpoints / "checkpoint-8" / "config.json").write_text("{}")
    subprocess.run(
        [warm_python(), *command], env=environment, capture_output=True, timeout=300, check=True
    )
    assert not checkpoints.exists()


def test_a_checkpoint_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    for step, state in ((10, "{}"), (11, "{}"), (12, '{"epo')):
        (tmp_path / f"checkpoint-{step}").mkdir()
        (tmp_path / f"checkpoint-{step}" / "trainer_state.json").write_text(state)
    (tmp_path / "checkpoint-14").mkdir()
    seal(tmp_path / "checkpoint-10", 5.0)
    notes: list[str] = []
    assert last_checkpoint(tmp_path, notes.append) == (tmp_path / "checkpoint-10", 5.0)
    assert not notes


def test_a_damaged_checkpoint_is_not_used(tmp_path: Path) -> None:
    for step, best in ((10, None), (20, 10), (30, 20), (40, 30)):
        made = tmp_path / f"checkpoint-{step}"
        made.mkdir()
        state = {"best_model_checkpoint": best and str(tmp_path / f"checkpoint-{best}")}
        (made / "trainer_state.json").write_text(json.dumps(state))
        (made / "model.safetensors").write_bytes(b"weights")
        seal(made, float(step))
    notes: list[str] = []
    assert last_checkpoint(tmp_path, notes.append) == (tmp_path / "checkpoint-40", 40.0)
    (tmp_path / "checkpoint-30" / "model.safetensors").write_bytes(b"weightr")
    # The next one would end with the weights of that one, the best.
    assert last_checkpoint(tmp_path, notes.append) == (tmp_path / "checkpoint-20", 20.0)
    assert len(notes) == 1
    assert "damaged (model.safetensors)" in notes[0]
    (tmp_path / "checkpoint-10" / "clock.json").write_text("{")
    assert last_checkpoint(tmp_path, notes.append) == (None, 0.0)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"epochs": 0}, "--epochs"),
        ({"architecture": {"hidden": 30, "heads": 4}}, "--hidden 30"),
        ({"architecture": {"layers": "two"}}, "--layers"),
        ({"model": "somewhere"}, "--model fixes"),
        ({"hold_out": 0.2}, "not both"),
        ({"precision": "int8"}, "--precision"),
    ],
    ids=["epochs", "heads", "layers", "model", "hold-out", "precision"],
)
def test_wrong_settings_are_named(tmp_path: Path, changed: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        validated(TrainingSettings, settings(tmp_path, **changed))


def test_unlabelled_data_cannot_train(tmp_path: Path) -> None:
    table = tmp_path / "data.jsonl"
    rows = [{"id": name, "code": f"int {name};", "language": "c"} for name in "ab"]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    given = settings(
        tmp_path / "out",
        task="vulnerability-prediction",
        data={"path": str(table)},
        valid_split=None,
    )
    with pytest.raises(DataError, match="has no label"):
        train(validated(TrainingSettings, given))


def test_inputs_of_the_test_split_are_left_out(tmp_path: Path) -> None:
    for split, names in (("train", "abcd"), ("valid", "ce"), ("test", "cx")):
        rows = [
            {"id": f"{split}-{name}", "code": f"int {name};", "language": "c", "label": k % 2}
            for k, name in enumerate(names)
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{split}.jsonl").write_text(text)
    given = settings(
        tmp_path / "out",
        task="vulnerability-prediction",
        data={"path": str(tmp_path), "split": "train"},
        test_split="test",
        epochs=1,
    )
    done = train(validated(TrainingSettings, given))
    assert (done.leaked, done.examples) == (2, {"train": 3, "valid": 1, "test": 2})
    assert "2 inputs of the test split" in (tmp_path / "out" / "README.md").read_text()
    (tmp_path / "valid.jsonl").write_text((tmp_path / "test.jsonl").read_text())
    with pytest.raises(DataError, match="nothing is left"):
        train(validated(TrainingSettings, given), overwrite=True)


def test_a_damaged_onnx_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model\.onnx in it"):
        load_classifier(f"onnx:{tmp_path}", "clone-detection")
    for name, text in (("model.onnx", "?"), ("tokenizer.json", "{}"), ("config.json", "{}")):
        (tmp_path / name).write_text(text)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_classifier(f"onnx:{tmp_path}", "clone-detection")
