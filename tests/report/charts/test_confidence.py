from __future__ import annotations

import re

import numpy as np
import pytest

from metacompress.report.charts.confidence import reliability_chart, risk_coverage_chart


@pytest.mark.parametrize("n", [1, 2, 5000])
def test_a_curve_of_many_inputs_is_no_larger_than_one_of_few_hundred(n: int) -> None:
    rng = np.random.default_rng(3)
    p = rng.dirichlet([1, 1, 1], n)
    labels = rng.integers(3, size=n)
    charts = {risk_coverage_chart({"teacher": p, "s": p[::-1]}, labels) for _ in range(2)}
    (chart,) = charts
    assert {">teacher</text>", ">s</text>"} <= set(re.findall(r">[a-z]+</text>", chart))
    assert len(chart) < 40_000


def test_inputs_without_a_label_change_nothing() -> None:
    p = np.array([[0.9, 0.1], [0.4, 0.6], [0.7, 0.3]])
    labels = np.array([0, 0, -1])
    for draw in (
        lambda p, y: risk_coverage_chart({"teacher": p, "student": p}, y),
        lambda p, y: reliability_chart("teacher", p, y, 10, "#000000"),
    ):
        assert draw(p, labels) == draw(p[:2], labels[:2])
