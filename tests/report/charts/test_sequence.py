from __future__ import annotations

import re

import numpy as np
import pytest

from metacompress.data.part import Part
from metacompress.report.charts.sequence import IntervalPath, sequence_chart
from metacompress.stats.verdict import Verdict
from metacompress.study.check.sequence import SequenceRow
from metacompress.study.judged import JudgedPart

PASS, FAIL, UNDECIDED = "#1c7c3c", "#b3261e", "#9a6b00"


def judged(least: float | None = None) -> JudgedPart:
    return JudgedPart(
        value=0.02,
        low=0.01,
        high=0.03,
        least=least,
        most=0.05,
        unit="share of inputs",
        is_rate=least is None,
        verdict=None,
        p_pass=1.0,
        p_fail=1.0,
        confidence=0.97,
        violations=1,
        inputs=10,
        magnitude_mean=0.1,
        magnitude_p95=0.4,
        sources=10,
        clusters=10,
        effective=10.0,
        decided_below=None,
        decided_above=None,
    )


def row(verdict: Verdict | None, at: int | None, *, last: bool = False) -> SequenceRow:
    return SequenceRow(
        verdict=verdict,
        decided_at=at,
        by_last_test=last,
        log_e_pass=0.0,
        log_e_fail=0.0,
        low=0.0,
        high=0.1,
    )


def path(*sources: int, low: float = 0.0) -> IntervalPath:
    n = len(sources)
    return IntervalPath(np.array(sources), np.full(n, low), np.linspace(0.9, 0.1, n))


def texts(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


@pytest.mark.parametrize(
    ("decided", "colour", "words"),
    [
        (row(Verdict.PASS, 64), PASS, "source inputs: pass at 64"),
        (row(Verdict.FAIL, 2048), FAIL, "source inputs: fail at 2,048"),
        (row(Verdict.PASS, 2048, last=True), PASS, "source inputs: pass by the last test"),
        (row(None, None), UNDECIDED, "source inputs: undecided after 2,048"),
    ],
)
def test_the_title_and_the_colour_say_what_was_decided(
    decided: SequenceRow, colour: str, words: str
) -> None:
    svg = sequence_chart("new-disagreement", Part.SOURCES, path(32, 64, 2048), decided, judged())
    assert texts(svg)[-2:] == ["new-disagreement", words]
    assert [one for one in (PASS, FAIL, UNDECIDED) if one in svg] == [colour]


def test_the_same_data_give_the_same_bytes() -> None:
    charts = {
        sequence_chart("a", Part.FOLLOW_UPS, path(32, 64), row(None, None), judged())
        for _ in range(2)
    }
    assert len(charts) == 1


@pytest.mark.parametrize("least", [None, -0.05])
def test_each_limit_is_a_line(least: float | None) -> None:
    svg = sequence_chart("a", Part.SOURCES, path(32, 64, low=-0.5), row(None, None), judged(least))
    assert svg.count("stroke: var(--ink, #222222)") == (1 if least is None else 2)


@pytest.mark.parametrize("sources", [(1,), (32,), (32, 64), (1, 20000), (32, 64, 96, 128)])
@pytest.mark.parametrize("flat", [False, True])
def test_ticks_stand_at_whole_sources_in_view(sources: tuple[int, ...], flat: bool) -> None:
    found = path(*sources)
    if flat:
        found = IntervalPath(found.sources, np.zeros(len(sources)), np.zeros(len(sources)))
    svg = sequence_chart("a", Part.SOURCES, found, row(None, None), judged())
    ticks = [int(text.replace(",", "")) for text in texts(svg) if re.fullmatch(r"[\d,]+", text)]
    assert ticks == sorted(set(ticks))
    assert 1 <= len(ticks) <= 12
    assert ticks[-1] <= 1.1 * sources[-1]
