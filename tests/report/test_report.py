from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.lang.language import Language
from metacompress.report.counterexamples import worst_counterexamples
from metacompress.report.diff import side_by_side
from metacompress.report.html import render_html
from metacompress.study.run_directory import RunDirectory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_diff_highlights_changed_tokens_only() -> None:
    rows = side_by_side("a\nint x = y;\nb\nc\nd\ne", "a\nint z = y;\nb\nc\nd\ne", context=1)
    assert [(row.left_number, row.changed, row.gap) for row in rows] == [
        (1, False, 0),
        (2, True, 0),
        (3, False, 0),
    ]
    assert [p.text for p in rows[1].right if p.changed] == ["z"]
    assert "".join(p.text for p in rows[1].left) == "int x = y;"


def test_diff_of_added_lines() -> None:
    rows = side_by_side("a", "a\nb", context=None)
    assert (rows[1].left_number, rows[1].right_number) == (0, 2)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.external: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href", "xlink:href") and not (value or "#").startswith(
                ("#", "data:")
            ):
                self.external.append(value)


@pytest.fixture
def run(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> RunDirectory:
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(80),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
    )
    return RunDirectory(result.run)


def test_the_report_is_one_offline_page(run: RunDirectory) -> None:
    page = render_html(run)
    links = Links()
    links.feed(page)
    assert links.external == []
    assert "<script" not in page
    for section in ("relations", "scores", "curves", "calibration", "counterexamples", "data"):
        assert f'id="{section}"' in page
    assert page == render_html(run)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_program_text_cannot_break_the_page(tmp_path: Path) -> None:
    text = "int f(int a) { return a; } /* </pre><script>alert(1)</script> */"
    examples = tuple(
        Example(f"a~{k}", (Program(f"{text}{k}", Language.C),), None, str(k), (str(k),))
        for k in range(40)
    )
    dataset = Dataset(VULNERABILITY_PREDICTION, examples)
    result = metacompress.check(
        "mock:", "mock:?seed=1", dataset, task="vulnerability-prediction", run=tmp_path / "run"
    )
    page = result.to_html()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    # Ids that look like those of variants of one source are different sources all the same.
    worst = worst_counterexamples(RunDirectory(result.run), result.summary)
    assert len({c.id for c in worst if c.relation == "prediction-agreement"}) == 2
