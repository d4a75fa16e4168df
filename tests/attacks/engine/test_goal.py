from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metacompress.attacks.engine.goal import Disagreement, Flip

RNG = np.random.default_rng(0)


def probabilities(classes: int, models: int) -> st.SearchStrategy[np.ndarray]:
    """Answers of models, no two classes of one alike: of a tie the first one is predicted."""
    whole = st.integers(1, 1000).map(float)  # numbers that differ by a bit would be divided alike
    weights = arrays(np.float64, (models, classes), elements=whole, unique=True)
    return weights.map(lambda w: (w / w.sum(axis=1, keepdims=True)).reshape(1, -1))


def test_margins_of_a_flip_are_log_odds_of_two_classes() -> None:
    p = np.array([0.01, 0.4, 0.5, 0.9])
    found = Flip(0).margins(np.stack([p, 1 - p], axis=1))
    assert found == pytest.approx(np.log(p / (1 - p)))


def test_of_many_classes_the_best_other_one_counts() -> None:
    found = Flip(0).margins(np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1], [1.0, 0.0, 0.0]]))
    assert found[:2] == pytest.approx([np.log(0.4), np.log(2)])
    assert np.isfinite(found[2])


@given(st.integers(2, 5).flatmap(lambda k: st.tuples(st.just(k), probabilities(k, 2))))
def test_teacher_and_student_part_where_their_classes_differ(
    given_: tuple[int, np.ndarray],
) -> None:
    classes, answers = given_
    teacher, student = answers.reshape(2, classes)
    goal = Disagreement(int(teacher.argmax()))
    parted = teacher.argmax() != student.argmax()
    assert goal.is_reached(answers)[0] == parted
    assert (goal.margins(answers)[0] <= 0) == parted
    assert (goal.scores(answers)[0] <= 0.5) == parted
    assert 0 <= goal.ranks(answers)[0] <= 1


@given(probabilities(2, 2), st.integers(0, 1))
def test_expected_margins_are_those_of_answers_where_there_are_two_classes(
    answers: np.ndarray, label: int
) -> None:
    for goal, own in ((Flip(label), answers[:, :2]), (Disagreement(label), answers)):
        assert goal.margins_of(goal.odds(own)) == pytest.approx(goal.margins(own), abs=1e-9)


@settings(max_examples=10)
@given(
    arrays(np.float64, (1, 2), elements=st.floats(-1, 1)), st.floats(0.2, 1), st.floats(0.01, 0.3)
)
def test_chances_are_those_of_drawn_odds(odds: np.ndarray, common: float, own: float) -> None:
    drawn = RNG.normal(size=(5_000, 2))
    middle = odds.mean() + common * drawn[:, 0]
    apart = (odds[0, 0] - odds[0, 1]) / 2 + own * drawn[:, 1]
    parted = (middle + apart > 0) != (middle - apart > 0)
    spread = np.array([common]), np.array([own])
    found = Disagreement(0).chances(odds, *spread)
    assert found[0] == pytest.approx(parted.mean(), abs=0.05)
    flipped = odds[0, 0] + np.hypot(common, own) * drawn[:, 0] < 0
    assert Flip(0).chances(odds[:, :1], *spread)[0] == pytest.approx(flipped.mean(), abs=0.03)


@given(probabilities(2, 2), st.integers(0, 1))
def test_slopes_are_those_of_the_margin(answers: np.ndarray, label: int) -> None:
    goal, step = Disagreement(label), 1e-6
    if goal.is_reached(answers)[0]:
        return
    found = []
    for model in range(2):
        moved = answers.copy().reshape(2, 2)
        moved[model, label] *= np.exp(step)
        moved[model, 1 - label] = 1 - moved[model, label]
        found.append((goal.margins(moved.reshape(1, 4))[0] - goal.margins(answers)[0]) / step)
    margins = np.abs(goal.odds(answers)[0])
    if abs(margins[0] - margins[1]) > 1e-3 and margins.min() > 1e-3:
        assert goal.slopes(answers[0]) == pytest.approx(found, rel=1e-2, abs=1e-3)


def test_the_divergence_ranks_what_fails() -> None:
    answers = np.array([[0.9, 0.1, 0.9, 0.1], [0.9, 0.1, 0.6, 0.4], [1.0, 0.0, 0.0, 1.0]])
    ranks = Disagreement(0).ranks(answers)
    assert ranks[0] == pytest.approx(1)
    assert ranks[0] > ranks[1] > ranks[2] == pytest.approx(0)
