from __future__ import annotations

import re

import pytest
from compressions import compress_summary

from metacompress.report.charts.compression import front_chart


@pytest.mark.parametrize("accuracy", [0.0, 0.6, 1.0])
def test_no_tick_stands_where_no_configuration_can(accuracy: float) -> None:
    objectives = {"gflops": 0.0, "accuracy": accuracy}
    front = [{"configuration": {"hidden": 64}, "objectives": objectives}]
    drawn = front_chart(compress_summary(front=front))
    assert drawn is not None
    labels = re.findall(r">([-\u22120-9.]+)( %)?</text>", drawn)
    percents = [float(text) for text, sign in labels if sign]
    numbers = [text for text, sign in labels if not sign]
    assert len(percents) > 1
    assert 0 <= min(percents) <= 100 * accuracy <= max(percents) <= 100
    assert len(numbers) > 1
    assert not any(text.startswith("\u2212") for text in numbers)


def test_a_search_for_operations_alone_has_no_chart() -> None:
    front = [{"configuration": {"hidden": 64}, "objectives": {"gflops": 1.0}}]
    assert front_chart(compress_summary(front=front)) is None
