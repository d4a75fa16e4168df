from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from placed import write_functions
from recording_tracker import RecordingTracker

import metacompress
from metacompress.cli.app import run_command
from metacompress.errors import UnknownNameError, UsageError

TASK = "vulnerability-prediction"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_functions(tmp_path / "functions.jsonl", 20)


def test_a_tracker_hears_of_stages_figures_and_files(data: Path, tmp_path: Path) -> None:
    told = RecordingTracker()
    badge = tmp_path / "badge.svg"
    result = metacompress.check(
        "mock:", "mock:?seed=1", data, task=TASK, language="c", run=tmp_path / "run",
        tracker=told, badge=badge,
    )  # fmt: skip
    assert "teacher on sources" in told.stages
    for relation, one in result.relations.items():
        for part, judged in one.parts():
            name = f"student/{relation}/{part.words}"
            if judged.verdict is None:
                assert name not in told.metrics
            else:
                found = [told.metrics[f"{name}{end}"] for end in ("", "-low", "-high")]
                assert found == [judged.value, judged.low, judged.high]
    accuracy = result.summary.models["teacher"].sources.accuracy
    assert told.metrics["teacher/accuracy/sources"] == accuracy
    names = [path.name for path in told.artifacts]
    assert names == ["study.json", "summary.json", "environment.json", "report.html", "badge.svg"]


def test_a_tracker_changes_no_result(data: Path, tmp_path: Path) -> None:
    for name, tracker in (("a", None), ("b", RecordingTracker())):
        metacompress.check(
            "mock:", "mock:?seed=1", data, task=TASK, language="c", run=tmp_path / name,
            report=False, tracker=tracker,
        )  # fmt: skip
    for file in ("summary.json", "study.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_attacks_are_tracked(data: Path, tmp_path: Path) -> None:
    told = RecordingTracker()
    result = metacompress.attack(
        "mock:", "mock:?seed=1", data, task=TASK, language="c", attacks=["wir-random"],
        control=False, limit=6, run=tmp_path / "run", tracker=told,
    )  # fmt: skip
    rate = result.victim("wir-random", "student").valid_success_rate
    assert told.metrics.get("student/wir-random/valid_success_rate") == rate
    assert tmp_path / "run" / "summary.json" in told.artifacts


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A client of MLflow with a file store of its own."""
    mlflow = pytest.importorskip("mlflow")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", (tmp_path / "mlruns").as_uri())
    # The store that needs no database is to be allowed since MLflow 3.
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "students")
    return mlflow.MlflowClient()


def command(data: Path, run: Path, *further: str) -> list[str]:
    return [
        "check", "--task", TASK, "--data", str(data), "--language", "c", "--teacher", "mock:",
        "--student", "mock:?seed=1", "--run", str(run), "--quiet", "--tracker", "mlflow", *further,
    ]  # fmt: skip


def test_mlflow_keeps_a_check(data: Path, tmp_path: Path, client: object) -> None:
    run_command(command(data, tmp_path / "run"))
    experiment = client.get_experiment_by_name("students")
    (run,) = client.search_runs([experiment.experiment_id])
    assert run.info.run_name == "run"
    assert run.info.status == "FINISHED"
    summary = json.loads((tmp_path / "run/summary.json").read_text())
    judged = summary["students"]["student"]["relations"]["prediction-agreement"]["sources"]
    assert run.data.metrics["student/prediction-agreement/sources"] == judged["value"]
    assert run.data.tags["metacompress.stage"] == "finished"
    files = {one.path for one in client.list_artifacts(run.info.run_id)}
    assert files == {"study.json", "summary.json", "environment.json", "report.html"}


def test_files_of_one_name_are_all_kept(data: Path, tmp_path: Path, client: object) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
    files = ["--junit", str(folders[0] / "out"), "--badge", str(folders[1] / "out")]
    run_command(command(data, tmp_path / "run", *files))
    experiment = client.get_experiment_by_name("students")
    (run,) = client.search_runs([experiment.experiment_id])
    for place, folder in zip(("out", "2/out"), folders, strict=True):
        kept = client.download_artifacts(run.info.run_id, place)
        assert Path(kept).read_bytes() == (folder / "out").read_bytes()


def test_a_failed_check_is_a_failed_run(data: Path, tmp_path: Path, client: object) -> None:
    with suppress(UsageError):
        run_command(command(data, tmp_path / "run", "--transform", "no-such-rewrite"))
    experiment = client.get_experiment_by_name("students")
    (run,) = client.search_runs([experiment.experiment_id])
    assert run.info.status == "FAILED"


def test_what_mlflow_says_is_one_line(
    data: Path, tmp_path: Path, client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "furlongs://nowhere")
    with pytest.raises(UsageError, match=r"^--tracker mlflow: ") as raised:
        run_command(command(data, tmp_path / "run"))
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "run").exists()


def test_an_unknown_tracker_is_refused_first(data: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="mlflow"):
        metacompress.check(
            "mock:", "mock:", data, task=TASK, language="c", run=tmp_path / "run", tracker="mlfow"
        )
    assert not (tmp_path / "run").exists()
