"""Two checks compared from their run directories."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.api.schemas import json_schema
from metacompress.cli.app import run_command
from metacompress.data.part import Part
from metacompress.errors import MetaCompressError, RunDirectoryError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


def check(data: Path, run: Path, student: object = "mock:?noise=0.1", **settings: object):
    given = {"teacher": "mock:", "transforms": ("rename-identifiers",), **settings}
    return metacompress.check(student=student, data=data, task=TASK, run=run, report=False, **given)


@pytest.fixture
def baseline(devign_file: Path, tmp_path: Path) -> metacompress.CheckResult:
    return check(devign_file, tmp_path / "before")


def test_the_values_are_those_of_the_checks(
    baseline: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    after = check(devign_file, tmp_path / "after", "mock:?noise=0.5")
    found = metacompress.compare(baseline, after, worse_by=0.2)
    assert list(found.relations) == list(after.relations)
    for name, part, row in found.summary.rows():
        judged = [dict(one.relations[name].parts())[part] for one in (baseline, after)]
        assert [row.first, row.second] == pytest.approx([one.value for one in judged])
        sign = abs if row.distances else float
        assert row.difference == pytest.approx(sign(row.second) - sign(row.first))
        assert row.low <= row.difference <= row.high
    signed = {name for name, _, row in found.summary.rows() if row.distances}
    assert signed == {"robustness-gap", "calibration-alignment"}
    assert (found.summary.sources, found.summary.follow_ups) == (60, len(after.predictions) - 60)
    frame = found.to_pandas()
    assert set(frame["relation"]) == set(found.relations)
    assert f"ComparisonResult: {found.verdict}" in repr(found)
    assert "<table>" in found._repr_html_()


def test_the_same_student_differs_in_nothing(
    baseline: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    again = check(devign_file, tmp_path / "again")
    found = metacompress.compare(baseline.run, str(again.run), worse_by=0.3)
    assert found.verdict == "pass"
    assert {row.difference for _, _, row in found.summary.rows()} == {0}
    tight = metacompress.compare(baseline, again, worse_by=0)
    assert tight.verdict == "undecided"


def test_a_student_is_chosen_by_name(
    baseline: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    students = {"near": "mock:?noise=0.1", "far": "mock:?seed=4"}
    both = check(devign_file, tmp_path / "both", students, floor="mock:?seed=7")
    worse = metacompress.compare(f"{both.run}#near", f"{both.run}#far")
    assert worse.verdict == "fail"
    assert (worse.summary.first.student, worse.summary.second.student) == ("near", "far")
    assert metacompress.compare(baseline, f"{both.run}#near", worse_by=0.3).verdict == "pass"
    for place, why in ((both.run, "RUN|#NAME"), (f"{both.run}#nobody", "near, far")):
        with pytest.raises(UsageError, match=why):
            metacompress.compare(baseline, place)


def test_a_limited_check_is_compared_on_what_both_have(
    baseline: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    limited = check(devign_file, tmp_path / "limited", limit=25)
    found = metacompress.compare(baseline, limited).summary
    # A variant depends on its example, and on the names in all of the data, which are the same.
    assert (found.sources, found.follow_ups) == (25, 25)
    whole = check(devign_file, tmp_path / "whole", transforms=())
    part = check(devign_file, tmp_path / "part", "mock:?noise=0.4", transforms=(), limit=25)
    for one, other in ((whole, part), (part, whole)):
        found = metacompress.compare(one, other).summary
        assert (found.sources, found.follow_ups) == (25, 0)
        assert all(part is Part.SOURCES for _, part, _ in found.rows())


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"teacher": "mock:?seed=9"}, "teachers differ"),
        ({"transforms": ("flip-comparison",)}, "variants differ: transforms"),
        ({"seed": 5}, "variants differ: seed"),
        ({"relations": ("prediction-agreement",)}, "does not evaluate the relation"),
        ({"relations": {"confidence-preservation": {"delta": 0.2}}}, "relation"),
    ],
)
def test_checks_of_another_kind_are_refused(
    settings: dict[str, object],
    why: str,
    baseline: metacompress.CheckResult,
    devign_file: Path,
    tmp_path: Path,
) -> None:
    with pytest.raises(UsageError, match=why):
        metacompress.compare(baseline, check(devign_file, tmp_path / "other", **settings))


def test_constants_must_be_the_same_and_tolerances_need_not(
    devign_file: Path, tmp_path: Path
) -> None:
    runs = [
        check(
            devign_file,
            tmp_path / name,
            relations={"confidence-preservation": {"delta": delta, "tolerance": tolerance}},
        )
        for name, delta, tolerance in (("a", 0.05, 0.1), ("b", 0.05, 0.2), ("c", 0.1, 0.1))
    ]
    assert metacompress.compare(runs[0], runs[1], worse_by=0.5).verdict == "pass"
    with pytest.raises(UsageError, match=r"delta is 0\.05 in the baseline and 0\.1"):
        metacompress.compare(runs[0], runs[2])


def test_other_data_are_refused(
    baseline: metacompress.CheckResult, devign_file: Path, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in devign_file.read_text().splitlines()]
    cases = {
        "another text": [{**row, "func": row["func"] + "\n"} for row in rows],
        "another label": [{**row, "target": 1 - row["target"]} for row in rows],
        "no source is in both": [{**row, "idx": row["idx"] + 1000} for row in rows],
        "lacks 20 sources": rows[:40],
    }
    for number, (why, content) in enumerate(cases.items()):
        data = tmp_path / f"data-{number}.jsonl"
        data.write_text("".join(json.dumps(row) + "\n" for row in content))
        with pytest.raises(UsageError, match=why):
            metacompress.compare(baseline, check(data, tmp_path / f"run-{number}"))


def test_what_is_no_finished_check_is_refused(
    baseline: metacompress.CheckResult, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for place, why in (("empty", "no run"), ("missing", "no such run directory")):
        with pytest.raises(RunDirectoryError, match=why):
            metacompress.compare(baseline, tmp_path / place)
    (baseline.run / "predictions.parquet").write_bytes(b"PAR1")
    with pytest.raises(MetaCompressError, match="damaged"):
        metacompress.compare(baseline, baseline)


def test_a_directory_may_have_the_mark_in_its_name(devign_file: Path, tmp_path: Path) -> None:
    run = check(devign_file, tmp_path / "c#1")
    assert metacompress.compare(run.run, f"{run.run}#student", worse_by=0.5).verdict == "pass"


def test_the_command_prints_a_table_within_eighty_columns(
    baseline: metacompress.CheckResult,
    devign_file: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after = check(devign_file, tmp_path / "after", "mock:?seed=4")
    monkeypatch.setenv("COLUMNS", "80")
    runs = [str(one.run) for one in (baseline, after)]

    assert run_command(["compare", *runs]) == 1
    told = capfd.readouterr().out
    assert "FAIL  student is worse than the baseline by more than 1 point" in told
    assert max(map(len, told.splitlines())) <= 80

    assert run_command(["compare", runs[0], runs[0], "--worse-by", "0.3", "--json"]) == 0
    content = json.loads(capfd.readouterr().out)
    assert (content["schema"], content["verdict"]) == ("metacompress.compare/1", "pass")
    assert set(content) == set(json_schema("compare")["required"])
    assert run_command(["compare", runs[0], runs[0], "--worse-by", "0"]) == 3
    with pytest.raises(UsageError, match="run"):
        run_command(["compare", runs[0]])


def test_what_is_to_be_doubted_of_either_check_is_told(
    baseline: metacompress.CheckResult,
    devign_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    constant = check(devign_file, tmp_path / "constant", lambda texts: np.eye(2)[[0] * len(texts)])
    own = {one.sentence for one in constant.summary.warnings if one.model == "student"}
    shared = {one.sentence for one in baseline.summary.warnings}
    assert own
    assert own.isdisjoint(shared)

    found = metacompress.compare(baseline, constant)
    assert own | shared == {one.sentence for one in found.summary.warnings()}
    assert all(one in repr(found) for one in own | shared)
    found = metacompress.compare(constant, baseline)
    doubts = found.summary.warnings()
    assert [one.message for one in doubts if one.model == "student"] == [
        f"baseline, {one.message}" for one in constant.summary.warnings if one.model == "student"
    ]
    places = (found.to_html(), found._repr_html_())
    run_command(["compare", str(constant.run), str(baseline.run)])
    places = (*places, " ".join(capsys.readouterr().out.split()))
    for place in places:
        assert all(one.message in html.unescape(place) for one in doubts)
    checked = check(devign_file, tmp_path / "beside", baseline=constant.run)
    assert all(one.message in html.unescape(checked.to_html()) for one in doubts)
