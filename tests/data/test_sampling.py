from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import metacompress
from metacompress.data.example import Example, Program
from metacompress.data.loading import dataset_of_rows, load_dataset
from metacompress.data.sampling import Chosen, sample_order
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.errors import QuarantineLimitError, UsageError
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TASK = VULNERABILITY_PREDICTION.name
seeds = st.integers(0, 2**32 - 1)
unique_ids = st.lists(st.text(max_size=6), unique=True, max_size=30)


def examples(ids: Sequence[str]) -> list[Example]:
    program = Program("int f;", Language.C)
    return [Example(name, (program,), None, None, (name,)) for name in ids]


def chosen(ids: Sequence[str], limit: int | None, **given: int) -> list[str]:
    return [one.id for one in Chosen(limit, **given).offer_all(examples(ids)).examples()]


@given(unique_ids, seeds, st.integers(1, 40))
def test_a_sample_is_the_beginning_of_the_order_and_keeps_that_of_the_data(
    ids: list[str], seed: int, limit: int
) -> None:
    order = sample_order(ids, seed)
    assert sorted(order) == list(range(len(ids)))
    assert chosen(ids, limit, seed=seed) == [ids[k] for k in sorted(order[:limit])]


@given(unique_ids, seeds, st.randoms())
def test_the_order_depends_on_the_seed_and_the_ids_alone(
    ids: list[str], seed: int, random: object
) -> None:
    shuffled = list(ids)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    wanted = [ids[k] for k in sample_order(ids, seed)]
    assert [shuffled[k] for k in sample_order(shuffled, seed)] == wanted
    some = set(shuffled[::2])
    part = [name for name in ids if name in some]
    assert [part[k] for k in sample_order(part, seed)] == [one for one in wanted if one in some]


def test_the_order_is_the_same_on_every_machine() -> None:
    def digest(name: str) -> bytes:
        return hashlib.blake2b(name.encode(), digest_size=16, key=bytes(7) + b"\x05").digest()

    ids = [f"row-{k}" for k in range(12)]
    assert sample_order(ids, 5) == sorted(range(12), key=lambda k: digest(ids[k]))
    assert sample_order(ids, 5) == [7, 6, 11, 3, 10, 5, 8, 9, 4, 1, 2, 0]
    assert sample_order(["\ud800", "a"], 0) in ([0, 1], [1, 0])


def test_every_example_is_chosen_alike_often() -> None:
    ids = [str(k) for k in range(20)]
    found = Counter(name for seed in range(2000) for name in chosen(ids, 5, seed=seed))
    # 2,000 draws of 5 of 20: 500 each, standard deviation 19.4.
    counts = np.array([found[name] for name in ids])
    assert counts.sum() == 10_000
    assert abs(counts - 500).max() < 4 * 19.4


@pytest.mark.parametrize("limit", [1, 7, 50, 51])
def test_no_more_is_held_than_is_chosen(limit: int) -> None:
    collected = Chosen(limit, seed=3)
    for one in examples([str(k) for k in range(50)]):
        collected.offer(one)
        assert len(collected.examples()) <= limit
        assert not collected.complete
    assert (collected.offered, len(collected.examples())) == (50, min(limit, 50))


def test_the_head_is_complete_as_soon_as_it_is_read() -> None:
    collected = Chosen(2, head=True)
    for one in examples(["a", "b", "c"]):
        collected.offer(one)
        assert collected.complete == (one.id != "a")
    assert [one.id for one in collected.examples()] == ["a", "b"]
    assert chosen(["b", "a"], None) == chosen(["b", "a"], 9, head=True) == ["b", "a"]
    with pytest.raises(UsageError, match="at least 1"):
        Chosen(0)


def rows(count: int) -> list[dict[str, object]]:
    return [{"idx": k, "func": f"int f{k};", "target": k % 2} for k in range(count)]


def test_the_same_sample_of_files_rows_and_examples(tmp_path: Path) -> None:
    table = tmp_path / "d.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows(40)))
    limits = {"limit": 9, "sample_seed": 4}
    whole = load_dataset(table, TASK)
    wanted = chosen([one.id for one in whole], 9, seed=4)
    assert wanted != [one.id for one in whole][:9]
    found = [
        load_dataset(table, TASK, **limits),
        dataset_of_rows(rows(40), VULNERABILITY_PREDICTION, **limits),
        *(
            metacompress.predict("mock:", data, task=TASK, **limits).dataset
            for data in (table, rows(40), list(whole), whole)
        ),
    ]
    assert all([one.id for one in dataset] == wanted for dataset in found)
    heads = [
        load_dataset(table, TASK, limit=9, head=True),
        metacompress.predict("mock:", whole, task=TASK, limit=9, head=True).dataset,
    ]
    assert all(dataset.examples == whole.examples[:9] for dataset in heads)


def test_a_sample_is_of_valid_rows_that_are_not_left_out() -> None:
    mixed = [*rows(30), {"idx": 30, "func": "", "target": 0}, *rows(30)[:2]]

    def sampled(limit: int, **given: float) -> Dataset:
        return dataset_of_rows(mixed, VULNERABILITY_PREDICTION, limit=limit, **given)

    with pytest.raises(QuarantineLimitError, match="3 of 33 rows"):
        sampled(4)
    found = sampled(4, max_quarantined=0.1)
    assert [one.id for one in found] == chosen([str(k) for k in range(30)], 4)
    assert len(found.quarantine) == 3


def test_an_array_of_predictions_takes_no_sample() -> None:
    values = np.full((4, 2), 0.5)
    with pytest.raises(UsageError, match="head=True"):
        metacompress.predict(values, rows(9), task=TASK, limit=4)
    found = metacompress.predict(values, rows(9), task=TASK, limit=4, head=True)
    assert [one.id for one in found.dataset] == ["0", "1", "2", "3"]
