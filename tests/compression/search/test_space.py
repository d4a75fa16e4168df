from __future__ import annotations

import itertools
import os
import signal
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from compressing import cost_of
from hypothesis import given
from hypothesis import strategies as st

from metacompress.compression.search.feasibility import FeasibleSpace
from metacompress.compression.search.many_objectives import STUDENT_SPACE
from metacompress.compression.search.pruned_space import prune
from metacompress.compression.search.sampling import adaptive_random, latin_hypercube
from metacompress.compression.search.space import Dimension, SearchSpace, parse_restriction
from metacompress.errors import UsageError
from metacompress.models.costs.encoder import Cost

if TYPE_CHECKING:
    from numpy.typing import NDArray

REDUCED = SearchSpace(
    Dimension("tokenizer", ("bpe", "word")),
    Dimension("vocabulary", (1000, 5000, 20_000, 46_000)),
    Dimension("layers", (1, 2, 6, 12)),
    Dimension("hidden", (16, 48, 60, 100, 256)),
    Dimension("feed_forward", (32, 512, 3072)),
    Dimension("heads", (1, 3, 5, 7, 12)),
    Dimension("max_length", (256, 512)),
)


def test_a_point_is_a_configuration_and_back() -> None:
    configuration = STUDENT_SPACE.configuration(STUDENT_SPACE.last)
    assert configuration["hidden"] == 256
    assert configuration["activation"] == "gelu_new"
    np.testing.assert_array_equal(STUDENT_SPACE.point(configuration), STUDENT_SPACE.last)
    with pytest.raises(UsageError, match="outside of the space"):
        STUDENT_SPACE.point({**configuration, "hidden": 17})


def test_features_scale_numbers_and_tell_names_apart() -> None:
    space = SearchSpace(
        Dimension("layers", (1, 2, 5)), Dimension("seed", (7,)), Dimension("tokenizer", ("a", "b"))
    )
    features = space.features(np.array([[0, 0, 0], [1, 0, 1], [2, 0, 0]]))
    np.testing.assert_allclose(features, [[0, 1, 0], [0.25, 0, 1], [1, 1, 0]])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("layers", "NAME=VALUE"),
        ("layers=", "NAME=VALUE"),
        ("depth=3", "the space has"),
        ("layers=two", "type int"),
        ("tokenizer=char", "tokenizer is one of bpe"),
    ],
)
def test_wrong_restrictions_are_named(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_restriction(text, STUDENT_SPACE)


def test_a_restriction_replaces_values() -> None:
    restriction = dict([parse_restriction("max-length=128,64,128", STUDENT_SPACE)])
    assert STUDENT_SPACE.restricted(restriction)["max_length"].values == (64, 128)


@pytest.mark.parametrize("limit", [0.15, 0.6, 3.0, 11.0])
def test_the_solver_keeps_what_brute_force_keeps(limit: float) -> None:
    kept: dict[str, set] = {name: set() for name in REDUCED.names}
    for values in itertools.product(*(d.values for d in REDUCED.dimensions)):
        configuration = dict(zip(REDUCED.names, values, strict=True))
        fits = cost_of(configuration).megabytes <= limit
        if fits and configuration["hidden"] % configuration["heads"] == 0:
            for name, value in configuration.items():
                kept[name].add(value)
    pruned = prune(REDUCED, cost_of, limit)
    assert {d.name: set(d.values) for d in pruned.dimensions} == kept


def test_impossible_targets_are_refused() -> None:
    with pytest.raises(UsageError, match="--target-mb"):
        prune(REDUCED, cost_of, 0.01)
    with pytest.raises(UsageError, match="--target-mb"):
        FeasibleSpace(REDUCED, cost_of, 0.01)
    unshareable = REDUCED.restricted({"hidden": [16], "heads": [3, 5]})
    with pytest.raises(UsageError, match="shared"):
        FeasibleSpace(unshareable, cost_of, 3.0)


def is_feasible(point: NDArray[np.int64], space: SearchSpace, limit_mb: float) -> bool:
    configuration = space.configuration(point)
    shared = configuration["hidden"] % configuration["heads"] == 0
    return bool(shared and cost_of(configuration).megabytes <= limit_mb)


FEASIBLE = FeasibleSpace(STUDENT_SPACE, cost_of, 1.2)
REDUCED_FEASIBLE = FeasibleSpace(REDUCED, cost_of, 0.5)


@given(st.lists(st.floats(-100, 200), min_size=12, max_size=12))
def test_repair_never_yields_an_invalid_configuration(entries: list[float]) -> None:
    repaired = FEASIBLE.repair(np.array(entries))
    assert is_feasible(repaired, STUDENT_SPACE, 1.2)
    np.testing.assert_array_equal(FEASIBLE.repair(repaired.astype(float)), repaired)


@given(st.lists(st.floats(-3, 8), min_size=7, max_size=7))
def test_widths_that_no_heads_share_are_left(entries: list[float]) -> None:
    assert is_feasible(REDUCED_FEASIBLE.repair(np.array(entries)), REDUCED, 0.5)


def test_sampled_students_are_feasible_and_distinct() -> None:
    for sample in (adaptive_random, latin_hypercube):
        points = sample(FEASIBLE, 20, np.random.default_rng(0))
        assert len(np.unique(points, axis=0)) == len(points) == 20
        assert all(is_feasible(point, STUDENT_SPACE, 1.2) for point in points)
        again = sample(FEASIBLE, 20, np.random.default_rng(0))
        np.testing.assert_array_equal(points, again)


def test_a_small_space_gives_what_it_has() -> None:
    space = SearchSpace(
        Dimension("layers", (1, 2)), Dimension("hidden", (16,)), Dimension("heads", (1,))
    )
    feasible = FeasibleSpace(space, lambda configuration: Cost(1, 1), 1.0)
    for sample in (adaptive_random, latin_hypercube):
        assert len(sample(feasible, 10, np.random.default_rng(0))) == 2


def _free_space() -> FeasibleSpace:
    dimensions = [Dimension(name, tuple(range(10))) for name in ("a", "b", "c")]
    space = SearchSpace(*dimensions, Dimension("hidden", (16,)), Dimension("heads", (1,)))
    return FeasibleSpace(space, lambda configuration: Cost(1, 1), 1.0)


def test_a_latin_hypercube_has_each_value_once() -> None:
    points = latin_hypercube(_free_space(), 10, np.random.default_rng(1))
    for column in points[:, :3].T:
        assert sorted(column) == list(range(10))


def test_adaptive_points_are_farther_apart_than_random_ones() -> None:
    feasible = _free_space()

    def nearest(points: np.ndarray) -> float:
        gaps = np.linalg.norm(points[:, None] - points[None], axis=2)
        return float((gaps + np.eye(len(points)) * 1e9).min())

    spread = [nearest(adaptive_random(feasible, 10, np.random.default_rng(s))) for s in range(20)]
    random = [
        nearest(np.array([feasible.random(rng) for _ in range(10)]))
        for rng in map(np.random.default_rng, range(20))
    ]
    assert np.mean(spread) > 1.5 * np.mean(random)


def test_ctrl_c_ends_a_wait_after_the_solver() -> None:
    prune(REDUCED, cost_of, 3.0)
    lock = threading.Lock()
    lock.acquire()
    late = threading.Timer(20, lock.release)
    late.start()
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        lock.acquire()
    assert lock.locked()
    late.cancel()
