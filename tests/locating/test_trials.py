"""Occlusion: what each edit does to the parting, and where the edits stand."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import metacompress
from metacompress.data.example import Example, Program
from metacompress.lang.language import Language
from metacompress.locating.places import places_of
from metacompress.locating.trials import Parting, effects, explained, trials_of
from metacompress.shrinking.candidate import Pair, Whole
from metacompress.transforms.gate import DEFAULT_GATE

if TYPE_CHECKING:
    from collections.abc import Callable

C = """\
int sum(int count, int *values) {
    int total = 0;  /* é */
    for (int i = 0; i < count; i++) {
        if (values[i] > count) { total += values[i]; } else { total -= 1; }
    }
    return total;
}
"""


def whole_of(transforms: object, **settings: object) -> Whole:
    found = metacompress.transform(C, transforms, language="c", **settings)
    (attempt,) = found.variants
    source = Example("it", (Program(C, Language.C),), None, None, ("it",))
    return Whole(source, source.with_texts(attempt.programs), attempt.edits, DEFAULT_GATE)


def shapley(players: int, value: Callable[[frozenset[int]], float]) -> list[float]:
    """By definition: the mean over all orders of what each player adds to those before it."""
    orders = list(permutations(range(players)))
    found = [0.0] * players
    for order in orders:
        for k, one in enumerate(order):
            before = frozenset(order[:k])
            found[one] += (value(before | {one}) - value(before)) / len(orders)
    return found


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_sizes_are_shapley_values_where_edits_act_in_pairs(count: int, seed: int) -> None:
    drawn = np.random.default_rng(seed).integers(-2, 3, (6, 4)) / 2
    alone, source = drawn[0].tolist(), float(drawn[1, 0])
    together = np.triu(drawn[2:], 1)

    def value(chosen: frozenset[int]) -> float:
        own = sum(alone[k] for k in chosen)
        return source + own + sum(float(together[a, b]) for a in chosen for b in chosen)

    def parting(chosen: frozenset[int]) -> Parting:
        return Parting(value(chosen), violated=False)

    everything = frozenset(range(count))
    whole, none = parting(everything), parting(frozenset())
    found = effects(
        [(parting(everything - {k}), parting(frozenset({k}))) for k in range(count)], whole, none
    )
    assert [one.size for one in found] == pytest.approx(shapley(count, value), abs=1e-9)
    total = sum(abs(one.share) for one in found if one.share is not None)
    assert total == pytest.approx(1) or not total
    if abs(whole.magnitude - none.magnitude) > 1e-6:
        assert explained(found, whole, none) == pytest.approx(1, abs=1e-6)


def test_what_is_not_known_is_left_out() -> None:
    whole, none, other = Parting(1.0, True), Parting(0.0, False), Parting(0.25, False)
    both, one, neither = effects([(other, other), (other, None), (None, None)], whole, none)
    assert both.size == 0.5
    assert one.size == 0.75
    assert neither.size is neither.share is None
    assert explained([both, one], whole, none) == 1.25
    assert explained([both, one, neither], whole, none) is None
    assert explained([both], whole, whole) is None
    (still,) = effects([(whole, none)], whole, none)
    assert still.share is None


def test_each_renaming_is_undone_and_made_alone() -> None:
    whole = whole_of("rename-identifiers", seed=3)
    trials = trials_of(whole, 60)
    assert len(trials) == len(whole.units) > 2
    places = places_of(whole.programs[0])
    variant = whole.pair.variant.programs[0].text.encode()
    for trial in trials:
        ((_, unit),) = trial.units
        assert isinstance(trial.undone, Pair)
        assert isinstance(trial.alone, Pair)
        names = {C.encode()[slice(*span)].decode() for span in places[unit].source}
        new = {variant[slice(*span)].decode() for span in places[unit].variant}
        (old,), (name,) = names, new
        words = trial.alone.variant.programs[0].text.replace("(", " ").replace(")", " ").split()
        assert old not in words
        assert name not in trial.undone.variant.programs[0].text


def test_one_edit_is_undone_to_the_source_and_alone_is_the_whole() -> None:
    whole = whole_of("for-to-while")
    (trial,) = trials_of(whole, 60)
    assert trial.undone == Pair(whole.pair.source, whole.pair.source)
    assert trial.alone == whole.pair


def test_neighbours_are_taken_together_where_there_are_too_many() -> None:
    whole = whole_of("rename-identifiers", seed=3)
    trials = trials_of(whole, 2)
    assert len(trials) == 2
    assert [unit for trial in trials for unit in trial.units] == whole.units


@pytest.mark.parametrize("seed", range(6))
def test_without_the_places_of_edits_source_and_variant_are_the_same(seed: int) -> None:
    whole = whole_of(
        ["rename-identifiers", "for-to-while", "swap-operands", "flip-comparison", "comments"],
        compose=3,
        seed=seed,
    )
    (program,) = whole.programs
    places = places_of(program).values()
    source, variant = (list(one.programs[0].text.encode()) for one in whole.pair)
    for content, spans in (
        (source, [span for one in places for span in one.source]),
        (variant, [span for one in places for span in one.variant]),
    ):
        for start, end in sorted(spans, reverse=True):
            del content[start:end]
    assert bytes(source) == bytes(variant)
