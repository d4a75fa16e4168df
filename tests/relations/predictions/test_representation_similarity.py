from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.data.part import Part
from metacompress.relations import make_relation
from metacompress.relations.evaluation import evaluate
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.relations.representations import (
    LayerTable,
    Representations,
    fewer_neighbours,
    sampled_follow_ups,
)
from metacompress.stats.scores.representations import Geometry, debiased_cka
from metacompress.stats.verdict import Verdict

RELATION = make_relation("representation-similarity", {})


def outputs_of(teacher, student, origins, sources, clusters=None):
    """Outputs on ``sources`` sources and a follow-up of each, with the given last layers."""
    clusters = np.arange(sources) if clusters is None else clusters
    even = np.full((sources, 2), 0.5)
    labels = np.full(sources, -1)
    on_sources = Outputs.of_sources(even, even, labels, clusters)
    rows = np.arange(sources)
    found = on_sources.follow_ups(even, even, rows, Kinds.of(["x"] * sources))
    both = {
        name: dict(zip(Part, ([layer] for layer in layers), strict=True))
        for name, layers in (("teacher", teacher), ("student", student))
    }
    return replace(found, representations=Representations(np.array(origins), **both))


def pair(seed, n, noise):
    """Last layers of both models on sources and follow-ups; the student drifts on follow-ups."""
    rng = np.random.default_rng(seed)
    sources = rng.normal(size=(n, 6))
    follow_ups = sources + 0.1 * rng.normal(size=(n, 6))
    turn = rng.normal(size=(6, 4))
    student = sources @ turn, follow_ups @ turn + noise * rng.normal(size=(n, 4))
    return (sources, follow_ups), student


def cka(x, y):
    return debiased_cka(Geometry.of(x), Geometry.of(y))


def test_the_value_is_the_fall_of_the_similarity_of_the_last_layers():
    teacher, student = pair(0, 40, 1.0)
    outputs = outputs_of(teacher, student, range(3, 43), 50)
    (found,) = evaluate([(RELATION, outputs)], confidence=0.95)
    expected = cka(teacher[0], student[0]) - cka(teacher[1], student[1])
    assert found.estimate.value == pytest.approx(expected)
    assert found.estimate.low < expected < found.estimate.high
    assert (found.estimate.inputs, found.estimate.sources) == (40, 40)
    assert not found.judgement.applicable.any()
    assert np.isnan(found.magnitude_mean)
    assert found.scores.limits == (-np.inf, 0.05)


def test_verdicts():
    for noise, expected in ((0.0, Verdict.PASS), (6.0, Verdict.FAIL)):
        outputs = outputs_of(*pair(1, 250, noise), range(250), 250)
        (found,) = evaluate([(RELATION, outputs)], confidence=0.95)
        assert found.verdict is expected
    # Fewer clusters say less, and one says nothing of others.
    teacher, student = pair(1, 60, 1.0)
    widths = []
    for clusters in (np.arange(60), np.arange(60) // 6, np.zeros(60, dtype=int)):
        outputs = outputs_of(teacher, student, range(60), 60, clusters)
        (found,) = evaluate([(RELATION, outputs)], confidence=0.95)
        widths.append(found.estimate.high - found.estimate.low)
    assert widths == sorted(widths)
    assert widths[-1] == 4


def test_the_interval_covers_the_true_fall():
    """A simulation against the fall on far more inputs."""
    truth = [cka(*(one[part] for one in pair(99, 3000, 1.0))) for part in (0, 1)]
    covered = 0
    rng = np.random.default_rng(5)
    (sources, follow_ups), (student, then) = pair(99, 3000, 1.0)
    for _ in range(60):
        rows = rng.choice(3000, 60, replace=False)
        outputs = outputs_of(
            (sources[rows], follow_ups[rows]), (student[rows], then[rows]), range(60), 60
        )
        estimate = RELATION.scores(outputs).estimate(0.95)
        covered += estimate.low <= truth[0] - truth[1] <= estimate.high
    assert covered >= 55


@pytest.mark.parametrize("case", ["none", "few", "constant"])
def test_where_nothing_can_be_said_it_applies_to_nothing(case):
    teacher, student = pair(2, 4 if case == "few" else 20, 1.0)
    if case == "constant":
        student = (np.ones((20, 3)), student[1])
    outputs = outputs_of(teacher, student, range(len(teacher[0])), 20)
    if case == "none":
        outputs = replace(outputs, representations=None)
    (found,) = evaluate([(RELATION, outputs)], confidence=0.95)
    assert found.verdict is None


def test_outputs_on_some_sources_have_their_representations():
    teacher, student = pair(3, 30, 1.0)
    outputs = outputs_of(teacher, student, range(0, 60, 2), 60)
    kept = np.arange(60) % 4 == 0
    found = outputs.of_origins(kept).representations
    assert found.origins.tolist() == list(range(0, 60, 4))
    np.testing.assert_array_equal(found.student[Part.FOLLOW_UPS][0], student[1][::2])
    same = outputs.with_student(outputs.student, outputs.student)
    assert same.representations is outputs.representations


def test_tables_hold_every_pair_of_layers():
    rng = np.random.default_rng(0)
    teacher = [rng.normal(size=(20, 3)), np.ones((20, 2))]
    student = [teacher[0] @ rng.normal(size=(3, 3)), rng.normal(size=(20, 4)), np.zeros((20, 2))]
    table = LayerTable.of(teacher, student, 4)
    assert table.cka.shape == table.overlap.shape == (3, 2)
    assert table.cka[0, 0] == pytest.approx(cka(teacher[0], student[0]))
    assert np.isnan(table.cka[:, 1]).all()
    assert np.isnan(table.overlap[:, 1]).all()
    assert table.closest() == [0, 0, None]


def test_few_inputs_have_few_neighbours():
    assert [fewer_neighbours(10, n) for n in (5, 12, 21, 300)] == [2, 5, 10, 10]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(1, 9), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_a_sample_has_one_follow_up_of_each_source(rows, sample, seed):
    rows = np.array(rows)
    chosen = sampled_follow_ups(rows, np.ones(len(rows)), sample, np.random.default_rng(seed))
    of = rows[chosen].tolist()
    assert of == sorted(set(of))
    assert len(of) == min(sample, len(set(rows.tolist())))


def test_follow_ups_are_drawn_by_their_weights():
    rows, weights = np.repeat(np.arange(4000), 2), np.tile([0.8, 0.2], 4000)
    chosen = sampled_follow_ups(rows, weights, 4000, np.random.default_rng(0))
    assert 0.78 < (chosen % 2 == 0).mean() < 0.82
