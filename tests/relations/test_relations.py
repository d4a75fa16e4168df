from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metacompress.errors import UsageError
from metacompress.relations import DEFAULT_RELATIONS, RELATIONS, make_relation
from metacompress.relations.evaluation import evaluate
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.stats.scores.temperature import apply_temperature
from metacompress.stats.verdict import Verdict

UNIT = st.floats(0, 1, allow_subnormal=False)
NAMES = RELATIONS.names()
PAIRS = arrays(np.float64, (2, 9), elements=UNIT)


def binary(values: np.ndarray) -> np.ndarray:
    return np.stack([values, 1 - values], axis=1)


def outputs(teacher: np.ndarray, student: np.ndarray, labels: np.ndarray | None = None) -> Outputs:
    """Follow-ups, one per source, whose sources have the same answers in reverse order."""
    n = len(teacher)
    labels = np.arange(n) % teacher.shape[1] if labels is None else labels
    sources = Outputs.of_sources(teacher[::-1], student[::-1], labels, np.arange(n))
    return sources.follow_ups(teacher, student, np.arange(n), Kinds.of(["rename"] * n))


def evaluation(name: str, given_outputs: Outputs, **constants: object):
    return evaluate([(make_relation(name, constants), given_outputs)], confidence=0.95)[0]


@given(PAIRS)
@settings(deadline=None)
@pytest.mark.parametrize("name", NAMES)
def test_a_model_against_itself_violates_nothing(name: str, values: np.ndarray) -> None:
    p = binary(values[0])
    found = evaluation(name, outputs(p, p))
    assert not found.judgement.violated.any()
    assert found.estimate.value == 0 or not found.scores.applies


@given(PAIRS)
@settings(deadline=None)
@pytest.mark.parametrize("name", NAMES)
def test_permuting_the_classes_of_both_changes_nothing(name: str, values: np.ndarray) -> None:
    values = np.where(values == 0.5, 0.6, values)  # a tie goes to the first class, by order
    teacher, student = binary(values[0]), binary(values[1])
    plain = outputs(teacher, student)
    swapped = outputs(teacher[:, ::-1], student[:, ::-1], 1 - plain.labels)
    first, second = evaluation(name, plain), evaluation(name, swapped)
    np.testing.assert_array_equal(first.judgement.violated, second.judgement.violated)
    np.testing.assert_array_equal(first.judgement.applicable, second.judgement.applicable)
    np.testing.assert_allclose(first.judgement.magnitude, second.judgement.magnitude, atol=1e-12)
    np.testing.assert_allclose(first.estimate.value, second.estimate.value, atol=1e-12)


@given(PAIRS, st.floats(0.2, 5))
@settings(deadline=None)
def test_temperature_never_changes_agreement(values: np.ndarray, temperature: float) -> None:
    teacher, student = binary(values[0]), binary(values[1])
    relation = make_relation("prediction-agreement", {})
    before = relation.judge(outputs(teacher, student)).violated
    after = relation.judge(outputs(teacher, apply_temperature(student, temperature))).violated
    np.testing.assert_array_equal(before, after)


@given(PAIRS)
@settings(deadline=None)
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


def test_confidence_preservation_counts_falls_of_confident_teachers_only() -> None:
    teacher = binary(np.array([0.95, 0.95, 0.95, 0.6]))
    student = binary(np.array([0.91, 0.7, 0.05, 0.1]))
    judged = make_relation("confidence-preservation", {}).judge(outputs(teacher, student))
    assert judged.applicable.tolist() == [True, True, True, False]
    assert judged.violated.tolist() == [False, True, True, False]
    assert judged.magnitude[:3] == pytest.approx([0.04, 0.25, 0.9])


def follow_ups_by_hand() -> Outputs:
    """Sources: agree, agree, part, agree. Follow-ups: kept, student moves, repaired, both move."""
    sources = Outputs.of_sources(
        binary(np.array([0.9, 0.9, 0.9, 0.9])),
        binary(np.array([0.8, 0.8, 0.2, 0.8])),
        np.zeros(4, int),
        np.arange(4),
    )
    return sources.follow_ups(
        binary(np.array([0.7, 0.7, 0.7, 0.2])),
        binary(np.array([0.6, 0.4, 0.7, 0.1])),
        np.arange(4),
        Kinds.of(["rename"] * 4),
    )


@pytest.mark.parametrize(
    ("name", "applicable", "violated", "value"),
    [
        # The teacher keeps its prediction on the first three; the models part on the third source.
        ("invariance-inheritance", [1, 1, 0, 0], [0, 1, 0, 0], 1 / 2),
        ("new-disagreement", [1, 1, 0, 1], [0, 1, 0, 0], 1 / 3),
        # One source comes apart, one comes together.
        ("disagreement-increment", [1, 1, 1, 1], [0, 1, 0, 0], 0),
        # The student moves on three, the teacher on one.
        ("robustness-gap", [1, 1, 1, 1], [0, 1, 1, 0], 2 / 4),
    ],
)
def test_relations_to_the_source_by_hand(name, applicable, violated, value) -> None:
    found = evaluation(name, follow_ups_by_hand())
    assert found.judgement.applicable.tolist() == applicable
    assert found.judgement.violated.tolist() == violated
    assert found.estimate.value == pytest.approx(value)


def test_every_source_counts_once_and_every_transformation_alike() -> None:
    # Source 0 has one variant, violated; source 1 has three of layout, one violated, and one of
    # rename, not violated: (1 + (1/3 + 0) / 2) / 2.
    p = binary(np.full(2, 0.9))
    sources = Outputs.of_sources(p, p, np.zeros(2, int), np.arange(2))
    rows = np.array([0, 1, 1, 1, 1])
    student = binary(np.array([0.1, 0.1, 0.9, 0.9, 0.9]))
    kinds = Kinds.of(["rename", "layout", "layout", "layout", "rename"])
    found = evaluation("new-disagreement", sources.follow_ups(p[rows], student, rows, kinds))
    assert found.estimate.value == pytest.approx((1 + 1 / 6) / 2)
    assert (found.estimate.inputs, found.estimate.sources) == (5, 2)
    mixed = sources.follow_ups(p[rows], student, rows, kinds, {"layout": 3.0})
    assert evaluation("new-disagreement", mixed).estimate.value == pytest.approx((1 + 3 / 12) / 2)


def test_a_weight_that_is_not_positive_is_refused() -> None:
    p = binary(np.full(1, 0.9))
    sources = Outputs.of_sources(p, p, np.zeros(1, int), np.arange(1))
    with pytest.raises(UsageError, match="layout"):
        sources.follow_ups(p, p, np.zeros(1, int), Kinds.of(["layout"]), {"layout": 0.0})


def test_the_calibration_gap_is_signed_and_unbiased() -> None:
    # Half of the answers are right. The teacher says 0.6, the student 0.8: gaps 0.1 and 0.3.
    labels = np.arange(400) % 2
    teacher, student = binary(np.full(400, 0.6)), binary(np.full(400, 0.8))
    more = evaluation("calibration-alignment", outputs(teacher, student, labels))
    less = evaluation("calibration-alignment", outputs(student, teacher, labels))
    assert more.estimate.value == pytest.approx(0.2)
    assert less.estimate.value == pytest.approx(-0.2)
    assert more.verdict == less.verdict == Verdict.FAIL


def test_unlabelled_inputs_take_no_part_in_calibration() -> None:
    p = binary(np.array([0.9, 0.8]))
    found = evaluation("calibration-alignment", outputs(p, p, np.array([-1, -1])))
    assert (found.estimate.inputs, found.verdict) == (0, None)


def verdicts(teacher: np.ndarray, student: np.ndarray, labels: np.ndarray) -> set[Verdict | None]:
    n = len(teacher)
    sources = Outputs.of_sources(teacher, student, labels, np.arange(n))
    follow_ups = sources.follow_ups(teacher, student, np.arange(n), Kinds.of(["rename"] * n))
    relations = [make_relation(name, {}) for name in DEFAULT_RELATIONS]
    rows = [(one, sources) for one in relations if one.on_sources]
    rows += [(one, follow_ups) for one in relations]
    return {one.verdict for one in evaluate(rows, confidence=0.95)}


@pytest.mark.parametrize("positives", [0.03, 0.5])
def test_a_student_at_temperature_1_1_of_its_teacher_passes(positives: float) -> None:
    rng = np.random.default_rng(2)
    labels = (rng.random(2000) < positives).astype(int)
    logits = rng.normal(np.where(labels == 1, 2.0, -2.0), 1.5)
    teacher = binary(1 / (1 + np.exp(-logits)))[:, ::-1]
    assert verdicts(teacher, apply_temperature(teacher, 1.1), labels) == {Verdict.PASS}


@pytest.mark.parametrize("positives", [0.03, 0.5])
def test_a_constant_student_fails(positives: float) -> None:
    rng = np.random.default_rng(3)
    labels = (rng.random(2000) < positives).astype(int)
    teacher = binary(np.where(labels == 1, 0.05, 0.98))
    student = binary(np.full(2000, 0.97))
    assert Verdict.FAIL in verdicts(teacher, student, labels)


def test_few_inputs_fail_nothing() -> None:
    # One violation in one input was once a fail.
    teacher, student = binary(np.array([0.9])), binary(np.array([0.1]))
    assert evaluation("prediction-agreement", outputs(teacher, student)).verdict == (
        Verdict.UNDECIDED
    )


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


@pytest.mark.parametrize("n", [1, 3, 400])
@pytest.mark.parametrize("name", NAMES)
def test_no_impossible_value_is_said_to_be_decidable(name: str, n: int) -> None:
    rng = np.random.default_rng(n)
    teacher, student = binary(rng.random(n)), binary(rng.random(n))
    found = evaluation(name, outputs(teacher, student))
    least, greatest = found.scores.bounds
    below, above = found.decidable()
    assert below is None or least <= below
    assert above is None or above <= greatest
    if n == 400 and found.scores.applies:
        assert above is not None
