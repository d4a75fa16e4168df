"""The figures of the page of results come from kept summaries, and from nowhere else."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from placed import write_functions

import metacompress

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def results() -> ModuleType:
    spec = importlib.util.spec_from_file_location("results", ROOT / "scripts/results.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def kept(results: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the kept summary of a small check."""
    directory = tmp_path_factory.mktemp("kept")
    metacompress.check(
        "mock:",
        "mock:?seed=1",
        write_functions(directory / "functions.jsonl", 20),
        task="vulnerability-prediction",
        language="c",
        run=directory / "run",
        report=False,
    )
    results.keep("small", directory / "run", directory)
    return directory


def test_the_page_is_what_the_script_makes(results: ModuleType) -> None:
    page = results.PAGE.read_text()
    assert results.rebuilt(page) == page


def test_every_mark_is_closed(results: ModuleType) -> None:
    page = results.PAGE.read_text()
    marks = re.findall(r"<!-- (?:table|figure|rows|end)", page)
    assert marks
    assert marks[1::2] == ["<!-- end"] * (len(marks) // 2)
    assert "<!-- end" not in marks[::2]
    assert len(results._MARK.findall(page)) == len(marks) // 2


def test_figures_are_filled_in(results: ModuleType, kept: Path) -> None:
    summary = metacompress.load_run(kept / "run").summary
    judged = summary.relations["prediction-agreement"].sources
    page = (
        "<!-- figure small data.sources count -->7<!-- end --> sources, "
        "<!-- figure small students.student.relations.prediction-agreement.sources.value "
        "percent:1 -->typed by hand<!-- end -->\n"
        "<!-- table small rows=relations verdicts relations=prediction-agreement -->"
        "<!-- end -->\n"
    )
    made = results.rebuilt(page, kept)
    assert f"-->{20}<!-- end --> sources" in made
    assert f"-->{100 * judged.value:.1f} %<!-- end -->" in made
    value = f"{100 * judged.value:.2f} ({100 * judged.low:.2f} to {100 * judged.high:.2f})"
    assert f"| prediction-agreement, sources | {value} {judged.verdict} |" in made
    assert results.rebuilt(made, kept) == made


def test_rows_that_a_benchmark_measured_make_a_table(results: ModuleType, tmp_path: Path) -> None:
    rows = [
        {"name": "a_b", "share_won": 0.25, "runs": 1200},
        {"name": "c", "share_won": None, "runs": 3},
    ]
    (tmp_path / "measured.json").write_text(json.dumps({"found": {"rows": rows}}))
    mark = "<!-- rows measured found.rows name share_won:percent:1 runs:count -->"
    made = results.rebuilt(f"{mark}typed by hand<!-- end -->", tmp_path)
    lines = [line for line in made.splitlines() if line.startswith("|")]
    assert lines[0] == "| name | share won | runs |"
    assert lines[2:] == [r"| a\_b | 25.0 % | 1,200 |", "| c | – | 3 |"]
    assert results.rebuilt(made, tmp_path) == made


def test_a_kept_summary_is_the_one_of_its_run(kept: Path) -> None:
    stored = json.loads((kept / "run/summary.json").read_text())
    assert json.loads((kept / "small.json").read_text()) == stored


@pytest.mark.parametrize(
    "mark",
    [
        "figure small no.such.key percent",
        "figure small data.sources furlongs",
        "figure other data.sources count",
        "table small colour=red",
        "rows small data.sources name",
        "rows small warnings",
    ],
)
def test_a_mark_that_leads_nowhere_is_an_error(mark: str, results: ModuleType, kept: Path) -> None:
    with pytest.raises(results.ResultsError, match=re.escape(mark)):
        results.rebuilt(f"<!-- {mark} --><!-- end -->", kept)
