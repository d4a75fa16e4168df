from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.runs.progress import NoProgress
from metacompress.transforms.validity_level import ValidityLevel
from metacompress.variants.drawing import drawn_attempts
from metacompress.variants.making import VariantMaker
from metacompress.variants.plan import VariantPlan, make_transformations

if TYPE_CHECKING:
    from collections.abc import Callable

    from metacompress.data.dataset import Dataset

NAMES = ("rename-identifiers", "flip-comparison")


def maker_of(dataset: Dataset, names=NAMES, variants: int = 1) -> VariantMaker:
    plan = VariantPlan(
        make_transformations(names), None, variants, (0,), ValidityLevel.PARSE, None, seed=0
    )
    return VariantMaker.of(dataset, plan, NoProgress())


def test_a_transformation_comes_first_as_often_as_its_weight_says(
    make_dataset: Callable[[int], Dataset],
) -> None:
    dataset = make_dataset(3)
    maker = maker_of(dataset)
    mix = {"rename-identifiers": 3.0}
    first = [
        next(drawn_attempts(maker, dataset[0], mix=mix, seed=seed))["transformation"]
        for seed in range(400)
    ]
    # Three of four; five standard deviations.
    assert first.count("rename-identifiers") == pytest.approx(300, abs=45)


def test_the_order_depends_on_the_seed_and_the_id_alone(
    make_dataset: Callable[[int], Dataset],
) -> None:
    small, large = make_dataset(3), make_dataset(6)

    def names(dataset: Dataset, index: int, seed: int) -> list[str]:
        rows = drawn_attempts(maker_of(dataset), dataset[index], mix={}, seed=seed)
        return [row["transformation"] for row in rows]

    orders = [names(small, 1, seed) for seed in range(8)]
    assert orders == [names(large, 1, seed) for seed in range(8)]
    assert {tuple(order) for order in orders} == {NAMES, NAMES[::-1]}
    assert {tuple(names(large, index, 0)) for index in range(6)} == {NAMES, NAMES[::-1]}


def test_a_refusal_gives_way_to_the_next(make_dataset: Callable[[int], Dataset]) -> None:
    dataset = make_dataset(2)
    # There is nothing to swap in these programs.
    maker = maker_of(dataset, ("reorder-statements", "rename-identifiers"), variants=2)
    for seed in range(6):
        rows = list(drawn_attempts(maker, dataset[0], mix={}, seed=seed))
        assert len(rows) == 4
        made = [row for row in rows if "refusal" not in row]
        assert {row["transformation"] for row in made} == {"rename-identifiers"}
        assert {row["id"] for row in rows if "refusal" in row} == {
            "0~reorder-statements~0",
            "0~reorder-statements~1",
        }
    both = {
        next(drawn_attempts(maker_of(dataset, NAMES[:1], 2), dataset[0], mix={}, seed=seed))["id"]
        for seed in range(12)
    }
    assert both == {"0~rename-identifiers~0", "0~rename-identifiers~1"}
