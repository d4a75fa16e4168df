from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, matthews_corrcoef, precision_recall_fscore_support

from metacompress.errors import UsageError
from metacompress.stats.scores.classification import classification_scores


@st.composite
def predictions(draw, classes):
    k = draw(classes)
    n = draw(st.integers(1, 30))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    predicted_classes = draw(st.integers(1, k))
    labels = np.array(draw(st.lists(st.integers(0, k - 1), min_size=n, max_size=n)))
    p = rng.dirichlet(np.full(k, 0.5), size=n)
    p[:, predicted_classes:] = 0
    return p / p.sum(axis=1, keepdims=True), labels


@given(predictions(st.just(2)), st.integers(0, 1))
@settings(deadline=None)
def test_binary_scores_agree_with_scikit_learn(rows, positive):
    p, labels = rows
    predicted = p.argmax(axis=1)
    found = classification_scores(p, labels, positive)
    expected = precision_recall_fscore_support(
        labels, predicted, labels=[positive], average="macro", zero_division=0
    )
    assert (found.precision, found.recall, found.f1) == pytest.approx(expected[:3])
    assert found.accuracy == pytest.approx(accuracy_score(labels, predicted))
    assert found.mcc == pytest.approx(reference_mcc(labels, predicted))


@given(predictions(st.integers(2, 5)))
@settings(deadline=None)
def test_macro_averages_agree_with_scikit_learn(rows):
    p, labels = rows
    predicted = p.argmax(axis=1)
    found = classification_scores(p, labels, None)
    expected = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)
    assert (found.precision, found.recall, found.f1) == pytest.approx(expected[:3])
    assert found.mcc == pytest.approx(reference_mcc(labels, predicted))
    assert found.mean_confidence == pytest.approx(p.max(axis=1).mean())


def reference_mcc(labels, predicted):
    # With one class in all, scikit-learn warns about the shape of the confusion matrix.
    one_class = len({*labels, *predicted}) == 1
    return 0.0 if one_class else matthews_corrcoef(labels, predicted)


def test_perfect_and_opposite_predictions():
    p = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    perfect = classification_scores(p, np.array([0, 1, 0]), 1)
    opposite = classification_scores(p, np.array([1, 0, 1]), 1)
    assert dataclasses.astuple(perfect) == (3, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert (opposite.accuracy, opposite.f1, opposite.mcc) == (0.0, 0.0, -1.0)


def test_ratios_without_denominator_are_zero():
    found = classification_scores(np.array([[0.9, 0.1]] * 3), np.zeros(3, dtype=int), 1)
    assert (found.precision, found.recall, found.f1, found.mcc) == (0.0, 0.0, 0.0, 0.0)
    assert found.accuracy == 1.0


def test_equal_probabilities_go_to_the_lowest_class():
    found = classification_scores(np.array([[0.5, 0.5]]), np.array([0]), 0)
    assert found.accuracy == 1.0


def test_positive_class_is_not_used_beyond_two_classes():
    p = np.random.default_rng(0).dirichlet(np.ones(3), size=40)
    labels = np.arange(40) % 3
    assert classification_scores(p, labels, 1) == classification_scores(p, labels, None)


def test_rows_without_label_are_left_out():
    p = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
    found = classification_scores(p, np.array([0, -1, 1]), 1)
    assert found == classification_scores(p[[0, 2]], np.array([0, 1]), 1)
    assert found.n == 2


def test_without_labels_scores_are_nan():
    found = classification_scores(np.array([[0.9, 0.1]]), np.array([-1]), 1)
    assert found.n == 0
    assert np.isnan(dataclasses.astuple(found)[1:]).all()


def test_matthews_is_exact_beyond_the_range_of_integers():
    rows = 200_000
    labels = np.arange(rows) % 2
    found = classification_scores(np.eye(2)[labels], labels, 1)
    assert found.mcc == pytest.approx(1.0)


@pytest.mark.parametrize("label", [-2, 2])
def test_labels_that_are_no_class_are_refused(label):
    with pytest.raises(UsageError, match=f"label {label} in row 1"):
        classification_scores(np.full((2, 2), 0.5), np.array([0, label]), 1)


@pytest.mark.parametrize("positive", [-1, 2])
def test_positive_class_must_exist(positive):
    with pytest.raises(UsageError, match=f"positive class {positive}"):
        classification_scores(np.full((1, 2), 0.5), np.array([0]), positive)


@pytest.mark.parametrize("shape", [(3, 2), (2,)])
def test_shapes_must_fit(shape):
    with pytest.raises(UsageError, match="shape"):
        classification_scores(np.full(shape, 0.5), np.array([0, 1]), 1)
