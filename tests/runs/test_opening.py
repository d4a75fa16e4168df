from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.runs.opening import open_run
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.attack.kind import ATTACK
from metacompress.study.check.kind import CHECK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
KIND = replace(ATTACK, files=(*ATTACK.files, *CHECK.files))


def opened(path: Path, identity: dict[str, Any], **options: Any) -> RunDirectory:
    run = RunDirectory(path)
    with open_run(run, KIND, identity, overwrite=True, **options):
        run.write_json("summary.json", identity)
        run.write_text("variants/part-00000.parquet", "shard")
    return run


def asked(result: metacompress.CheckResult) -> dict[str, int]:
    content = json.loads((result.run / "environment.json").read_text())
    counts: dict[str, int] = content["cost"]["inputs_asked"]
    return counts


def test_what_a_user_put_there_survives_overwriting(tmp_path: Path) -> None:
    run = opened(tmp_path / "run", {"seed": 0})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.jsonl").write_text("precious")
    (run.path / "notes.txt").write_text("mine")
    (run.path / "attempts").symlink_to(outside)
    (run.path / "costs.json").symlink_to(outside / "x.jsonl")
    notes: list[str] = []
    opened(run.path, {"seed": 1}, note=notes.append)
    assert (run.path / "notes.txt").read_text() == "mine"
    assert (outside / "x.jsonl").read_text() == "precious"
    assert len(notes) == 1
    assert "attempts, notes.txt" in notes[0]
    assert run.read_json("study.json") == {"seed": 1}


def test_a_link_in_place_of_a_table_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    run = opened(tmp_path / "run", {"seed": 0})
    (run.path / "report.html").symlink_to(tmp_path / "precious")
    run.write_text("report.html", "page")
    assert (tmp_path / "precious").read_text() == "precious"
    assert (run.path / "report.html").read_text() == "page"


def test_nothing_is_written_into_a_foreign_directory(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("{}")
    with pytest.raises(RunDirectoryError, match=r"no attack of ours wrote \('summary.json'\)"):
        opened(tmp_path, {"seed": 0})
    assert [path.name for path in tmp_path.iterdir()] == ["summary.json"]


@pytest.mark.parametrize("content", ["{}", "[1]", "garbage", '{"task": "x"}'])
def test_a_file_named_like_ours_makes_no_directory_ours(content: str, tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text(content)
    with pytest.raises(RunDirectoryError, match="new or empty"):
        opened(tmp_path, {"seed": 0})


def test_a_directory_says_what_it_holds(tmp_path: Path) -> None:
    opened(tmp_path / "run", {"seed": 0})
    marker = tmp_path / "run/.metacompress"
    assert json.loads(marker.read_text()) == {"kind": "attack", "format": 1}
    for other in ("check", "study"):  # another command; an earlier version
        marker.write_text(json.dumps({"kind": other, "format": 1}))
        with pytest.raises(RunDirectoryError, match=rf"\({other}, not attack\).*another --run"):
            opened(tmp_path / "run", {"seed": 0})


def test_killed_before_the_marker_it_is_still_free(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    (tmp_path / "..metacompress.7.metacompress-partial").touch()
    opened(tmp_path, {"seed": 0})


def test_a_model_that_cannot_be_known_again_begins_anew(tmp_path: Path) -> None:
    run = opened(tmp_path / "run", {"seed": 0})
    opened(run.path, {"seed": 0})
    shard = run.path / "variants/part-00000.parquet"
    before = shard.stat().st_ino
    kept = replace(KIND, keeps_answers=False)
    with open_run(run, kept, {"seed": 0}, overwrite=True, unknown=["teacher"]):
        assert shard.stat().st_ino == before
    with (
        pytest.raises(RunDirectoryError, match=r"with a teacher that has no fingerprint"),
        open_run(run, KIND, {"seed": 0}, overwrite=False, unknown=["teacher"]),
    ):
        pass
    assert shard.stat().st_ino == before
    with open_run(run, KIND, {"seed": 0}, overwrite=True, unknown=["teacher"]):
        assert not shard.exists()
        assert not run.has("summary.json")


def test_a_damaged_identity_is_named_and_can_be_overwritten(tmp_path: Path) -> None:
    run = opened(tmp_path / "run", {"seed": 0})
    (run.path / "study.json").write_text("{")
    with (
        pytest.raises(RunDirectoryError, match=r"study.json: damaged.*--overwrite"),
        open_run(run, KIND, {"seed": 0}, overwrite=False),
    ):
        pass
    opened(run.path, {"seed": 0})


def test_overwriting_keeps_what_is_still_valid(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    data, run = make_dataset(12), tmp_path / "run"

    def check(student: str, **settings: Any) -> metacompress.CheckResult:
        return metacompress.check(
            "mock:",
            student,
            data,
            report=False,
            task=TASK,
            run=run,
            transforms=["rename-identifiers"],
            overwrite=True,
            **settings,
        )

    first = check("mock:?seed=1")
    assert asked(first) == {"teacher": 24, "student": 24}
    variants = (run / "variants.parquet").stat().st_mtime_ns
    # The same study: nothing is asked, nothing is made again.
    assert asked(check("mock:?seed=1")) == {"teacher": 0, "student": 0}
    assert (run / "variants.parquet").stat().st_mtime_ns == variants
    # Another student: the teacher's answers and the variants stand.
    assert asked(check("mock:?seed=2")) == {"teacher": 0, "student": 24}
    assert (run / "variants.parquet").stat().st_mtime_ns == variants
    # Other variants of the same sources.
    again = check("mock:?seed=2", seed=1)
    assert asked(again)["teacher"] <= 12
    assert (run / "variants.parquet").stat().st_mtime_ns != variants
    whole = metacompress.check(
        "mock:",
        "mock:?seed=2",
        data,
        report=False,
        task=TASK,
        run=tmp_path / "new",
        transforms=["rename-identifiers"],
        seed=1,
    )
    assert again.summary.stored() == whole.summary.stored()


def test_a_run_may_not_hold_what_it_reads(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    data, run = make_dataset(4), tmp_path / "run"
    metacompress.check("mock:", "mock:?noise=1e-9", data, report=False, task=TASK, run=run)
    before = (run / "predictions.parquet").read_bytes()
    (tmp_path / "link").symlink_to(run)
    for model in (f"recorded:{run}/predictions.parquet", f"recorded:{tmp_path}/link/study.json"):
        with pytest.raises(UsageError, match=r"--student reads"):
            metacompress.check(
                "mock:", model, data, report=False, task=TASK, run=run, overwrite=True
            )
    with pytest.raises(UsageError, match=r"--data reads"):
        metacompress.check(
            "mock:",
            "mock:?noise=1e-9",
            run / "examples.parquet",
            report=False,
            task=TASK,
            run=tmp_path / "link",
        )
    assert (run / "predictions.parquet").read_bytes() == before
    with pytest.raises(UsageError, match=r"--substitutes reads .*study\.json"):
        metacompress.attack(
            "mock:",
            "mock:?noise=1e-9",
            data,
            task=TASK,
            run=tmp_path / "link",
            substitutes=f"recorded:{run}/study.json",
        )


def test_a_run_goes_on_with_what_it_says_of_another(tmp_path: Path) -> None:
    run = opened(tmp_path / "run", {"limit": 10})
    seen: list[tuple[dict[str, Any], dict[str, Any]]] = []

    def goes_on(there: dict[str, Any], identity: dict[str, Any]) -> list[str]:
        seen.append((there, identity))
        return ["variants/part-*.parquet"]

    with open_run(run, KIND, {"limit": 20}, overwrite=False, taking_over=goes_on):
        assert not run.has("summary.json")
        assert (run.path / "variants/part-00000.parquet").exists()
    assert seen == [({"limit": 10}, {"limit": 20})]
    assert run.read_json("study.json") == {"limit": 20}
    # The same run asks nobody.
    with open_run(run, KIND, {"limit": 20}, overwrite=False, taking_over=goes_on):
        assert len(seen) == 1


def test_a_run_that_must_not_be_replaced_stays(tmp_path: Path) -> None:
    run = opened(tmp_path / "run", {"limit": 10})

    def refuse(there: dict[str, Any], identity: dict[str, Any]) -> None:
        raise RunDirectoryError("a second look", path=run.path)

    with (
        pytest.raises(RunDirectoryError, match="a second look"),
        open_run(run, KIND, {"limit": 20}, overwrite=True, taking_over=refuse),
    ):
        pass
    assert run.read_json("study.json") == run.read_json("summary.json") == {"limit": 10}
