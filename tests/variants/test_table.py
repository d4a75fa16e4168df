from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.transforms.validity_level import ValidityLevel
from metacompress.variants import table
from metacompress.variants.making import VariantMaker
from metacompress.variants.plan import VariantPlan, make_transformations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

PLAN = VariantPlan(
    make_transformations(("rename-identifiers", "flip-comparison")),
    compose=None,
    per_example=2,
    targets=(0,),
    level=ValidityLevel.PARSE,
    substitutes=None,
    seed=3,
)


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_SHARD_SIZE", 3)


def test_shards_are_the_same_in_any_order_and_process(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(8)
    expected = RunDirectory(tmp_path / "whole")
    table.variants_stage(dataset, PLAN, expected, NoProgress())
    shards = table.variant_shards(dataset)
    assert [len(shard.examples) for shard in shards] == [3, 3, 2]
    run = RunDirectory(tmp_path / "run")
    (tmp_path / "run").mkdir()
    maker = VariantMaker.of(dataset, PLAN, NoProgress())
    for shard in reversed(shards):
        # As another process gets it: without what was analysed before.
        sent = pickle.loads(pickle.dumps(maker))  # noqa: S301 - our own
        run.write_table(shard.name, table.make_shard(sent, shard))
    table.join_shards(run, shards)
    assert (run.path / table.TABLE).read_bytes() == (expected.path / table.TABLE).read_bytes()
    assert not (run.path / "variants").exists()


def test_a_variant_depends_on_its_example_and_not_on_its_place(
    make_dataset: Callable[[int], Dataset],
) -> None:
    dataset = make_dataset(6)
    turned = replace(dataset, examples=dataset.examples[::-1])
    made = {
        row["id"]: row
        for shard in table.variant_shards(dataset)
        for row in table.make_shard(VariantMaker.of(dataset, PLAN, NoProgress()), shard).to_pylist()
    }
    again = {
        row["id"]: row
        for shard in table.variant_shards(turned)
        for row in table.make_shard(VariantMaker.of(turned, PLAN, NoProgress()), shard).to_pylist()
    }
    assert made == again
    assert len({row["programs"][0] for row in made.values() if row["programs"]}) > 12
