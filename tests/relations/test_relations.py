from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metacompress.errors import UsageError
from metacompress.relations import RELATIONS, make_relation
from metacompress.relations.base import Outputs
from metacompress.relations.evaluation import evaluate
from metacompress.stats.temperature import apply_temperature

UNIT = st.floats(0, 1, allow_subnormal=False)
NAMES = RELATIONS.names()


def outputs(teacher: np.ndarray, student: np.ndarray, labels: np.ndarray | None = None) -> Outputs:
    n = len(teacher)
    labels = np.arange(n) % teacher.shape[1] if labels is None else labels
    half = Outputs(teacher[::-1], student[::-1], labels, np.arange(n))
    return Outputs(teacher, student, labels, np.arange(n), half)


def binary(values: np.ndarray) -> np.ndarray:
    return np.stack([values, 1 - values], axis=1)


PAIRS = arrays(np.float64, (2, 9), elements=UNIT)


def evaluation(name: str, given_outputs: Outputs, **constants: object):
    relation = make_relation(name, constants)
    return evaluate(
        relation, given_outputs, confidence=0.95, resamples=100, rng=np.random.default_rng(0)
    )


@given(PAIRS)
@pytest.mark.parametrize("name", NAMES)
def test_a_model_against_itself_violates_nothing(name: str, values: np.ndarray) -> None:
    p = binary(values[0])
    found = evaluation(name, outputs(p, p))
    assert found.rate.violations == 0
    if found.group is not None:
        assert found.group.value == found.group.low == found.group.high == 0


@given(PAIRS)
@pytest.mark.parametrize("name", NAMES)
def test_permuting_the_classes_of_both_changes_nothing(name: str, values: np.ndarray) -> None:
    values = np.where(values == 0.5, 0.6, values)  # a tie goes to the first class, by order
    teacher, student = binary(values[0]), binary(values[1])
    plain = outputs(teacher, student)
    swapped = outputs(teacher[:, ::-1], student[:, ::-1], 1 - plain.labels)
    first = make_relation(name, {}).judge(plain)
    second = make_relation(name, {}).judge(swapped)
    np.testing.assert_array_equal(first.violated, second.violated)
    np.testing.assert_array_equal(first.applicable, second.applicable)
    np.testing.assert_allclose(first.magnitude, second.magnitude, atol=1e-12)


@given(PAIRS, st.floats(0.2, 5))
def test_temperature_never_changes_agreement(values: np.ndarray, temperature: float) -> None:
    teacher, student = binary(values[0]), binary(values[1])
    relation = make_relation("prediction-agreement", {})
    before = relation.judge(outputs(teacher, student)).violated
    after = relation.judge(outputs(teacher, apply_temperature(student, temperature))).violated
    np.testing.assert_array_equal(before, after)


@given(PAIRS)
def test_disagreement_implies_total_variation(values: np.ndarray) -> None:
    teacher, student = binary(values[0]), binary(values[1])
    both = outputs(teacher, student)
    violated = make_relation("prediction-agreement", {}).judge(both).violated
    constants = {"divergence": "total-variation"}
    distance = make_relation("distribution-similarity", constants).judge(both).magnitude
    bound = teacher.max(axis=1) - 0.5 + student.max(axis=1) - 0.5
    assert (distance[violated] >= bound[violated] - 1e-12).all()


@pytest.mark.parametrize("name", ["distribution-similarity", "confidence-preservation"])
def test_the_curve_meets_the_rate_at_the_constant(name: str) -> None:
    rng = np.random.default_rng(1)
    both = outputs(binary(rng.random(400)), binary(rng.random(400)))
    curve = make_relation(name, {}).curve(both)
    assert curve is not None
    for position in (5, 40, 70):
        threshold = float(curve.thresholds[position])
        judged = make_relation(name, {curve.parameter: threshold}).judge(both)
        assert judged.violated.sum() == curve.violations[position]
        assert judged.applicable.sum() == curve.n[position]


def test_confidence_preservation_counts_confident_teachers_only() -> None:
    teacher = binary(np.array([0.95, 0.95, 0.95, 0.6]))
    student = binary(np.array([0.92, 0.7, 0.05, 0.1]))
    judged = make_relation("confidence-preservation", {}).judge(outputs(teacher, student))
    assert judged.applicable.tolist() == [True, True, True, False]
    assert judged.violated.tolist() == [False, True, True, False]


def test_invariance_inheritance_by_hand() -> None:
    source = Outputs(
        binary(np.array([0.9, 0.9, 0.9])),
        binary(np.array([0.8, 0.8, 0.8])),
        np.zeros(3, int),
        np.arange(3),
    )
    follow = Outputs(
        binary(np.array([0.7, 0.7, 0.2])),
        binary(np.array([0.6, 0.4, 0.1])),
        np.zeros(3, int),
        np.arange(3),
        source,
    )
    judged = make_relation("invariance-inheritance", {}).judge(follow)
    assert judged.applicable.tolist() == [True, True, False]
    assert judged.violated.tolist() == [False, True, False]
    assert judged.magnitude[1] == pytest.approx(0.4)


def test_a_repair_is_not_a_violation_of_invariance_inheritance() -> None:
    # Teacher: class 1 throughout. Student: class 0 on the sources, on the follow-ups 1, 0.
    one = np.array([0.9, 0.9])
    source = Outputs(binary(one), binary(np.array([0.2, 0.2])), np.zeros(2, int), np.arange(2))
    follow = Outputs(
        binary(one), binary(np.array([0.7, 0.1])), np.zeros(2, int), np.arange(2), source
    )
    judged = make_relation("invariance-inheritance", {}).judge(follow)
    assert judged.applicable.tolist() == [False, False]
    assert judged.violated.tolist() == [False, False]
    assert np.isnan(judged.magnitude).all()


def test_unlabelled_inputs_have_no_calibration() -> None:
    p = binary(np.array([0.9, 0.8]))
    found = evaluation("calibration-alignment", outputs(p, p, np.array([-1, -1])))
    assert (found.rate.n, str(found.verdict)) == (0, "undecided")


@pytest.mark.parametrize(
    ("name", "constants", "message"),
    [
        ("distribution-similarity", {"eps": -1}, "eps"),
        ("distribution-similarity", {"divergence": "cosine"}, "divergence"),
        ("prediction-agreement", {"eps": 1}, "constants: tolerance"),
        ("confidence-preservation", {"tau": "high"}, "tau"),
    ],
)
def test_wrong_constants_are_named(name: str, constants: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make_relation(name, constants)
