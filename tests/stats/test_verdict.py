from __future__ import annotations

import itertools

import pytest

from metacompress.stats.verdict import Verdict, combine


def test_combination_of_nothing_is_undecided():
    assert combine([]) is Verdict.UNDECIDED


@pytest.mark.parametrize("verdicts", list(itertools.product(Verdict, repeat=3)))
def test_combination_is_the_worst_of_its_parts(verdicts):
    best_first = [Verdict.PASS, Verdict.UNDECIDED, Verdict.FAIL]
    assert combine(iter(verdicts)) is max(verdicts, key=best_first.index)


def test_verdicts_print_as_their_names():
    assert [str(verdict) for verdict in Verdict] == ["pass", "fail", "undecided"]
