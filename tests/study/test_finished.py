"""A finished study is known again by the files that it read, and by nothing less."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from known_again import Notes
from tiny_models import write_model

import metacompress
from metacompress.files.reads import note_read, recording_reads, unchanged
from metacompress.models.files.source import source_of
from metacompress.runs.run_files import ENVIRONMENT, RECOGNITION

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 12


@pytest.fixture
def files(tmp_path: Path) -> Path:
    code = [f"int f(int a) {{ return a + {number}; }}" for number in range(ROWS)]
    write_lines(tmp_path / "data.jsonl", [{"func": one, "target": 0} for one in code])
    for name, safe in (("teacher", 0.75), ("student", 0.65)):
        write_lines(
            tmp_path / f"{name}.jsonl",
            [{"id": str(row), "prob_0": safe, "prob_1": 1 - safe} for row in range(1, ROWS + 1)],
        )
    return tmp_path


def write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def study(files: Path, progress: Notes, **more: object) -> metacompress.CheckResult:
    settings = {
        "task": "vulnerability-prediction",
        "run": files / "run",
        "relations": {"prediction-agreement": {}},
    }
    return metacompress.check(
        f"recorded:{files}/teacher.jsonl",
        f"recorded:{files}/student.jsonl",
        files / "data.jsonl",
        progress=progress,
        **(settings | more),  # type: ignore[arg-type]
    )


def was_known(files: Path, **more: object) -> bool:
    progress = Notes()
    study(files, progress, **more)
    return not progress.stages


def test_nothing_is_loaded_again(files: Path) -> None:
    first = study(files, Notes())
    page = (files / "run/report.html").stat()
    made = (files / "run" / ENVIRONMENT).read_bytes()
    progress = Notes()
    second = study(files, progress)
    assert second.summary == first.summary
    assert not progress.stages
    assert "finished before" in progress.notes[0]
    assert (files / "run" / ENVIRONMENT).read_bytes() == made
    assert (files / "run/report.html").stat().st_mtime_ns == page.st_mtime_ns


def test_a_working_directory_that_goes_away_ends_no_study(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = files / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    class Leaves(Notes):
        def stage(self, title: str, total: int):  # type: ignore[no-untyped-def]
            if here.is_dir():
                here.rmdir()
            return super().stage(title, total)

    first = study(files, Leaves())
    assert (files / "run/report.html").is_file()
    assert study(files, Notes()).summary == first.summary
    monkeypatch.chdir(files)
    assert study(files, Notes()).summary == first.summary
    assert was_known(files)


def test_the_default_directory_is_found_again(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files)
    first = study(files, Notes(), run=None)
    assert was_known(files, run=None)
    assert study(files, Notes(), run=None).run == first.run


def test_runs_without_a_directory_share_their_answers(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)

    def asked(student: str, tolerance: float) -> dict[str, int]:
        found = metacompress.check(
            f"recorded:{files}/teacher.jsonl",
            f"recorded:{files}/{student}.jsonl",
            files / "data.jsonl",
            task="vulnerability-prediction",
            relations={"prediction-agreement": {"tolerance": tolerance}},
        )
        cost = json.loads((found.run / ENVIRONMENT).read_text())["cost"]
        inputs: dict[str, int] = cost["inputs_asked"]
        return inputs

    other = (files / "student.jsonl").read_text().replace("0.65", "0.6").replace("0.35", "0.4")
    (files / "other.jsonl").write_text(other)
    assert asked("student", 0.1) == {"teacher": ROWS, "student": ROWS}
    assert asked("student", 0.2) == {"teacher": 0, "student": 0}
    assert asked("other", 0.2) == {"teacher": 0, "student": ROWS}
    assert len(list((files / "runs").glob("vulnerability-prediction-*"))) == 3


def test_other_content_of_the_same_size_and_time_is_seen(files: Path) -> None:
    first = study(files, Notes())
    path = files / "student.jsonl"
    before, content = path.stat(), path.read_text()
    swapped = content.replace("prob_0", "prob_2").replace("prob_1", "prob_0")
    path.write_text(swapped.replace("prob_2", "prob_1"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    with pytest.raises(metacompress.errors.RunDirectoryError, match="another check"):
        study(files, Notes())
    other = study(files, Notes(), overwrite=True)
    assert other.summary != first.summary
    assert was_known(files)
    path.write_text(content)
    assert not was_known(files, overwrite=True)
    assert study(files, Notes()).summary == first.summary


@pytest.mark.parametrize("name", ["predictions.parquet", "summary.json", RECOGNITION])
def test_a_damaged_result_is_made_again(name: str, files: Path) -> None:
    first = study(files, Notes())
    content = (files / "run" / name).read_bytes()
    (files / "run" / name).write_bytes(content[:-1] + b"!")
    assert not was_known(files)
    assert study(files, Notes()).summary == first.summary
    if name != RECOGNITION:
        assert (files / "run" / name).read_bytes() == content


def test_a_damaged_report_is_made_again(files: Path) -> None:
    study(files, Notes())
    page = (files / "run/report.html").read_bytes()
    (files / "run/report.html").write_bytes(page[:-9])
    assert was_known(files)
    assert (files / "run/report.html").read_bytes() == page


def test_other_settings_are_another_study(files: Path) -> None:
    study(files, Notes())
    assert not was_known(files, confidence=0.9, overwrite=True)


def test_models_in_memory_are_never_known_by_files(files: Path) -> None:
    def half(codes: list[str]) -> list[list[float]]:
        return [[0.5, 0.5]] * len(codes)

    half.fingerprint = "half"  # type: ignore[attr-defined]
    for _ in range(2):
        progress = Notes()
        metacompress.check(
            f"recorded:{files}/teacher.jsonl",
            half,
            files / "data.jsonl",
            task="vulnerability-prediction",
            run=files / "run",
            report=False,
            progress=progress,
        )
        assert progress.stages
    assert not (files / "run" / RECOGNITION).exists()


def test_states_of_files(tmp_path: Path) -> None:
    here, gone = tmp_path / "here", tmp_path / "gone"
    here.write_text("a")
    with recording_reads() as reads:
        note_read(here)
        note_read(gone)
        note_read(tmp_path)
    note_read(tmp_path / "later")  # outside of the block
    assert set(reads) == {str(here), str(gone), str(tmp_path)}
    assert unchanged(json.loads(json.dumps(reads)))
    gone.write_text("a")
    assert not unchanged(reads)


def test_what_a_hub_has_is_known_by_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An adapter in a directory, say, whose base is on a hub."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    snapshot = tmp_path / "models--owner--base/snapshots/abc"
    write_model(snapshot)
    (tmp_path / "models--owner--base/refs").mkdir()
    (tmp_path / "models--owner--base/refs/main").write_text("abc")
    with recording_reads() as reads:
        source_of("owner/base")
    assert not unchanged(reads)
    assert not unchanged(json.loads(json.dumps(reads)))
