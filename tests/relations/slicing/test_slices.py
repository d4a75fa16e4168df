from __future__ import annotations

import itertools

import numpy as np
import pytest

from metacompress.relations import make_relation
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.relations.slicing.slices import Slice, SliceEstimate, estimate_slice
from metacompress.relations.slicing.tree import combinations, grow, halves
from metacompress.stats.intervals.rates import estimate_rate
from metacompress.stats.intervals.variances import Dependence

AGREEMENT = make_relation("prediction-agreement", {})


def on_sources(violated: np.ndarray, clusters: np.ndarray | None = None) -> Outputs:
    """Sources on which teacher and student part where ``violated``."""
    n = len(violated)
    teacher = np.tile([0.9, 0.1], (n, 1))
    student = np.where(violated[:, None], teacher[:, ::-1], teacher)
    clusters = np.arange(n) if clusters is None else clusters
    return Outputs.of_sources(teacher, student, np.zeros(n, dtype=np.int64), clusters)


def estimated(found: Slice, outputs: Outputs) -> SliceEstimate:
    order = np.arange(len(outputs.dependence))
    return estimate_slice(found, AGREEMENT.judge(outputs), outputs, order, confidence=0.95)


def test_rates_inside_and_elsewhere_and_what_a_slice_holds() -> None:
    violated = np.array([1, 1, 0, 0, 1, 0, 0, 0, 0, 0], dtype=bool)
    inside = np.arange(10) < 4
    known = np.arange(10) < 9
    found = estimated(Slice("construct", "loops", inside, known), on_sources(violated))
    assert (found.inputs, found.sources, found.violations) == (4, 4, 2)
    assert (found.rate, found.elsewhere) == (0.5, pytest.approx(0.2))
    assert found.share_of_inputs == pytest.approx(4 / 9)
    assert found.share_of_violations == pytest.approx(2 / 3)
    ones, apart = np.ones(4), Dependence.of(np.arange(4))
    expected = estimate_rate(violated[:4].astype(float), ones, apart)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_variants_of_a_source_share_its_weight_inside_of_a_slice() -> None:
    sources = on_sources(np.array([False, False]))
    rows = np.array([0, 0, 1, 1])
    moved = np.array([[0.1, 0.9], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1]])
    outputs = sources.follow_ups(sources.teacher[rows], moved, rows, Kinds.of(["a", "b", "b", "b"]))
    by_b = estimated(Slice.of("transformation", "b", np.array([0, 1, 1, 1], dtype=bool)), outputs)
    assert (by_b.rate, by_b.elsewhere) == (0, 1)
    assert by_b.share_of_inputs == pytest.approx(0.75)
    assert by_b.sources == 2


def test_evidence_counts_clusters_and_not_inputs() -> None:
    violated = np.repeat(np.arange(20) < 8, 10)
    inside = np.repeat(np.arange(20) < 10, 10)
    slice_ = Slice.of("label", "label a", inside)
    apart = estimated(slice_, on_sources(violated))
    together = estimated(slice_, on_sources(violated, np.repeat(np.arange(20), 10)))
    singles = estimated(slice_.rows(np.arange(0, 200, 10)), on_sources(violated[::10]))
    assert together.log_e == pytest.approx(singles.log_e)
    assert together.log_e < apart.log_e


def test_pairs_that_share_a_program_are_no_evidence_twice() -> None:
    # Ten pairs of one program with others, all violated; ten pairs apart from each other.
    star = np.column_stack([np.zeros(10, dtype=int), np.arange(1, 11)])
    apart = np.arange(11, 31).reshape(10, 2)
    violated = np.arange(20) < 10
    outputs = on_sources(violated, np.concatenate([star, apart]))
    found = estimated(Slice.of("label", "label a", violated), outputs)
    one = np.array([0, *range(10, 20)])
    alone = estimated(
        Slice.of("label", "label a", violated[one]), on_sources(violated[one], np.arange(11))
    )
    assert found.log_e == pytest.approx(alone.log_e)
    assert found.rate == 1


@pytest.mark.parametrize("inside", [np.zeros(5, dtype=bool), np.ones(5, dtype=bool)])
def test_a_slice_of_nothing_or_everything_says_nothing(inside: np.ndarray) -> None:
    found = estimated(Slice.of("language", "c", inside), on_sources(np.arange(5) < 2))
    assert found.log_e <= 1e-9
    assert np.isnan(found.elsewhere if inside.all() else found.rate)


def test_the_tree_finds_a_combination_that_no_single_slice_tells() -> None:
    rng = np.random.default_rng(0)
    members = rng.random((4, 2000)) < 0.5
    violated = (members[1] & ~members[3] & (rng.random(2000) < 0.4)).astype(float)
    found = grow(members, violated, np.ones(2000))
    assert found[0][:2] in {((1, True), (3, False)), ((3, False), (1, True))}
    rates = [violated[_inside(members, one)].mean() for one in found]
    assert min(rates) > violated.mean()
    for one, other in itertools.combinations(found, 2):
        assert not np.any(_inside(members, one) & _inside(members, other))


def _inside(members: np.ndarray, conditions: tuple[tuple[int, bool], ...]) -> np.ndarray:
    return np.logical_and.reduce([members[index] == holds for index, holds in conditions])


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_the_tree_finds_nothing_where_nothing_differs(rate: float) -> None:
    members = np.random.default_rng(0).random((3, 500)) < 0.5
    assert grow(members, np.full(500, rate), np.ones(500)) == []
    assert grow(members[:0], np.full(500, rate), np.ones(500)) == []
    assert grow(members, np.zeros(500), np.zeros(500)) == []


def test_what_the_tree_finds_by_chance_is_seldom_confirmed_on_the_other_half() -> None:
    rng = np.random.default_rng(1)
    confirmed = total = 0
    for seed in range(30):
        violated = rng.random(400) < 0.1
        slices = [Slice.of("construct", str(k), rng.random(400) < 0.5) for k in range(20)]
        outputs = on_sources(violated)
        sought, tested = halves(outputs.dependence, seed)
        found = combinations(slices, AGREEMENT.judge(outputs), outputs, sought, tested)
        total += len(found)
        confirmed += sum(estimated(one, outputs).log_e >= np.log(10) for one in found)
    assert total > 20
    assert confirmed <= total / 10


def test_halves_share_no_program() -> None:
    pairs = Dependence.of(np.random.default_rng(0).integers(0, 60, (200, 2)))
    sought, tested = halves(pairs, 0)
    assert not np.any(sought & tested)
    assert not set(pairs.members[sought].ravel()) & set(pairs.members[tested].ravel())
    assert sought.any()
    assert tested.any()


def test_names_say_what_holds_first_and_then_what_does_not() -> None:
    rng = np.random.default_rng(0)
    loops, goto = rng.random((2, 800)) < 0.5
    slices = [Slice.of("construct", "goto", goto), Slice.of("construct", "loops", loops)]
    outputs = on_sources(loops & ~goto)
    every = np.ones(800, dtype=bool)
    found = combinations(slices, AGREEMENT.judge(outputs), outputs, every, every)
    assert [one.name for one in found] == ["loops, not goto"]
    np.testing.assert_array_equal(found[0].inside, loops & ~goto)


def test_of_a_slice_and_its_complement_the_one_that_parts_more_often_is_named() -> None:
    inside = np.arange(200) % 2 == 0
    slices = [Slice.of("label", "label a", ~inside), Slice.of("label", "label b", inside)]
    outputs, every = on_sources(inside), np.ones(200, dtype=bool)
    found = combinations(slices, AGREEMENT.judge(outputs), outputs, every, every)
    assert [one.name for one in found] == ["label b"]
