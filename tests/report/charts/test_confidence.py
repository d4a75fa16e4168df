from __future__ import annotations

import itertools
import re
import warnings

import numpy as np
import pytest

from metacompress.report.charts.confidence import (
    agreement_chart,
    reliability_chart,
    risk_coverage_chart,
)


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


@pytest.mark.parametrize("label", [r"$\frac$", "$x$", "漢字", "<b>&", "\x1b[31m\u202e"])
def test_names_of_classes_are_text_and_no_formulas(label: str) -> None:
    p = np.array([[0.9, 0.1], [0.4, 0.6]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = agreement_chart(p, p, 1, label)
    shown = label.replace("<b>&", "&lt;b&gt;&amp;").replace("\x1b[31m\u202e", r"\x1b[31m\u202e")
    assert f">teacher: P({shown})</text>" in chart


def test_a_long_name_is_shortened() -> None:
    p = np.array([[0.9, 0.1], [0.4, 0.6]])
    (shown,) = re.findall(r">teacher: P\((.*?)\)</text>", agreement_chart(p, p, 1, "ab" * 99))
    assert len(shown) == 24
    assert shown.startswith("ab")
    assert shown.endswith("ab")


def test_of_many_classes_the_one_that_the_teacher_predicts_is_compared() -> None:
    teacher = np.array([[0.1, 0.7, 0.2], [0.6, 0.3, 0.1]])
    same, other = teacher, teacher[:, [0, 2, 1]]
    charts = {agreement_chart(teacher, same, positive, "c") for positive in range(3)}
    assert len(charts) == 1
    (chart,) = charts
    assert ">student: P(the same class)</text>" in chart
    # Only the first input moves: its predicted class has 0.7 and 0.2.
    assert chart != agreement_chart(teacher, other, 2, "c")


def test_a_busy_machine_draws_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(step=10.0)
    monkeypatch.setattr("matplotlib.legend.time.perf_counter", lambda: next(clock))
    p = np.array([[0.9, 0.1], [0.4, 0.6]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        risk_coverage_chart({"teacher": p, "student": p}, np.array([0, 1]))
