from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from compressing import cost_of
from known_again import content, is_known, loaded_by
from recording_tracker import RecordingTracker
from warm_python import warm_python

import metacompress
from metacompress.cli.report import report
from metacompress.compression.compress import compress
from metacompress.compression.settings import CompressionSettings
from metacompress.compression.techniques import avatar, compressor, morph
from metacompress.data.loading import load_dataset
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.models.loading import load_classifier
from metacompress.models.naming.role import Role
from metacompress.settings.validation import validated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from metacompress.compression.summary import CompressSummary

pytestmark = pytest.mark.usefixtures("warm_trainings")
PLAIN_PYTHON = sys.executable
TASK = "demo-problem"
SMALL = {"max_length": (64,), "layers": (1, 2), "vocabulary": (1000,), "batch_size": (16,)}


def _settings(technique: str, teacher: object, out: Path, **changed: Any) -> Any:
    return validated(
        CompressionSettings,
        {
            "technique": technique,
            "task": TASK,
            "teacher": str(teacher),
            "data": {"path": "demo", "split": "train", "language": "c"},
            "valid_split": "valid",
            "test_split": "test",
            "out": str(out),
            "target_mb": 0.2,
            "budget": 2,
            "trial_epochs": 1,
            "epochs": 1,
            "space": SMALL if technique != "compressor" else {**SMALL, "hidden": (16, 32)},
            **changed,
        },
    )


@pytest.fixture(scope="module")
def short_searches() -> Iterator[None]:
    """Searches in a space as small as this one find nothing more in a hundred generations."""
    with pytest.MonkeyPatch.context() as patch:
        for technique in (avatar, compressor, morph):
            patch.setattr(technique, "_GENERATIONS", 10)
        patch.setattr(compressor, "_RESTARTS", 1)
        yield


@pytest.fixture(scope="module")
def compressed(
    teacher: Path,
    tmp_path_factory: pytest.TempPathFactory,
    warm_trainings: None,
    short_searches: None,
) -> CompressSummary:
    out = tmp_path_factory.mktemp("compressor") / "out"
    return compress(_settings("compressor", teacher, out, seeds=2))


@pytest.fixture(params=["compressor", "avatar", "morph"])
def result(
    request: pytest.FixtureRequest,
    teacher: Path,
    compressed: CompressSummary,
    tmp_path: Path,
    short_searches: None,
) -> CompressSummary:
    if request.param == "compressor":
        return compressed
    return compress(_settings(request.param, teacher, tmp_path / "out"))


def test_a_technique_makes_a_student_that_can_be_checked(result: CompressSummary) -> None:
    technique = result.technique
    data = load_dataset("demo", TASK, split="test", language="c")
    predicted = (
        load_classifier(str(result.student.model), TASK).predict(data.examples).probabilities
    )
    accuracy = np.mean(predicted.argmax(axis=1) == [example.label for example in data])
    chosen = {one.seed: one for one in result.students}[result.student.seed]
    assert chosen.test.accuracy == pytest.approx(accuracy)
    assert result.chosen["max_length"] == 64
    assert len(result.trials) == (0 if technique == "compressor" else 2)
    assert abs(cost_of(result.chosen).megabytes - 0.2) < 0.1
    assert (chosen.flips is not None) is (technique == "morph")
    assert f"Chosen by {technique} for 0.2 MB" in (result.student.model / "README.md").read_text()
    evaluated = pq.read_table(result.out / "candidates.parquet").to_pylist()
    assert len(evaluated) > 50
    for member in result.front:
        assert member.configuration | member.objectives in evaluated
    fits = [one for one in evaluated if one["megabytes"] <= 0.2]
    assert len(fits) == len(evaluated) or technique == "compressor"


def test_costs_count_the_tokens_that_the_programs_give(teacher: Path, tmp_path: Path) -> None:
    space = {**SMALL, "vocabulary": (1000, 40_000), "hidden": (16,), "feed_forward": (32,)}
    settings = _settings("compressor", teacher, tmp_path / "out", space=space, target_mb=1.0)
    summary = compress(settings)
    (student,) = summary.students
    assert summary.cost.exact.parameters == student.parameters
    assert summary.chosen["vocabulary"] == 40_000
    assert student.parameters < 16 * 40_000


def test_a_finished_compression_is_read_and_no_other_one_replaces_it(
    teacher: Path, compressed: CompressSummary
) -> None:
    weights = compressed.student.model / "model.safetensors"
    before = weights.stat().st_mtime_ns
    report(compressed.out)
    assert "compressor: a student of" in (compressed.out / "report.html").read_text()
    whole = content(compressed.out)
    same = _settings("compressor", teacher, compressed.out, seeds=2, jobs=2)
    assert loaded_by(compress, same) == ""
    assert is_known(compress, same)
    assert compress(same) == compressed
    assert content(compressed.out) == whole
    with pytest.raises(RunDirectoryError, match=r"target_mb.*--out"):
        compress(_settings("compressor", teacher, compressed.out, seeds=2, target_mb=0.3))
    assert weights.stat().st_mtime_ns == before


def test_paths_go_on_as_they_come(
    teacher: Path, compressed: CompressSummary, tmp_path: Path
) -> None:
    checked = metacompress.check(
        teacher,
        compressed.student.model,
        "demo",
        report=False,
        task=TASK,
        split="valid",
        language="c",
        run=tmp_path / "run",
        store=tmp_path / "store.sqlite",
    )
    assert checked.summary.models[Role.TEACHER].spec == str(teacher)
    assert (tmp_path / "store.sqlite").is_file()
    again = metacompress.distill(
        teacher,
        "demo",
        task=TASK,
        split="train",
        language="c",
        model=compressed.student.model,
        epochs=1,
        out=tmp_path / "again",
    )
    assert again.settings["model"] == str(compressed.student.model)


def test_seeds_report_their_median_and_spread(compressed: CompressSummary) -> None:
    low, high = sorted(student.test.accuracy for student in compressed.students)
    spread = compressed.spread.test_accuracy
    assert (spread.median, spread.low, spread.high) == ((low + high) / 2, low, high)
    valid = sorted(compressed.students, key=lambda one: (one.accuracy, one.agreement))
    assert compressed.student.seed == valid[0].seed


def test_a_doubtful_teacher_is_told(
    compressed: CompressSummary, capsys: pytest.CaptureFixture[str]
) -> None:
    # Three epochs teach it nothing about problems that it has not seen.
    (doubt,) = (one for one in compressed.warnings if one.name == "no-better-than-majority")
    assert doubt.message.startswith("teacher: right on 0.00 % of the labelled sources")
    report(compressed.out)
    told = " ".join(capsys.readouterr().out.split())
    assert f"warning no-better-than-majority: {doubt.message}" in told
    assert doubt.message in (compressed.out / "report.html").read_text()
    assert compressed.content()["warnings"]


def test_a_tracker_hears_of_a_compression(compressed: CompressSummary, teacher: Path) -> None:
    told = RecordingTracker()
    settings = _settings("compressor", teacher, compressed.out, seeds=2)
    assert compress(settings, tracker=told).content() == compressed.content()
    for one in compressed.students:
        assert told.metrics[f"student/seed-{one.seed}/accuracy"] == one.accuracy
    assert told.metrics["student/parameters"] == compressed.cost.exact.parameters
    assert [path.name for path in told.artifacts] == ["result.json"]
    environment = json.loads((compressed.out / "environment.json").read_text())
    assert environment["metacompress"]


def test_a_killed_compression_goes_on(teacher: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["compress", "avatar", "--task", TASK, "--data", "demo", "--split", "train"]
    words += ["--language", "c", "--valid-split", "valid", "--teacher", str(teacher)]
    words += ["--target-mb", "0.2", "--budget", "2", "--trial-epochs", "1", "--epochs", "1"]
    words += ["--space", "max-length=64", "--space", "layers=1", "--out", str(out), "--json"]
    command = ["-m", "metacompress", *words]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    first = subprocess.Popen(
        [PLAIN_PYTHON, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    done = out / "trials" / "000" / "outcome.json"
    deadline = time.monotonic() + 120
    while not done.exists() and time.monotonic() < deadline:
        assert first.poll() is None
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.wait()
    time.sleep(0.5)  # its training notices that nobody waits for it
    before = done.stat().st_mtime_ns
    second = subprocess.run(
        [warm_python(), *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    summary = json.loads(second.stdout)
    assert done.stat().st_mtime_ns == before
    assert [trial["failure"] for trial in summary["trials"]] == [None] * 2
    assert summary["schema"] == "metacompress.compress/1"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target_mb": 0}, "target_mb"),
        ({"budget": 1}, "budget"),
        ({"technique": "magic"}, "technique"),
        ({"hold_out": 0.2}, "not both"),
        ({"faithful": ("in-place-mutation",)}, "quirk of avatar"),
        ({"faithful": ("typo",)}, "faithful"),
    ],
    ids=["size", "budget", "technique", "hold-out", "quirk", "unknown-quirk"],
)
def test_wrong_settings_are_named(tmp_path: Path, changed: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        _settings(changed.pop("technique", "compressor"), "demo:teacher", tmp_path, **changed)


@pytest.mark.parametrize(
    "space", [{"vocabulary": (10,)}, {"learning_rate": (-1.0,)}, {"dropout": (2.0,)}], ids=str
)
def test_values_that_no_training_takes_are_told_first(space: dict, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--space"):
        compress(_settings("avatar", "no/such/teacher", tmp_path / "out", space=space))


def test_a_target_that_no_student_meets_is_told_before_the_teacher_is_loaded(
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match="--target-mb"):
        compress(_settings("avatar", "no/such/teacher", tmp_path / "out", target_mb=0.001))
