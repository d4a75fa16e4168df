"""Which tensors of a student carry its violations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.mixable import WordCounts

import metacompress
from metacompress import Dataset, Example, Language, Program
from metacompress.cli.app import run_command
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.errors import ModelError, UsageError
from metacompress.models.storing.store import PredictionStore
from metacompress.study.locate.summary import SwapKind
from metacompress.study.locate.swaps import layer_of

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.models.protocols.classifier import Classifier

TASK = VULNERABILITY_PREDICTION.name
COUNT = 48


def functions(count: int = COUNT) -> Dataset:
    rng = np.random.default_rng(0)
    words = [f"w{k}" for k in range(60)]
    texts = [
        "int f ( int total ) { return total + "
        + " + ".join(f" {word} " for word in rng.choice(words, 6))
        + " ; }"
        for _ in range(count)
    ]
    # Two functions of each project depend on each other.
    examples = tuple(
        Example(str(k), (Program(text, Language.C),), None, str(k // 2), (f"p{k // 2}",))
        for k, text in enumerate(texts)
    )
    return Dataset(VULNERABILITY_PREDICTION, examples)


def pair() -> tuple[WordCounts, WordCounts]:
    """A teacher, and a student of which only two tensors are other ones."""
    teacher, other = WordCounts.drawn(1), WordCounts.drawn(2)
    changed = {name: other.tensors()[name] for name in ("layer.0.weight", "layer.0.bias")}
    return teacher, teacher.with_tensors(changed)


def answers(model: Classifier, dataset: Dataset) -> np.ndarray:
    return model.predict(dataset.examples).probabilities.argmax(axis=1)


def test_effects_on_sources_are_those_of_models_that_are_mixed_by_hand(tmp_path: Path) -> None:
    teacher, student = pair()
    data = functions()
    found = metacompress.locate(teacher, student, data, task=TASK, run=tmp_path / "run").summary
    truth = answers(teacher, data)
    apart = (answers(student, data) != truth).mean()
    assert 0.1 < apart == found.violated["sources"]
    assert found.everything.sources.removed.value == pytest.approx(apart)
    assert found.everything.sources.caused.value == pytest.approx(apart)
    by_name = {swap.name: swap for swap in found.swaps}
    assert by_name.keys() == {"layer.0", "layer.0.weight", "layer.0.bias"}
    for name in ("layer.0.weight", "layer.0.bias"):
        back = student.with_tensors({name: teacher.tensors()[name]})
        put = teacher.with_tensors({name: student.tensors()[name]})
        effects = by_name[name].sources
        removed = apart - (answers(back, data) != truth).mean()
        assert effects.removed.value == pytest.approx(removed)
        assert effects.caused.value == pytest.approx((answers(put, data) != truth).mean())
        assert effects.removed.low < removed < effects.removed.high
    assert by_name["layer.0"].kind is SwapKind.LAYER
    ranked = [swap.sources.removed.value for swap in found.swaps]
    assert ranked == sorted(ranked, reverse=True)
    assert found.alike == 1
    assert found.data.clusters == COUNT // 2
    assert by_name["layer.0.bias"].parameters == 4


def test_follow_ups_count_by_source_and_come_first(tmp_path: Path) -> None:
    teacher, student = pair()
    result = metacompress.locate(
        teacher,
        student,
        functions(20),
        task=TASK,
        transforms="rename-identifiers",
        variants=2,
        relation="new-disagreement",
        run=tmp_path / "run",
    )
    found = result.summary
    assert found.data.variants > 20
    # New disagreement speaks of variants.
    assert found.violated.keys() == {"follow_ups"}
    assert all(swap.sources is None for swap in found.swaps)
    assert "removed" in repr(result)
    assert "follow-ups" in result.to_html()


def test_answers_of_mixtures_are_stored(tmp_path: Path) -> None:
    teacher, student = pair()
    settings = {"task": TASK, "run": tmp_path / "run", "store": tmp_path / "store.sqlite"}
    first = metacompress.locate(teacher, student, functions(12), **settings)
    again = metacompress.locate(
        *pair(), functions(12), **settings, confidence=0.9, overwrite=True, report=False
    )
    asked = json.loads((again.run / "environment.json").read_text())["cost"]["inputs_asked"]
    assert asked == {"teacher": 0, "student": 0}
    values = [swap.sources.removed.value for swap in again.swaps]
    assert values == [swap.sources.removed.value for swap in first.swaps]
    with PredictionStore(tmp_path / "store.sqlite") as store:
        whole = student.with_tensors({k: teacher.tensors()[k] for k in ("layer.0.bias",)})
        assert store.predict(whole, functions(12).examples)[1] == 0


class Stopping(WordCounts):
    """One that ends the search at its third mixture."""

    left = 2

    def with_tensors(self, tensors):
        if not self.left:
            raise ModelError("no further mixture")
        self.left -= 1
        return super().with_tensors(tensors)


def test_a_search_that_was_stopped_goes_on(tmp_path: Path) -> None:
    teacher, student = pair()
    stopping = Stopping(student.tensors(), student.fingerprint)
    settings = {"task": TASK, "store": tmp_path / "store.sqlite"}
    with pytest.raises(ModelError, match="no further"):
        metacompress.locate(teacher, stopping, functions(12), run=tmp_path / "first", **settings)
    result = metacompress.locate(teacher, student, functions(12), run=tmp_path / "run", **settings)
    asked = json.loads((result.run / "environment.json").read_text())["cost"]["inputs_asked"]
    # All tensors, which are those of the only layer, and one of the two tensors were asked before.
    assert asked == {"teacher": 12, "student": 12}


def test_one_source_without_a_variant_says_nothing(tmp_path: Path) -> None:
    result = metacompress.locate(
        *pair(),
        functions(1),
        task=TASK,
        transforms="flip-comparison",
        run=tmp_path / "run",
    )
    assert result.summary.data.variants == 0
    assert result.summary.violated.keys() == {"sources"}
    for swap in result.swaps:
        assert swap.follow_ups is None
        assert (swap.sources.removed.low, swap.sources.removed.high) == (-1, 1)
    assert "No single swap is shown" in result.to_html()


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"tensors": "no.such"}, "no.such is the name of no tensor"),
        ({"relation": "robustness-gap", "transforms": "rename-identifiers"}, "no violation rate"),
        ({"relation": "new-disagreement"}, "there are none"),
        ({"relation": "no-such"}, "no-such"),
    ],
)
def test_settings_that_do_not_fit_are_refused(settings: dict, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=reason):
        metacompress.locate(*pair(), functions(6), task=TASK, run=tmp_path / "run", **settings)


def test_models_without_common_tensors_are_refused(tmp_path: Path) -> None:
    teacher, student = pair()
    renamed = WordCounts({f"own.{k}": v for k, v in student.tensors().items()}, "renamed")
    renamed.predict = student.predict  # type: ignore[method-assign]
    alike = WordCounts(teacher.tensors(), "alike")
    for other, reason in (
        ("mock:", "cannot be read"),
        (renamed, "no tensor of the student"),
        (alike, "are the same"),
    ):
        with pytest.raises(ModelError, match=reason):
            metacompress.locate(teacher, other, functions(6), task=TASK, run=tmp_path / "run")
        (tmp_path / "run" / "study.json").unlink(missing_ok=True)


def test_patterns_and_layers(tmp_path: Path) -> None:
    teacher, student = pair()
    for settings, expected in (
        ({"tensors": "*.bias"}, {"layer.0.bias"}),
        ({"swaps": "layers"}, {"layer.0"}),
        ({"swaps": "tensors"}, {"layer.0.weight", "layer.0.bias"}),
    ):
        found = metacompress.locate(
            teacher,
            student,
            functions(6),
            task=TASK,
            run=tmp_path / "run",
            overwrite=True,
            **settings,
        )
        assert {swap.name for swap in found.swaps} == expected


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("roberta.encoder.layer.3.output.dense.weight", "roberta.encoder.layer.3"),
        ("encoder.block.0.layer.1.DenseReluDense.wi.weight", "encoder.block.0"),
        ("classifier.dense.weight", "classifier.dense"),
        ("hidden0", "hidden0"),
        ("h.1", "h.1"),
    ],
)
def test_layers_of_known_models(name: str, layer: str) -> None:
    assert layer_of(name) == layer


@given(st.lists(st.sampled_from(["a", "b0", "1", "12"]), min_size=1, max_size=6))
def test_a_layer_begins_the_names_of_its_tensors(parts: list[str]) -> None:
    name = ".".join(parts)
    layer = layer_of(name)
    assert layer
    assert name == layer or name.startswith(f"{layer}.")


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pair_of_words.py").write_text(
        "from tests.study.locate.test_locate import pair\nteacher, student = pair()\n"
    )
    (tmp_path / "data.jsonl").write_text(
        "".join(
            json.dumps({"func": one.programs[0].text, "target": 0}) + "\n" for one in functions(12)
        )
    )
    command = [
        "locate",
        *("--task", TASK, "--data", "data.jsonl", "--run", "run"),
        *("--teacher", "python:pair_of_words:teacher"),
        *("--student", "python:pair_of_words:student"),
    ]
    assert not run_command(command)
    printed = capsys.readouterr().out
    assert "layer.0.weight" in printed
    assert "all 2 tensors" in printed
    assert not run_command(["report", "run", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert summary["schema"] == "metacompress.locate/1"
    assert len(summary["swaps"]) == 3
    assert isinstance(metacompress.load_run("run"), metacompress.LocateResult)
