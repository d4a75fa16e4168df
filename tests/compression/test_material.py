from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from metacompress.compression.material import Material, prepare, read_valid_variants
from metacompress.compression.settings import CompressionSettings
from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.errors import DataError, MissingPredictionError
from metacompress.models.loading import load_classifier
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.validation import validated
from metacompress.training.parts import load_parts

if TYPE_CHECKING:
    from pathlib import Path

TASK = TASKS.get("demo-problem")


def _prepare(teacher: object, out: Path, *, made: bool = True, **changed: Any) -> Material:
    settings = validated(
        CompressionSettings,
        {
            "technique": "morph",
            "task": TASK.name,
            "teacher": str(teacher),
            "data": {"path": "demo", "split": "train", "language": "c"},
            "valid_split": "valid",
            "test_split": "test",
            "out": str(out),
            **changed,
        },
    )
    run = RunDirectory(out)
    asked = load_classifier(str(teacher), TASK)
    parts = load_parts(settings, TASK, asked)
    return prepare(settings, TASK, asked, parts, run, variants=made, progress=NoProgress())


def _answers(material: Material) -> dict[str, list[float]]:
    rows = pq.read_table(material.directory / "teacher.parquet").to_pylist()
    return {row.pop("id"): list(row.values()) for row in rows}


def test_variants_are_learnt_with_the_teachers_answers(teacher: Path, tmp_path: Path) -> None:
    material = _prepare(teacher, tmp_path)
    examples = load_dataset(material.directory, TASK, split="train").examples
    variants = [example for example in examples if "~rename-identifiers~" in example.id]
    assert len(variants) == material.counts["variants"] > 50
    answers = _answers(material)
    asked = load_classifier(str(teacher), TASK).predict(variants).probabilities
    np.testing.assert_allclose([answers[one.id] for one in variants], asked, atol=1e-5)
    assert material.valid_variants is not None
    flipped, sources = read_valid_variants(material.valid_variants, TASK)
    valid = {one.id: one for one in load_dataset(material.directory, TASK, split="valid")}
    for one, source in zip(flipped, sources, strict=True):
        assert (one.label, one.group) == (valid[source].label, valid[source].clusters[0])
        assert one.programs != valid[source].programs


def test_a_recorded_teacher_lends_variants_the_answers_of_their_sources(
    teacher: Path, tmp_path: Path
) -> None:
    plain = _prepare(teacher, tmp_path / "plain", made=False)
    assert plain.valid_variants is None
    with pytest.raises(MissingPredictionError, match="--variant-labels inherited"):
        _prepare(plain.teacher, tmp_path / "asked")
    lent = _answers(_prepare(plain.teacher, tmp_path / "inherited", variant_labels="inherited"))
    variants = [name for name in lent if "~" in name]
    assert len(variants) > 50
    assert all(lent[name] == lent[name.partition("~")[0]] for name in variants)


def test_recorded_variants_are_taken_as_they_are(teacher: Path, tmp_path: Path) -> None:
    rows = [
        {
            "id": f"{example.id}-v",
            "source_id": example.id,
            "code": f"/* v */ {example.programs[0].text}",
            "language": "c",
        }
        for split in ("train", "valid")
        for example in load_dataset("demo", TASK, split=split, language="c", limit=10)
    ]
    table = tmp_path / "variants.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    counts = _prepare(teacher, tmp_path / "out", variants=str(table)).counts
    assert (counts["variants"], counts["valid_variants"]) == (10, 10)
    table.write_text(json.dumps({"id": "a", "code": "int x;", "language": "c"}) + "\n")
    with pytest.raises(DataError, match="source_id"):
        _prepare(teacher, tmp_path / "other", variants=str(table))


def test_data_without_variants_are_refused(teacher: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no variant of a train example"):
        _prepare(teacher, tmp_path, transforms=("comprehension-to-loop",))


def test_a_prepared_directory_is_not_made_again(teacher: Path, tmp_path: Path) -> None:
    first = _prepare(teacher, tmp_path)
    answers = first.directory / "teacher.parquet"
    before = answers.stat().st_mtime_ns
    assert _prepare(teacher, tmp_path) == first
    assert answers.stat().st_mtime_ns == before


def test_a_shared_store_spares_the_teacher(
    teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = str(tmp_path / "shared.sqlite")
    first = _prepare(teacher, tmp_path / "first", made=False, store=store)

    def refuse(*asked: object) -> None:
        raise AssertionError("the teacher is asked again")

    monkeypatch.setattr(type(load_classifier(str(teacher), TASK)), "predict", refuse)
    second = _prepare(teacher, tmp_path / "second", made=False, store=store)
    assert _answers(second) == _answers(first)
