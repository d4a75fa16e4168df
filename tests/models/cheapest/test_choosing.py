from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tiny_models import examples, write_model

from metacompress.data.task import VULNERABILITY_PREDICTION as TASK
from metacompress.errors import ModelError
from metacompress.models.cheapest import entry
from metacompress.models.cheapest.candidate import candidate_of
from metacompress.models.choosing import Backend, Chosen, Work, choose_backends
from metacompress.models.loading import load_classifier, parse_specification
from metacompress.threads import thread_limit

if TYPE_CHECKING:
    from pathlib import Path

INPUTS = examples()


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    return str(write_model(tmp_path_factory.mktemp("models") / "tiny", "roberta"))


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("METACOMPRESS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def work(backend: Backend = Backend.AUTO, asked: int = 10, **begun: Backend) -> Work:
    return Work(TASK, INPUTS, asked, backend, begun)


def choose(model: str, ahead: Work) -> Chosen:
    notes: list[str] = []
    return choose_backends({"model": model}, ahead, {}, notes.append)["model"]


def entry_of(model: str) -> Path:
    candidate = candidate_of(parse_specification(model), TASK)
    assert candidate is not None
    return candidate.entry


def test_onnx_answers_as_torch_does_and_under_its_own_fingerprint(model, cache) -> None:
    torch = load_classifier(model, TASK)
    onnx = choose(model, work(Backend.ONNX)).load(model, TASK, {})
    first, second = torch.predict(INPUTS), onnx.predict(INPUTS)
    assert np.abs(first.probabilities - second.probabilities).max() <= entry.TOLERANCE
    assert (first.read == second.read).all()
    assert np.array_equal(first.unknown, second.unknown)
    assert onnx.stands_for == torch.fingerprint != onnx.fingerprint
    assert (onnx.weights_digest, onnx.doubts) == (torch.weights_digest, torch.doubts)


def test_a_damaged_entry_is_made_again(model, cache) -> None:
    choose(model, work(Backend.ONNX))
    graph = entry_of(model) / entry.MODEL / "model.onnx"
    content = graph.read_bytes()
    for damaged in (content[:-1], bytes(reversed(content))):
        graph.write_bytes(damaged)
        assert entry.read_choice(entry_of(model)) is None
        choose(model, work(Backend.ONNX))
        assert graph.read_bytes() == content
    manifest = entry_of(model) / entry.MANIFEST
    manifest.write_text(manifest.read_text().replace("roberta", "x").replace('"model"', '"other"'))
    assert entry.read_choice(entry_of(model)) is None


def test_what_stands_in_the_place_of_an_entry_is_replaced(model, cache) -> None:
    place = entry_of(model)
    place.parent.mkdir(parents=True)
    place.write_text("no directory")
    assert choose(model, work(Backend.ONNX)).backend is Backend.ONNX
    assert entry.read_choice(place) is not None


def test_a_cache_that_cannot_be_written_ends_no_study(model, cache) -> None:
    cache.write_text("no directory")
    notes: list[str] = []
    much = work(asked=10**9)
    chosen = choose_backends({"model": model}, much, {}, notes.append)["model"]
    assert chosen.backend is Backend.TORCH
    assert "stays with torch" in notes[0]
    assert "METACOMPRESS_CACHE" in notes[0]
    # Where ONNX Runtime has to answer, that is an error.
    fingerprint = str(load_classifier(model, TASK).fingerprint)
    for wanted in (work(Backend.ONNX), work(**{fingerprint: Backend.ONNX})):
        with pytest.raises(ModelError, match="cache cannot be written"):
            choose(model, wanted)


def test_a_small_study_stays_with_torch_and_writes_nothing(model, cache) -> None:
    assert choose(model, work()) == Chosen(Backend.TORCH)
    assert not cache.exists()


def test_a_run_goes_on_with_what_it_began_with(model, cache) -> None:
    fingerprint = str(load_classifier(model, TASK).fingerprint)
    # Its entry is gone, or was never on this machine.
    assert choose(model, work(**{fingerprint: Backend.ONNX})).backend is Backend.ONNX
    assert choose(model, work(**{fingerprint: Backend.TORCH})).backend is Backend.TORCH
    assert choose(model, work(Backend.ONNX, **{fingerprint: Backend.TORCH})).backend is Backend.ONNX


@pytest.mark.parametrize(
    ("seconds", "backend"),
    [
        ({"torch": 2.0, "onnx": 1.0}, Backend.ONNX),
        ({"torch": 1.0, "onnx": 2.0}, Backend.TORCH),
        # No torch has to be loaded for it.
        ({"torch": 1.0, "onnx": 1.05}, Backend.ONNX),
    ],
)
def test_the_cheaper_back_end_is_kept(model, cache, seconds, backend) -> None:
    with entry.making(entry_of(model)) as made:
        entry.write_choice(made, entry.Choice(model="known", seconds=seconds))
    assert choose(model, work()).backend is backend


def test_what_is_not_exact_stays_with_torch(model, cache) -> None:
    with entry.making(entry_of(model)) as made:
        entry.write_choice(made, entry.Choice(model="known", reason="it is 0.1 off"))
    assert choose(model, work()).backend is Backend.TORCH
    with pytest.raises(ModelError, match=r"it is 0.1 off"):
        choose(model, work(Backend.ONNX)).load(model, TASK, {})


def test_the_first_of_two_processes_stays(model, cache) -> None:
    place = entry_of(model)
    with entry.making(place) as second:
        with entry.making(place) as first:
            entry.write_choice(first, entry.Choice(model="first"))
        entry.write_choice(second, entry.Choice(model="second"))
    found = entry.read_choice(place)
    assert found is not None
    assert found.model == "first"


@pytest.mark.parametrize("option", ["dtype=bfloat16", "trust_remote_code=true", "device=mps"])
def test_only_what_onnx_computes_is_a_candidate(model, option) -> None:
    assert candidate_of(parse_specification(f"{model}?{option}"), TASK) is None


def test_a_candidate_is_known_by_its_content_and_options(model) -> None:
    spec = parse_specification(model)
    short = candidate_of(replace(spec, options={"max_length": "16"}), TASK)
    batches = candidate_of(replace(spec, options={"batch_size": "2"}), TASK)
    assert short is not None
    assert batches is not None
    assert short.entry != entry_of(model) == batches.entry


def test_threads_are_those_of_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert thread_limit() == 3
    monkeypatch.delenv("OMP_NUM_THREADS")
    assert thread_limit() >= 1
