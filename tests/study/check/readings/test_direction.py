from __future__ import annotations

import numpy as np
import pytest

from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.study.check.readings.direction import direction_of, who_left


def one_hot(classes: list[int]) -> np.ndarray:
    return np.eye(2)[classes]


def test_losses_and_gains_are_told_apart() -> None:
    # Right, wrong: both right, lost, lost, gained, both wrong, no label.
    teacher = one_hot([0, 0, 1, 0, 1, 1])
    student = one_hot([0, 1, 0, 1, 1, 0])
    labels = np.array([0, 0, 1, 1, 0, -1])
    found = direction_of(
        Outputs.of_sources(teacher, student, labels, np.arange(6)), ["no", "yes"], confidence=0.95
    )
    assert found.labelled == 5
    assert found.regressions == pytest.approx(2 / 5)
    assert found.recoveries == pytest.approx(1 / 5)
    assert found.gain == pytest.approx(-1 / 5)
    assert found.gain_low < -0.2 < found.gain_high
    # Of three discordant inputs one or none is a gain: 2 * (1 + 3) / 8.
    assert found.p_value == pytest.approx(1.0)
    assert found.agreement_where_right == pytest.approx(1 / 3)
    assert found.agreement_where_wrong == pytest.approx(1 / 2)
    # Two of six agree; chance gives 3/6 * 3/6 + 3/6 * 3/6 = 1/2.
    assert found.kappa == pytest.approx((2 / 6 - 1 / 2) / (1 / 2))
    assert found.classes["no"].inputs == 3
    assert found.classes["no"].value == pytest.approx(2 / 3)
    assert found.classes["yes"].value == pytest.approx(2 / 3)


def test_each_source_counts_once() -> None:
    sources = Outputs.of_sources(one_hot([0, 0]), one_hot([0, 0]), np.array([0, 0]), np.arange(2))
    # Three variants of the first source are lost, the one of the second is not.
    variants = sources.follow_ups(
        one_hot([0, 0, 0, 0]), one_hot([1, 1, 1, 0]), np.array([0, 0, 0, 1]), Kinds.of(["a"] * 4)
    )
    found = direction_of(variants, ["no", "yes"], confidence=0.95)
    assert found.regressions == pytest.approx(0.5)
    assert found.p_value is None
    # But not in kappa, of which each input is a row: one of four agrees, which is chance here.
    assert found.kappa == pytest.approx(0.0)


def test_who_left_the_shared_class() -> None:
    sources = Outputs.of_sources(
        np.eye(3)[[0, 0, 1]], np.eye(3)[[0, 0, 2]], np.full(3, -1), np.arange(3)
    )
    assert direction_of(sources, ["a", "b", "c"], confidence=0.95).left is None
    # Of the first source: nobody, the student; of the second: the teacher, both, both alike; the
    # third has no shared class.
    variants = sources.follow_ups(
        np.eye(3)[[0, 0, 1, 1, 2, 0]], np.eye(3)[[0, 1, 0, 2, 2, 1]],
        np.array([0, 0, 1, 1, 1, 2]), Kinds.of(["a"] * 6),
    )  # fmt: skip
    left = who_left(variants)
    # The only one of two variants, and two of three.
    total = 1 / 2 + 2 / 3
    assert left == pytest.approx(
        {"student": 1 / 2 / total, "teacher": 1 / 3 / total, "both": 1 / 3 / total}
    )
    assert who_left(variants) == direction_of(variants, ["a", "b", "c"], confidence=0.95).left
    kept = sources.follow_ups(np.eye(3)[[0]], np.eye(3)[[0]], np.array([0]), Kinds.of(["a"]))
    assert who_left(kept) is None


def test_without_labels_there_is_no_direction() -> None:
    found = direction_of(
        Outputs.of_sources(one_hot([0, 1]), one_hot([0, 0]), np.array([-1, -1]), np.arange(2)),
        ["no", "yes"],
        confidence=0.95,
    )
    assert (found.labelled, found.regressions, found.gain, found.gain_low) == (0, None, None, None)
    assert found.classes["yes"].value == 1
    assert found.kappa == pytest.approx(0.0)


def test_there_is_no_kappa_where_both_always_predict_one_class() -> None:
    found = direction_of(
        Outputs.of_sources(one_hot([0, 0]), one_hot([0, 0]), np.array([0, 1]), np.arange(2)),
        ["no", "yes"],
        confidence=0.95,
    )
    assert found.kappa is None
