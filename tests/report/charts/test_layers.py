from __future__ import annotations

import re

import pytest

from metacompress.report.charts.layers import fall_chart, similarity_chart


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_cells_have_hundredths_and_the_colours_of_the_page() -> None:
    chart = similarity_chart([[1.0, 0.25, None], [-0.04, 0.5, None]])
    assert {"100", "25", "-4", "50"} <= set(texts(chart))
    # What is not above 0 has no colour.
    assert chart.count("var(--teacher") == 3
    assert "nan" not in chart


def test_a_fall_is_red_and_a_rise_is_not() -> None:
    chart = fall_chart([[0.9, 0.5]], [[0.8, 0.6]])
    assert texts(chart).count("10") == 1
    assert texts(chart).count("-10") == 1
    assert chart.count("var(--fail") == 1
    assert chart.count("var(--pass") == 1


@pytest.mark.parametrize("layers", [1, 33])
def test_one_layer_and_many_are_drawn(layers: int) -> None:
    chart = similarity_chart([[0.5] * layers] * layers)
    assert chart.count("var(--teacher") == layers**2
    assert (texts(chart).count("50") > 0) == (layers == 1)
