"""Results as Python objects: tables, data frames, pictures of themselves, and reading them back."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError

import metacompress
from metacompress.cli.report import report
from metacompress.errors import MissingDependencyError, RunDirectoryError
from metacompress.runs.run_directory import SUMMARY, RunDirectory
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = "vulnerability-prediction"
HOSTILE = "wir-random?a=<script>&b"


@pytest.fixture
def checked(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> metacompress.CheckResult:
    return metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(12),
        task=TASK,
        transforms="rename-identifiers",
        run=tmp_path / "checked",
        report=False,
    )


@pytest.fixture
def attacked(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> metacompress.AttackResult:
    return metacompress.attack(
        "mock:",
        "mock:?seed=1",
        make_dataset(6),
        task=TASK,
        attacks="wir-random",
        control=False,
        max_queries=20,
        run=tmp_path / "attacked",
    )


def test_attributes_reach_every_number(checked: metacompress.CheckResult) -> None:
    follow_ups = checked.relations["prediction-agreement"].follow_ups
    assert follow_ups is not None
    # One variant of each source: all inputs weigh the same.
    assert follow_ups.rate == pytest.approx(follow_ups.violations / follow_ups.inputs)
    assert checked.verdict is checked.summary.verdict
    assert checked.summary.run == checked.run
    with pytest.raises(ValidationError, match="frozen"):
        checked.summary.verdict = Verdict.PASS


def test_tables_are_arrow(
    checked: metacompress.CheckResult, attacked: metacompress.AttackResult
) -> None:
    assert checked.examples.num_rows == checked.variants.num_rows == 12
    assert checked.predictions.num_rows == 24
    assert set(checked.violations["relation"].to_pylist()) == set(checked.relations)
    assert checked.curves.num_rows > 0
    assert checked.quarantine.num_rows == 0
    measures = attacked.summary.attacks["wir-random"].victims.values()
    assert attacked.attempts.num_rows >= sum(found.attacked for found in measures) > 0


def test_a_data_frame_has_a_row_per_relation_and_part(
    checked: metacompress.CheckResult, attacked: metacompress.AttackResult
) -> None:
    frame = checked.to_pandas().set_index(["relation", "part"])
    found = checked.relations["calibration-alignment"].sources
    assert found is not None
    row = frame.loc[("calibration-alignment", "sources")]
    assert (row["inputs"], row["value"]) == (found.inputs, found.value)
    assert found.rate is None
    frame = attacked.to_pandas()
    assert list(frame["victim"]) == ["teacher", "student"]
    assert frame["attacked"][0] == attacked.victim("wir-random", "teacher").attacked


def test_without_pandas_its_extra_is_named(
    checked: metacompress.CheckResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return original(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependencyError, match=r"package pandas.*\[pandas\]"):
        checked.to_pandas()


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.cells.append(data)


def test_a_result_shows_itself(
    checked: metacompress.CheckResult, attacked: metacompress.AttackResult
) -> None:
    for shown in (repr(checked), *_cells_of(checked)):
        assert "prediction-agreement" in shown
        assert str(checked.verdict) in shown
    found = checked.relations["prediction-agreement"].sources
    assert found is not None
    assert f"{100 * found.rate:.2f} % ({100 * found.low:.2f} to" in repr(checked)
    assert "wir-random" in repr(attacked)
    picture = ET.fromstring("<figure" + checked._repr_html_().partition("<figure")[2])[0]
    assert picture.get("role") == "img"
    words = " ".join(text.text or "" for text in picture.iter() if text.text)
    assert all(name in words for name in checked.relations)


def test_a_result_tells_its_warnings(checked: metacompress.CheckResult) -> None:
    warnings = checked.summary.warnings
    assert warnings
    for one in warnings:
        assert f"\nwarning {one.name}: {one.message}" in repr(checked)
        assert one.message in unescape(checked._repr_html_())


def _cells_of(result: Any) -> list[str]:
    parser = _Cells()
    parser.feed(result._repr_html_().partition("</table>")[0])
    assert parser.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    return [" ".join(parser.cells)]


def test_what_a_result_shows_is_text(attacked: metacompress.AttackResult) -> None:
    content = attacked.summary.content()
    content["attacks"] = {HOSTILE: content["attacks"]["wir-random"]}
    attacked.summary = type(attacked.summary).model_validate(content)
    assert HOSTILE in _cells_of(attacked)[0]
    assert "<script" not in attacked._repr_html_()


def test_a_check_writes_its_report_unless_told_not_to(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    for wanted in (False, True):
        result = metacompress.check(
            "mock:", "mock:?noise=1e-9", make_dataset(4), task=TASK, run=tmp_path, report=wanted
        )
        assert (result.run / "report.html").is_file() is wanted


def test_runs_are_read_back(
    checked: metacompress.CheckResult, attacked: metacompress.AttackResult, tmp_path: Path
) -> None:
    for result in (checked, attacked):
        again = metacompress.load_run(result.run)
        assert type(again) is type(result)
        assert again.summary == result.summary
    assert attacked.victim("wir-random", "teacher").cpu_seconds > 0
    with pytest.raises(RunDirectoryError, match="no such run directory"):
        metacompress.load_run(tmp_path / "nothing")


def test_reading_a_run_loads_no_model_and_no_chart(checked: metacompress.CheckResult) -> None:
    code = (
        f"import sys, metacompress; print(metacompress.load_run({str(checked.run)!r}).verdict)\n"
        "print(sorted({'torch', 'transformers', 'matplotlib', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == [str(checked.verdict), "[]"]


def test_the_summary_of_another_version_is_refused_in_one_line(
    checked: metacompress.CheckResult,
) -> None:
    stored = json.loads((checked.run / SUMMARY).read_text())
    del stored["students"]["student"]["relations"]["prediction-agreement"]["sources"]["clusters"]
    RunDirectory(checked.run).write_json(SUMMARY, stored)
    message = rf"{SUMMARY}: .*prediction-agreement\.sources\.clusters.*again with --overwrite$"
    for read in (metacompress.load_run, report):
        with pytest.raises(RunDirectoryError, match=message) as caught:
            read(checked.run)
        assert "\n" not in str(caught.value)


def test_costs_that_are_no_costs_are_refused(attacked: metacompress.AttackResult) -> None:
    RunDirectory(attacked.run).write_json("costs.json", {"teacher": 3})
    with pytest.raises(RunDirectoryError, match=r"costs\.json: not what this version writes"):
        metacompress.load_run(attacked.run)
