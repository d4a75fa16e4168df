from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import CLONE_DETECTION, VULNERABILITY_PREDICTION
from metacompress.lang.language import Language
from metacompress.report.charts.relations import rates_chart
from metacompress.report.inputs.checked import violating_inputs
from metacompress.report.inputs.worst import worst_inputs
from metacompress.report.programs.diff import side_by_side
from metacompress.report.programs.shown import shown_programs
from metacompress.report.wording import limit
from metacompress.runs.run_directory import RunDirectory
from metacompress.stats.verdict import Verdict
from metacompress.study.check.summary import RelationSummary
from metacompress.study.judged import JudgedPart

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
def result(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> metacompress.CheckResult:
    return metacompress.check(
        "mock:",
        "mock:?seed=1",
        make_dataset(80),
        task="vulnerability-prediction",
        transforms=("rename-identifiers",),
        run=tmp_path / "run",
    )


def test_the_report_is_one_offline_page(result: metacompress.CheckResult) -> None:
    page = result.to_html()
    links = Links()
    links.feed(page)
    assert links.external == []
    for section in (
        "relations",
        "heat-map",
        "counterexamples",
        "inputs",
        "curves",
        "provenance",
    ):
        assert f'id="{section}"' in page
    assert page == result.to_html()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_program_text_cannot_break_the_page(tmp_path: Path) -> None:
    text = "int f(int a) { return a; } /* </pre><script>alert(1)</script> \u202e \x1b[2J */"
    examples = tuple(
        Example(f"a~{k}", (Program(f"{text}{k}", Language.C),), None, str(k), (str(k),))
        for k in range(40)
    )
    dataset = Dataset(VULNERABILITY_PREDICTION, examples)
    result = metacompress.check(
        "mock:", "mock:?seed=1", dataset, task="vulnerability-prediction", run=tmp_path / "run"
    )
    page = result.to_html()
    assert "<script>alert" not in page
    assert r"&lt;script&gt;alert(1)&lt;/script&gt; \u202e \x1b[2J */" in page
    assert not {"\u202e", "\x1b"} & set(page)
    # Ids that look like those of variants of one source are different sources all the same.
    found = violating_inputs(RunDirectory(result.run), result.summary).inputs
    relations = {one.id: {violation.relation for violation in one.violations} for one in found}
    listed = sum("prediction-agreement" in names for names in relations.values())
    violated = result.violations.to_pylist()
    of_relation = [row for row in violated if row["relation"] == "prediction-agreement"]
    assert listed == sum(row["violated"] for row in of_relation) > 1


def ticks(svg: str) -> list[float]:
    return [float(text) for text in re.findall(r">([0-9.]+) %</text>", svg)]


def judged(
    value: float,
    low: float,
    high: float,
    *,
    verdict: Verdict | None = Verdict.FAIL,
    limits: tuple[float | None, float] = (None, 0.05),
) -> JudgedPart:
    return JudgedPart(
        value=value,
        low=low,
        high=high,
        least=limits[0],
        most=limits[1],
        unit="share of inputs",
        is_rate=limits[0] is None,
        verdict=verdict,
        p_pass=1.0,
        p_fail=0.01,
        confidence=0.95,
        violations=1,
        inputs=10,
        magnitude_mean=0.1,
        magnitude_p95=0.4,
        sources=10,
        clusters=10,
        effective=10.0,
        decided_below=None,
        decided_above=0.4,
    )


def relation(sources: JudgedPart) -> RelationSummary:
    return RelationSummary(
        verdict=Verdict.FAIL, constants={"tolerance": 0.05}, sources=sources, follow_ups=None
    )


@pytest.mark.parametrize("rate", [0.0004, 0.013, 0.11, 0.137, 0.6])
def test_ticks_stand_where_their_labels_say(rate: float) -> None:
    found = relation(judged(rate, rate / 2, rate))
    labels = ticks(rates_chart({"prediction-agreement": found}))
    steps = np.diff(labels)
    assert len(labels) >= 3
    assert np.allclose(steps, steps[0], rtol=1e-9)


def test_a_verdict_colours_only_what_it_judges() -> None:
    svg = rates_chart({"x": relation(judged(0.1, 0.0, 0.2, verdict=None))})
    assert "#b3261e" not in svg
    assert "applies to no input" in svg
    assert "#b3261e" in rates_chart({"x": relation(judged(0.1, 0.0, 0.2))})


@pytest.mark.parametrize("programs", ["first", "both"])
def test_a_pair_is_shown_whole(programs: str, tmp_path: Path) -> None:
    text = "int f{}(int count)\n{{\n    return count + {};\n}}\n"
    examples = tuple(
        Example(
            str(k),
            tuple(Program(text.format(n, k), Language.C) for n in ("one", "two")),
            k % 2,
            str(k),
            (f"{k}a", f"{k}b"),
        )
        for k in range(12)
    )
    result = metacompress.check(
        "mock:",
        "mock:?seed=1",
        Dataset(CLONE_DETECTION, examples),
        task="clone-detection",
        transforms=("rename-identifiers",),
        programs=programs,
        run=tmp_path / "run",
        relations={"prediction-agreement": {}},
    )
    found = worst_inputs(violating_inputs(RunDirectory(result.run), result.summary))
    variant = next(one for one in found if not one.input.is_source)
    second = "Second program, changed" if programs == "both" else "Second program, unchanged"
    assert [shown.title for shown in variant.programs] == ["First program, changed", second]
    assert [bool(shown.diff) for shown in variant.programs] == [True, programs == "both"]
    source = next(one for one in found if one.input.is_source)
    assert [shown.title for shown in source.programs] == ["First program", "Second program"]
    page = result.to_html()
    assert "int ftwo(int count)" in page
    assert second in page
    assert "all else is byte for byte the same" not in page


def test_a_change_behind_what_is_shown_is_shown() -> None:
    (shown,) = shown_programs(["a\n" * 9000 + "b\n"], ["a\n" * 9000 + "c\n"], True)
    (changed,) = [row for row in shown.diff if row.changed]
    assert (changed.left[0].text, changed.left_number, changed.right_number) == ("b", 9001, 9001)
    assert shown.diff[0].gap == 8998


def test_lines_are_numbered_as_an_editor_does() -> None:
    rows = side_by_side("a\x0c\nb\u2028c\r\nd", "a\x0c\nb\u2028c\r\ne", context=0)
    assert [(row.left_number, row.left[0].text) for row in rows] == [(3, "d")]


def test_limits_are_stated_to_all_their_digits() -> None:
    assert limit(judged(0.1, 0.0, 0.2, limits=(None, 0.0125))) == "at most 1.25 %"
    assert limit(judged(0.1, 0.0, 0.2, limits=(-0.05, 0.05))) == "-5 to 5 %"
