from __future__ import annotations

import sys
from functools import partial
from typing import Any

import numpy as np
import pytest
from compressing import cost_of, search_in
from pymoo.indicators.hv import HV
from scipy.special import expit

from metacompress.compression.search.choice import choose, usable
from metacompress.compression.search.evolution import StudentProblem, age_moea, evolve
from metacompress.compression.search.feasibility import FeasibleSpace
from metacompress.compression.search.many_objectives import STUDENT_SPACE, Objectives
from metacompress.compression.search.problem import FrontMember, Trial
from metacompress.compression.search.sampling import latin_hypercube
from metacompress.compression.search.surrogates import BoostingSurrogate, RidgeSurrogate
from metacompress.compression.techniques.avatar import Avatar
from metacompress.compression.techniques.compressor import Compressor, fitness
from metacompress.compression.techniques.morph import Morph
from metacompress.errors import ModelError
from metacompress.runs.progress import NoProgress

published = partial(cost_of, mode="published")
# Ten were tried; one keeps the suite short.
SEEDS = range(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_compressor_reaches_the_published_configuration(seed: int) -> None:
    student = {
        "vocabulary": 1000,
        "heads": 8,
        "hidden": 96,
        "feed_forward": 64,
        "layers": 12,
        "max_length": 514,
    }
    space = Compressor.space.restricted({"max_length": [514]})
    feasible = FeasibleSpace(space, published, np.inf)
    search = search_in(feasible, seed=seed, cost=published)
    found = Compressor().search(search)
    cost, reference = published(found.chosen), published(student)
    assert fitness(cost.gflops, cost.megabytes, 3) >= fitness(
        reference.gflops, reference.megabytes, 3
    )
    assert found.front[0].objectives["fitness"] == pytest.approx(
        fitness(cost.gflops, cost.megabytes, 3)
    )
    evaluated = search.candidates.table()
    assert evaluated.num_rows > 1000
    assert max(evaluated["fitness"].to_pylist()) == found.front[0].objectives["fitness"]


FEASIBLE = FeasibleSpace(STUDENT_SPACE, cost_of, 3.0)


def _reached(configuration: dict[str, Any]) -> tuple[float, float]:
    """Deep students are accurate here, and those with words flip."""
    accuracy = expit(0.2 * configuration["layers"] - 1)
    return accuracy, 0.3 if configuration["tokenizer"] == "word" else 0.05


def _quality(configuration: dict[str, Any], technique: type) -> float:
    accuracy, flips = _reached(configuration)
    return accuracy - flips * technique.uses_variants


def test_surrogates_learn_what_matters_and_stay_shares() -> None:
    points = latin_hypercube(FEASIBLE, 40, np.random.default_rng(0))
    features = STUDENT_SPACE.features(points)
    reached = [_reached(STUDENT_SPACE.configuration(point)) for point in points]
    accuracies, flips = np.array(reached).T
    unseen = np.array([FEASIBLE.random(np.random.default_rng(s)) for s in range(1, 200)])
    truth = np.array([_reached(STUDENT_SPACE.configuration(point)) for point in unseen])
    seen = STUDENT_SPACE.features(unseen)
    for surrogate in (
        RidgeSurrogate(features, accuracies),
        BoostingSurrogate(features, accuracies, 0),
    ):
        predicted = surrogate.predict(seen)
        assert predicted.min() >= 0
        assert predicted.max() <= 1
        assert np.corrcoef(predicted, truth[:, 0])[0, 1] > 0.8
    assert np.corrcoef(BoostingSurrogate(features, flips, 0).predict(seen), truth[:, 1])[0, 1] > 0.9


def test_a_surrogate_of_few_or_equal_students_is_flat() -> None:
    features = np.eye(2)
    for values in ([1.0, 1.0], [0.0, 0.0]):
        predicted = BoostingSurrogate(features, np.array(values), 0).predict(features)
        np.testing.assert_allclose(predicted, values, atol=2e-3)


@pytest.mark.parametrize("technique", [Avatar, Morph])
def test_a_search_chooses_a_good_student_of_the_target_size(
    technique: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[technique.__module__], "_GENERATIONS", 40)
    search = search_in(FEASIBLE, reached=_reached, budget=20)
    found = technique().search(search)
    assert 2.7 <= cost_of(found.chosen).megabytes <= 3.0
    rng = np.random.default_rng(1)
    random = [STUDENT_SPACE.configuration(FEASIBLE.random(rng)) for _ in range(500)]
    sized = [_quality(one, technique) for one in random if cost_of(one).megabytes > 2.7]
    assert _quality(found.chosen, technique) > np.quantile(sized, 0.7)
    for member in found.front:
        cost = cost_of(member.configuration)
        assert member.objectives["megabytes"] == pytest.approx(cost.megabytes)
        assert member.objectives["gflops"] == pytest.approx(cost.gflops)


@pytest.mark.parametrize("technique", [Avatar, Morph])
def test_a_search_finds_the_same_again(technique: type, monkeypatch: pytest.MonkeyPatch) -> None:
    # What comes of chance shows after few generations, too.
    monkeypatch.setattr(sys.modules[technique.__module__], "_GENERATIONS", 10)
    found, again = (
        technique().search(search_in(FEASIBLE, reached=_reached, budget=20)) for _ in range(2)
    )
    assert again == found


def test_mutation_in_place_leaves_a_front_of_other_students() -> None:
    search = search_in(
        FEASIBLE, reached=_reached, budget=20, faithful=frozenset({"in-place-mutation"})
    )
    front = Avatar().search(search).front
    differing = [
        member
        for member in front
        if abs(member.objectives["megabytes"] - cost_of(member.configuration).megabytes) > 1e-6
    ]
    assert differing


@pytest.mark.parametrize("seed", SEEDS)
def test_morphs_front_covers_more_than_random_search(seed: int) -> None:
    rng = np.random.default_rng(seed)
    trained = latin_hypercube(FEASIBLE, 20, rng)
    features = STUDENT_SPACE.features(trained)
    accuracy, flips = (
        expit(features @ rng.normal(size=features.shape[1]) - bias) for bias in (0, 2)
    )
    objectives = Objectives(
        search_in(FEASIBLE, seed=seed),
        BoostingSurrogate(features, accuracy, seed),
        BoostingSurrogate(features, flips, seed),
    )
    population, generations = 50, 30
    result = evolve(
        StudentProblem(FEASIBLE, objectives, objectives.count),
        age_moea(FEASIBLE, population, trained),
        generations,
        seed,
        NoProgress(),
    )
    random = np.array([FEASIBLE.random(rng) for _ in range(population * generations)])

    def volume(points: np.ndarray) -> float:
        # Sizes are at most 3 MB off, no student of the space has 20 GFLOPs.
        return float(HV(ref_point=np.ones(4))(objectives(points) / [3, 20, 1, 1]))

    assert volume(result.pop.get("X")) >= volume(random)


def _member(megabytes: float, accuracy: float, flips: float) -> FrontMember:
    objectives = {"megabytes": megabytes, "accuracy": accuracy, "flips": flips}
    return FrontMember({"layers": megabytes}, objectives)


def test_the_chosen_member_is_the_best_of_the_size() -> None:
    front = [_member(2.8, 0.6, 0.1), _member(2.9, 0.65, 0.2), _member(1.0, 0.9, 0.0)]
    assert choose(front, 3.0) == {"layers": 2.8}
    assert choose(front[2:], 3.0) == {"layers": 1.0}
    assert choose([*front, _member(3.1, 0.99, 0.0)], 3.0) == {"layers": 2.8}


def test_too_few_students_end_a_search_with_a_reason() -> None:
    trials = [
        Trial({"layers": 1}, 0.5, None, 1.0),
        Trial({"layers": 2}, None, None, 0.0, "no memory"),
    ]
    with pytest.raises(ModelError, match=r"1 of 2 students.*no memory"):
        usable(trials)
