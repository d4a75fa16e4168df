from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.data.content import content_digest, dataset_digest
from metacompress.data.dataset import Dataset
from metacompress.errors import DataError, RunDirectoryError
from metacompress.settings.contents import input_files
from metacompress.study import identity
from metacompress.study.attack.config import AttackConfig
from metacompress.study.check.config import CheckConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASK = "vulnerability-prediction"
RENAME = ("rename-identifiers",)


def test_the_content_of_the_substitutes_counts(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    path = tmp_path / "substitutes.jsonl"

    def run(kind: str, name: str) -> None:
        rows = [{"idx": str(k), "substitutes": {"total": [name]}} for k in range(4)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        models = ("mock:", "mock:?seed=1", make_dataset(4))
        if kind == "check":
            given: dict[str, Any] = {"transforms": RENAME, "substitutes": path}
            metacompress.check(*models, task=TASK, run=tmp_path / kind, **given)
        else:
            given = {"attacks": ("mhm",), "max_queries": 5, "substitutes": f"recorded:{path}"}
            metacompress.attack(*models, task=TASK, run=tmp_path / kind, **given)

    for kind in ("check", "attack"):
        run(kind, "first")
        run(kind, "first")
        with pytest.raises(RunDirectoryError, match=rf"another {kind} \(different: inputs\)"):
            run(kind, "second")


def test_what_is_stored_has_a_version(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check() -> None:
        metacompress.check("mock:", "mock:?seed=1", make_dataset(4), task=TASK, run=tmp_path)

    check()
    monkeypatch.setattr(identity, "FORMAT", identity.FORMAT + 1)
    with pytest.raises(RunDirectoryError, match=r"different: format"):
        check()


def test_every_setting_that_names_an_input_counts_by_content(tmp_path: Path) -> None:
    """A new setting of a path must be an InputPath, unless another part of the identity has it."""
    from metacompress.compression.settings import CompressionSettings
    from metacompress.training.settings import DistillationSettings

    outputs = {"run", "store", "out"}
    # Of a finished run counts what it found.
    (tmp_path / "run").mkdir()
    file, summary = tmp_path / "file", tmp_path / "run" / "summary.json"
    file.write_text("content")
    summary.write_text("content")
    runs = {"baseline"}
    for model, count in (
        (CheckConfig, 3),
        (AttackConfig, 0),
        (CompressionSettings, 2),
        (DistillationSettings, 1),
    ):
        fields = model.model_fields
        types = {name: repr([field.annotation, field.metadata]) for name, field in fields.items()}
        paths = {name for name in fields if "_as_text" in types[name]} - outputs
        assert len(paths) == count
        made = model.model_construct(**dict.fromkeys(fields))
        given = {name: summary.parent if name in runs else file for name in paths}
        made = made.model_copy(update={name: str(path) for name, path in given.items()})
        read = {name: summary if name in runs else file for name in paths}
        assert input_files(made) == read


def test_a_digest_is_of_the_content(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    for directory in (one, other):
        directory.mkdir()
        (directory / "model.safetensors").write_text("weights")
    assert content_digest(one) == content_digest(other)
    (one / "README.md").write_text("about it")
    (one / ".cache").mkdir()
    assert content_digest(one) == content_digest(other)
    (other / "spiece.odd").write_text("a tokenizer")
    assert content_digest(one) != content_digest(other)
    with pytest.raises(DataError, match="no such file"):
        content_digest(tmp_path / "nothing")


def test_a_data_set_is_known_by_all_that_a_study_uses(
    make_dataset: Callable[[int], Dataset],
) -> None:
    dataset = make_dataset(2)
    first = dataset[0]
    changes: list[dict[str, Any]] = [
        {"id": "x"},
        {"label": 1},
        {"group": "x"},
        {"program_ids": ("x",)},
        {"programs": (replace(first.programs[0], text="int x;"),)},
    ]
    others = [Dataset(dataset.task, (replace(first, **one), dataset[1])) for one in changes]
    assert len({dataset_digest(one) for one in [dataset, *others]}) == 1 + len(changes)
    assert dataset_digest(make_dataset(2)) == dataset_digest(dataset)
