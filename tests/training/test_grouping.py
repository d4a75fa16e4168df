"""Training with inputs that belong together."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.errors import UsageError
from metacompress.training.grouping import GroupSampler

if TYPE_CHECKING:
    from pathlib import Path


def test_groups_stay_together_in_another_order_every_epoch() -> None:
    groups = np.array([3, 1, 3, 2, 1, 3, 9])
    sampler = GroupSampler(groups, seed=0)
    orders = set()
    for epoch in range(20):
        sampler.set_epoch(epoch)
        order = list(sampler)
        assert sorted(order) == list(range(7))
        together = [group for group, _ in groupby(groups[order].tolist())]
        assert sorted(together) == [1, 2, 3, 9]
        orders.add(tuple(together))
        assert order == list(sampler)
    assert len(orders) > 5


def data_of(directory: Path, *, grouped: bool) -> Path:
    """Functions in three versions with names of their own; the label is that of the function."""
    rows = []
    for number in range(16):
        for version in range(3):
            name = f"value_{number}_{version}_{number * 7 + version * 13}"
            body = "free(p);" if number % 2 else "return 0;"
            row = {
                "id": f"{number}-{version}",
                "code": f"int f(char *p) {{ int {name} = 1; {body} return {name}; }}",
                "label": number % 2,
                "language": "c",
            }
            rows.append(row | ({"group": str(number)} if grouped else {}))
    path = directory / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def distilled(data: Path, out: Path, consistency: float) -> np.ndarray:
    """Logits of a student of a sure teacher, (functions, versions)."""
    metacompress.distill(
        task="vulnerability-prediction", data=data, teacher="mock:", out=out,
        layers=1, hidden=16, heads=2, feed_forward=16, vocabulary=300, max_length=48, epochs=6,
        batch_size=12, learning_rate=5e-3, hold_out=0.1, consistency=consistency, device="cpu",
    )  # fmt: skip
    examples = metacompress.load_dataset(data, "vulnerability-prediction")
    model = metacompress.load_classifier(str(out), "vulnerability-prediction")
    p = model.predict(examples.examples).probabilities
    odds: np.ndarray = np.log(p[:, 1]) - np.log(p[:, 0])
    return odds.reshape(-1, 3)


def test_versions_of_a_group_come_nearer(tmp_path: Path) -> None:
    """The teacher answers by a digest of the text, so that nothing but the loss draws them near."""
    data = data_of(tmp_path, grouped=True)
    without, with_it = (
        distilled(data, tmp_path / f"student-{weight}", weight) for weight in (0.0, 20.0)
    )
    spread = [float(one.std(axis=1).mean()) for one in (without, with_it)]
    assert spread[1] < spread[0] / 2


def test_data_without_groups_are_refused(tmp_path: Path) -> None:
    data = data_of(tmp_path, grouped=False)
    with pytest.raises(UsageError, match="no two have the same") as caught:
        distilled(data, tmp_path / "student", 1.0)
    assert caught.value.option == "consistency"
