"""A training's directory belongs to what it learnt from, by content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.errors import RunDirectoryError
from metacompress.settings.validation import validated
from metacompress.training import run, training
from metacompress.training.settings import DistillationSettings
from metacompress.training.summary import ModelCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.training.summary import TrainSummary


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


CARD = ModelCard(
    task="vulnerability-prediction",
    settings={},
    started_from=None,
    examples={},
    parameters=1,
    steps=1,
    epochs=1.0,
    seconds=1.0,
    scores={},
    teacher_fingerprint=None,
)


class Place:
    """Data, a recorded teacher and a model to start from, and a training on them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.code, self.labels, self.teacher = "return {};", [0, 1], [0.1, 0.9]
        self.start = "weights"

    def train(self, **options: Any) -> TrainSummary:
        rows = [
            {"id": str(k), "language": "c", "code": f"int f() {{ {self.code.format(k)} }}"}
            for k in range(20)
        ]
        labelled = [row | {"label": self.labels[k % 2]} for k, row in enumerate(rows)]
        _write(self.root / "d.jsonl", labelled)
        p = self.teacher
        answers = [(row["id"], p[k % 2]) for k, row in enumerate(rows)]
        _write(
            self.root / "teacher.jsonl",
            [{"id": name, "prob_0": 1 - answer, "prob_1": answer} for name, answer in answers],
        )
        (self.root / "start").mkdir(exist_ok=True)
        (self.root / "start" / "model.safetensors").write_text(self.start)
        given = {
            "task": "vulnerability-prediction",
            "data": {"path": str(self.root / "d.jsonl")},
            "teacher": f"recorded:{self.root}/teacher.jsonl",
            "model": str(self.root / "start"),
            "out": str(self.root / "out"),
        }
        return training.train(validated(DistillationSettings, given), **options)


CHANGES: dict[str, tuple[str, Any]] = {
    "labels": ("examples", lambda place: setattr(place, "labels", [1, 0])),
    "programs": ("examples", lambda place: setattr(place, "code", "int x; return {};")),
    "teacher": ("teacher_fingerprint", lambda place: setattr(place, "teacher", [0.9, 0.1])),
    "start": ("inputs", lambda place: setattr(place, "start", "others")),
}


@pytest.mark.parametrize("finished", [True, False], ids=["finished", "half-finished"])
@pytest.mark.parametrize(("name", "change"), CHANGES.values(), ids=CHANGES)
def test_changed_inputs_are_refused(
    name: str,
    change: Callable[[Place], None],
    finished: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = Place(tmp_path)
    begun = []

    def interrupted(*arguments: Any) -> ModelCard:
        begun.append(arguments)
        if not finished:
            raise KeyboardInterrupt
        (tmp_path / "out" / ".training" / "model").mkdir()
        return CARD

    monkeypatch.setattr(run, "_train", interrupted)

    def train(**options: Any) -> None:
        try:
            place.train(**options)
        except KeyboardInterrupt:
            assert not finished

    train()
    train()
    assert len(begun) == (1 if finished else 2)
    change(place)
    with pytest.raises(RunDirectoryError, match=rf"another training \(different: {name}\)"):
        place.train()
    before = len(begun)
    train(overwrite=True)
    assert len(begun) == before + 1


def test_a_teacher_without_a_fingerprint_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*arguments: Any) -> ModelCard:
        (tmp_path / "out" / ".training" / "model").mkdir()
        return CARD

    monkeypatch.setattr(run, "_train", made)
    place = Place(tmp_path)

    def teacher(texts: list[str]) -> list[list[float]]:
        return [[0.5, 0.5]] * len(texts)

    place.train(teacher=teacher)
    with pytest.raises(RunDirectoryError, match="a teacher that has no fingerprint"):
        place.train(teacher=teacher)
    place.train(teacher=teacher, overwrite=True)
    teacher.fingerprint = "a half"  # type: ignore[attr-defined]
    place.train(teacher=teacher, overwrite=True)
    place.train(teacher=teacher)
