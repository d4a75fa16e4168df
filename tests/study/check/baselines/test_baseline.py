"""A check with a baseline: the students beside that of a finished check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.cli.app import run_command
from metacompress.errors import RunDirectoryError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


def check(data: Path, run: Path, student: object, **settings: object):
    given = {"teacher": "mock:", "transforms": ("rename-identifiers",), **settings}
    return metacompress.check(student=student, data=data, task=TASK, run=run, report=False, **given)


@pytest.fixture
def before(devign_file: Path, tmp_path: Path) -> metacompress.CheckResult:
    return check(devign_file, tmp_path / "before", "mock:?noise=0.1")


def test_every_student_is_compared_as_the_finished_run_would_be(
    before: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    students = {"near": "mock:?noise=0.2", "far": "mock:?seed=4"}
    after = check(devign_file, tmp_path / "after", students, baseline=before.run, worse_by=0.4)
    assert list(after.summary.comparisons) == ["near", "far"]
    for name, found in after.summary.comparisons.items():
        alone = metacompress.compare(before, f"{after.run}#{name}", worse_by=0.4).summary
        assert found.stored() == alone.stored()
    # A verdict each: the comparison does not change what the check says.
    plain = check(devign_file, tmp_path / "plain", students)
    assert plain.summary.comparisons == {}
    assert {name: one.verdict for name, one in plain.students.items()} == {
        name: one.verdict for name, one in after.students.items()
    }
    again = check(devign_file, tmp_path / "after", students, baseline=before.run, worse_by=0.4)
    assert again.summary == after.summary
    assert "Beside the baseline" in after.to_html()
    assert "Beside the baseline" not in plain.to_html()


def test_the_exit_status_is_the_worse_one(
    devign_file: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def status(name: str, *more: str) -> int | None:
        return run_command(
            [
                *("check", "--task", TASK, "--data", str(devign_file), "--teacher", "mock:"),
                *("--transform", "rename-identifiers", "--tolerance", "1", "--quiet"),
                *("--relation", "prediction-agreement", "--run", str(tmp_path / name), *more),
            ]
        )

    relations = {"prediction-agreement": {"tolerance": 1}}
    first = check(devign_file, tmp_path / "first", "mock:?noise=0.1", relations=relations)
    assert first.verdict == "pass"
    beside = ("--student", "mock:?seed=4", "--baseline", str(tmp_path / "first"))
    assert status("worse", *beside) == 1
    told = capfd.readouterr().out
    assert "PASS  The student mimics the teacher" in told
    assert "student is worse than the baseline by more than 1 point" in told
    assert status("near", *beside, "--worse-by", "0.5") == 3


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"teacher": "mock:?seed=2"}, "teachers differ"),
        ({"seed": 3}, "seed is 0 in the baseline and 3"),
        ({"sequential": True}, "the other check is sequential"),
        ({"relations": ("prediction-agreement",)}, "does not evaluate"),
    ],
)
def test_a_baseline_that_does_not_fit_is_refused_before_any_model_is_asked(
    settings: dict[str, object],
    why: str,
    before: metacompress.CheckResult,
    devign_file: Path,
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match=why):
        check(devign_file, tmp_path / "r", "mock:?seed=1", baseline=before.run, **settings)
    assert not (tmp_path / "r" / "predictions.parquet").exists()


def test_a_baseline_must_be_a_finished_check_elsewhere(
    before: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(RunDirectoryError, match="no such run"):
        check(devign_file, tmp_path / "r", "mock:?seed=1", baseline=tmp_path / "nothing")
    with pytest.raises(UsageError, match="baseline"):
        check(devign_file, before.run, "mock:?seed=1", baseline=before.run)


def test_a_baseline_for_the_same_inputs_is_no_second_look(
    before: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    first = check(devign_file, tmp_path / "r", "mock:?noise=0.02")
    assert first.verdict == "undecided"
    for worse_by in (0.1, 0.2):
        again = check(
            devign_file,
            tmp_path / "r",
            "mock:?noise=0.02",
            baseline=before.run,
            worse_by=worse_by,
            overwrite=True,
        )
        assert again.summary.comparisons["student"].worse_by == worse_by


def test_a_check_without_variants_has_a_baseline(devign_file: Path, tmp_path: Path) -> None:
    plain = {"transforms": (), "relations": ["prediction-agreement"]}
    before = check(devign_file, tmp_path / "before", "mock:?seed=1", **plain)
    after = check(
        devign_file, tmp_path / "after", "mock:?seed=2", baseline=before.run, worse_by=1.0, **plain
    )
    (found,) = after.summary.comparisons.values()
    assert (found.sources > 0, found.follow_ups) == (True, 0)
