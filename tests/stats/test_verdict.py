from __future__ import annotations

import itertools

import pytest
from metacompress.stats.intervals import wilson

from metacompress.errors import UsageError
from metacompress.stats.verdict import Verdict, combine, verdict_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("low", "high", "tolerance", "expected"),
    [
        (0.0, 0.02, 0.05, Verdict.PASS),
        (0.0, 0.05, 0.05, Verdict.PASS),
        (0.0, 0.0, 0.0, Verdict.PASS),
        (0.06, 0.09, 0.05, Verdict.FAIL),
        (0.05, 0.09, 0.05, Verdict.UNDECIDED),
        (0.0, 0.06, 0.05, Verdict.UNDECIDED),
        (1.0, 1.0, 1.0, Verdict.PASS),
        (NAN, NAN, 0.05, Verdict.UNDECIDED),
        (NAN, 0.01, 0.05, Verdict.UNDECIDED),
        (0.06, NAN, 0.05, Verdict.UNDECIDED),
        (0.01, 0.02, NAN, Verdict.UNDECIDED),
    ],
)
def test_verdict_compares_the_interval_with_the_tolerance(low, high, tolerance, expected):
    assert verdict_of(low, high, tolerance) is expected


@pytest.mark.parametrize("tolerance", [0.0, 0.05, 0.999])
def test_no_observations_decide_nothing(tolerance):
    assert verdict_of(*wilson(0, 0), tolerance) is Verdict.UNDECIDED


def test_reversed_interval_is_refused():
    with pytest.raises(UsageError, match="low to high"):
        verdict_of(0.2, 0.1, 0.05)


def test_combination_of_nothing_is_undecided():
    assert combine([]) is Verdict.UNDECIDED


@pytest.mark.parametrize("verdicts", list(itertools.product(Verdict, repeat=3)))
def test_combination_is_the_worst_of_its_parts(verdicts):
    best_first = [Verdict.PASS, Verdict.UNDECIDED, Verdict.FAIL]
    assert combine(iter(verdicts)) is max(verdicts, key=best_first.index)


def test_verdicts_print_as_their_names():
    assert [str(verdict) for verdict in Verdict] == ["pass", "fail", "undecided"]
