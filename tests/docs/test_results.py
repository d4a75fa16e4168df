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


def test_the_pages_are_what_the_script_makes(results: ModuleType) -> None:
    for place in results.PAGES:
        page = place.read_text()
        assert results.rebuilt(page) == page


@pytest.mark.parametrize("number", [0, 1])
def test_every_mark_is_closed(results: ModuleType, number: int) -> None:
    page = results.PAGES[number].read_text()
    marks = re.findall(r"<!-- (?:table|figure|rows|earlier|end)", page)
    assert marks
    assert marks[1::2] == ["<!-- end"] * (len(marks) // 2)
    assert "<!-- end" not in marks[::2]
    assert len(results._MARK.findall(page)) == len(marks) // 2


def test_no_figure_of_a_table_is_typed(results: ModuleType) -> None:
    for place in results.PAGES:
        assert typed(results, place.read_text()) == []
    cell = "<!-- figure small n count -->7<!-- end -->"
    made = f"<!-- rows small rows n -->\n| n |\n| --- |\n| 7 |\n<!-- end -->\n| {cell} |\n"
    assert typed(results, made) == []
    assert typed(results, made + "text\n| n | 7 |\n") == ["| n | 7 |"]


def typed(results: ModuleType, page: str) -> list[str]:
    """Lines of tables that hold a digit outside of marks."""
    lines = results._MARK.sub("", page).splitlines()
    return [line for line in lines if line.startswith("|") and re.search(r"\d", line)]


def test_figures_are_filled_in(results: ModuleType, kept: Path) -> None:
    summary = metacompress.load_run(kept / "run").summary
    judged = summary.relations["prediction-agreement"].sources
    page = (
        "Of\n<!-- figure small data.sources count -->7<!-- end --> sources, "
        "<!-- figure small students.student.relations.prediction-agreement.sources.value "
        "percent:1 -->typed by hand<!-- end -->\n"
        "<!-- table small rows=relations verdicts relations=prediction-agreement -->"
        "<!-- end -->\n"
    )
    made = results.rebuilt(page, kept)
    # A line that begins with a comment would be HTML, and no part of the paragraph.
    assert made.startswith("Of <!-- figure small data.sources count -->20<!-- end --> sources, ")
    assert f"-->{100 * judged.value:.1f} %<!-- end -->" in made
    value = f"{100 * judged.value:.2f} ({100 * judged.low:.2f} to {100 * judged.high:.2f})"
    assert f"| prediction-agreement, sources | {value} {judged.verdict} |" in made
    assert results.rebuilt(made, kept) == made


def test_rows_that_a_benchmark_measured_make_a_table(results: ModuleType, tmp_path: Path) -> None:
    rows = [
        {"name": "a_b", "share_won": 0.25, "runs": 1200, "done": True},
        {"name": "c|`", "share_won": None, "runs": 3, "done": False},
    ]
    (tmp_path / "measured.json").write_text(json.dumps({"found": {"rows": rows}}))
    mark = "<!-- rows measured found.rows name share_won:percent:1 runs:count done name:code -->"
    made = results.rebuilt(f"{mark}typed by hand<!-- end -->", tmp_path)
    lines = [line for line in made.splitlines() if line.startswith("|")]
    assert lines[0] == "| name | share won | runs | done | name |"
    assert lines[2:] == [
        r"| a\_b | 25.0 % | 1,200 | yes | `a_b` |",
        r"| c\|\` | – | 3 | no | `` c\|` `` |",
    ]
    assert results.rebuilt(made, tmp_path) == made


def test_stars_headings_and_intervals_of_rows(results: ModuleType, tmp_path: Path) -> None:
    content = {
        "attacks": {
            "alert": {"victims": {"teacher": {"rate": 0.5, "ends": [0.25, 0.75], "more": None}}},
            "mhm?queries=2": {"victims": {"student": {"rate": None, "ends": [], "more": {"n": 3}}}},
        },
        "seeds": [{"spread": [3.0, 3.0, 3.0]}, {"spread": [3.0, 2.0, 5.5]}],
    }
    (tmp_path / "some.json").write_text(json.dumps(content))
    mark = (
        "<!-- rows some attacks.*.victims.* attack=*1 victim=*2 "
        "success,_in_all=rate,ends.0,ends.1:percent:0 ends:points:0 of=more.n:count -->"
    )
    with pytest.raises(results.ResultsError, match="IndexError"):
        results.rebuilt(f"{mark}<!-- end -->", tmp_path)
    mark = mark.replace("rate,ends.0,ends.1", "rate")
    lines = results.rebuilt(f"{mark}<!-- end -->", tmp_path).splitlines()
    assert lines[2] == "| attack | victim | success, in all | ends | of |"
    assert lines[4] == "| alert | teacher | 50 % | +25 to +75 | – |"
    assert lines[5] == "| mhm?queries=2 | student | – | – | 3 |"
    spread = "<!-- rows some seeds spread:number:1 --><!-- end -->"
    assert "| 3.0 |\n| 3.0 (2.0 to 5.5) |" in results.rebuilt(spread, tmp_path)
    figure = "From <!-- figure some seeds.1.spread.1,seeds.1.spread.2 number:0 --><!-- end -->"
    assert "-->2 to 6<!--" in results.rebuilt(figure, tmp_path)


def test_earlier_figures_are_listed(results: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text("{}")
    (tmp_path / "old.json").write_text('{"measured": "by version 0_1"}')
    made = results.rebuilt("<!-- earlier measured --><!-- end -->", tmp_path)
    assert [line for line in made.splitlines() if line.startswith("| `")] == [
        r"| `old.json` | by version 0\_1 |"
    ]


def test_every_kept_file_is_on_the_page(results: ModuleType) -> None:
    pages = "\n".join(place.read_text() for place in results.PAGES)
    named = {word for mark in results._MARK.finditer(pages) for word in mark["words"].split()}
    assert {path.stem for path in results.KEPT.glob("*.json")} <= named


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
        "rows small * name",
        "figure small labels,labels,labels,labels text",
        "earlier measured twice",
    ],
)
def test_a_mark_that_leads_nowhere_is_an_error(mark: str, results: ModuleType, kept: Path) -> None:
    with pytest.raises(results.ResultsError, match=re.escape(mark)):
        results.rebuilt(f"Text <!-- {mark} --><!-- end -->", kept)
    with pytest.raises(results.ResultsError, match="begins a paragraph"):
        results.rebuilt("<!-- figure small data.sources count --><!-- end -->", kept)
