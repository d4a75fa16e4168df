from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from metacompress.errors import UsageError
from metacompress.stats.scores.selection import area_under_risk_coverage, auroc, risk_coverage

ROWS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0]) | st.floats(0, 1), st.booleans()),
    min_size=1,
    max_size=40,
)


def arrays(rows):
    confidence, correct = zip(*rows, strict=True)
    return np.array(confidence), np.array(correct)


@given(ROWS)
@settings(deadline=None)
def test_auroc_agrees_with_scikit_learn(rows):
    confidence, correct = arrays(rows)
    if correct.all() or not correct.any():
        assert np.isnan(auroc(confidence, correct))
    else:
        assert auroc(confidence, correct) == pytest.approx(roc_auc_score(correct, confidence))


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.booleans()), min_size=1, max_size=6))
@settings(deadline=None)
def test_risks_are_the_means_over_all_orders_of_ties(rows):
    orders = [
        order
        for order in itertools.permutations(rows)
        if all(first[0] >= second[0] for first, second in itertools.pairwise(order))
    ]
    wrong = np.array([[not hit for _, hit in order] for order in orders], dtype=float)
    number = np.arange(1, len(rows) + 1)
    coverage, risk = risk_coverage(*arrays(rows))
    np.testing.assert_allclose(risk, (wrong.cumsum(axis=1) / number).mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(coverage, number / len(rows))
    assert area_under_risk_coverage(*arrays(rows)) == pytest.approx(risk.mean())


@given(ROWS)
@settings(deadline=None)
def test_the_last_risk_is_the_error_rate(rows):
    confidence, correct = arrays(rows)
    assert risk_coverage(confidence, correct)[1][-1] == pytest.approx(1 - correct.mean())


def test_no_rows_have_no_area():
    nothing = np.array([]), np.array([], dtype=bool)
    assert np.isnan(auroc(*nothing))
    assert np.isnan(area_under_risk_coverage(*nothing))


def test_shapes_that_differ_are_refused():
    with pytest.raises(UsageError, match="same shape"):
        auroc(np.zeros(3), np.zeros(4, dtype=bool))
    with pytest.raises(UsageError, match="same shape"):
        risk_coverage(np.zeros(3), np.zeros(4, dtype=bool))
