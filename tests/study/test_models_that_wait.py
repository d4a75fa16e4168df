"""A model whose answers are stored is not loaded again to judge them otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.files.cache import VARIABLE, cache_directory
from metacompress.models import shared

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is loaded, in a directory and with a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    found: list[object] = []
    load = shared.load_classifier
    shared._loaded.cache_clear()

    def noting(model: object, *arguments: Any, **options: Any) -> object:
        found.append(model)
        return load(model, *arguments, **options)

    monkeypatch.setattr(shared, "load_classifier", noting)
    return found


def check(tolerance: float = 0.05, limit: int = 4, **more: Any) -> metacompress.CheckResult:
    return metacompress.check(
        "demo:teacher",
        "demo:student",
        "demo",
        task="clone-detection",
        split="test",
        limit=limit,
        transforms=["rename-identifiers"],
        tolerance=tolerance,
        report=False,
        **more,
    )


def test_another_tolerance_loads_no_model(loads: list[object]) -> None:
    first = check()
    assert loads == ["demo:teacher", "demo:student"]
    loads.clear()
    second = check(tolerance=0.5)
    assert loads == []
    assert second.run != first.run
    assert second.summary.models == first.summary.models
    assert second.predictions.equals(first.predictions)
    again = check(tolerance=0.5, workers=1, store="new.sqlite", run="new")
    assert loads == ["demo:teacher", "demo:student"]
    assert again.summary.models == first.summary.models


def test_new_inputs_load_the_models(loads: list[object]) -> None:
    check()
    loads.clear()
    waited = check(limit=6)
    assert sorted(map(str, loads)) == ["demo:student", "demo:teacher"]
    loaded = check(limit=6, run="own")
    assert waited.predictions.equals(loaded.predictions)


def test_a_prediction_from_a_store_loads_no_model(loads: list[object]) -> None:
    def predict(store: str) -> Any:
        found = metacompress.predict(
            "demo:teacher", "demo", task="clone-detection", split="test", limit=4, store=store
        )
        return found.summary()

    first = predict("store.sqlite")
    assert loads == ["demo:teacher"]
    assert predict("store.sqlite") == first
    assert loads == ["demo:teacher"]
    assert predict("other.sqlite") == first
    assert loads == ["demo:teacher"] * 2


def test_a_working_directory_that_is_gone_is_no_error(
    loads: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    run = check(limit=2, run=str(tmp_path / "run")).run
    assert (run / "summary.json").is_file()


def test_a_damaged_note_is_none(loads: list[object]) -> None:
    check()
    for note in (cache_directory() / "facts").iterdir():
        note.write_bytes(note.read_bytes()[:-3])
    loads.clear()
    check(tolerance=0.5)
    assert loads == ["demo:teacher", "demo:student"]


def test_without_a_cache_models_are_loaded(
    loads: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file/cache"))
    check()
    loads.clear()
    check(tolerance=0.5)
    assert loads == ["demo:teacher", "demo:student"]
