"""Repairs of tiny models, end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tiny_models import write_model

import metacompress
from metacompress.data.example import Example, Program
from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.models.protocols.classifier import softmax
from metacompress.report.renderer import finished_run
from metacompress.report.tables.repair import made, repair_headline
from metacompress.report.terminal.repair import print_repair

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TASK = "vulnerability-prediction"
SEEN = {"transforms": ["rename-identifiers"], "unseen": ["parentheses"]}


def functions(count: int, last: str = "return b;") -> list[Example]:
    texts = (f"int f{k}(int a) {{ int b = a + {k}; {last} }}" for k in range(count))
    return [
        Example(str(k), (Program(text, Language.C),), k % 2, None, (str(k),))
        for k, text in enumerate(texts)
    ]


def logits(texts: list[str]) -> NDArray[np.float64]:
    """Of the numbers in a program: the same for all of its variants."""
    numbers = [int("".join(filter(str.isdigit, text)) or 0) % 7 - 3.5 for text in texts]
    return np.array([[0.0, one] for one in numbers])


def teacher(texts: list[str]) -> NDArray[np.float64]:
    return softmax(logits(texts))


def too_sure(texts: list[str]) -> NDArray[np.float64]:
    return softmax(3 * logits(texts))


def test_a_temperature_brings_confidence_back_and_changes_no_class(tmp_path: Path) -> None:
    found = metacompress.repair(
        teacher, too_sure, functions(60), task=TASK, by="temperature", run=tmp_path / "run", **SEEN
    )
    assert found.temperature == pytest.approx(3, rel=1e-3)
    assert found.verdict == "pass"
    for family in found.proof.families.values():
        for part in family.relations["prediction-agreement"].values():
            assert part.difference == 0
        # All violate before and none after: no interval may go past 100 points.
        assert family.relations["distribution-similarity"][Part.FOLLOW_UPS].low == -1
    assert found.proof.accuracy is not None
    assert found.proof.accuracy.difference == 0
    run, renderer = finished_run(tmp_path / "run")
    assert renderer.read(run) == found


def test_reasons_to_doubt_a_proof_are_told_wherever_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def of_one_class(texts: list[str]) -> NDArray[np.float64]:
        return softmax(np.abs(logits(texts)) * [[0.0, 1.0]])

    found = metacompress.repair(
        of_one_class, too_sure, functions(60), task=TASK, by="temperature", run=tmp_path / "run",
        **SEEN,
    )  # fmt: skip
    told = {(one.name, one.model) for one in found.warnings}
    assert told >= {("one-class", "teacher"), ("no-better-than-majority", "teacher")}
    assert {name for name, model in told if model == "student"} == {"not-resumable"}
    assert found.content()["warnings"]
    print_repair(found)
    shown = "".join(capsys.readouterr().out.split())
    page = (tmp_path / "run/report.html").read_text()
    for one in found.warnings:
        assert one.message in page
        assert "".join(one.message.split()) in shown


def test_without_a_variant_nothing_is_claimed(tmp_path: Path) -> None:
    found = metacompress.repair(
        teacher,
        too_sure,
        functions(20),
        task=TASK,
        by="temperature",
        run=tmp_path / "run",
        transforms="for-to-while",
        unseen="braces",
        report=False,
    )
    assert found.verdict == "undecided"
    assert found.proof.families["trained"].follow_ups == 0
    assert "applies to no held-out variant" in repair_headline(found)


def test_a_student_that_agreed_on_no_source_has_nothing_to_compare(tmp_path: Path) -> None:
    found = metacompress.repair(
        teacher, too_sure, functions(30), task=TASK, by="temperature", run=tmp_path / "run", **SEEN
    )
    nothing = {"first": None, "difference": None, "low": None, "high": None}
    rows = found.proof.families["trained"].relations["distribution-similarity"]
    rows[Part.FOLLOW_UPS] = rows[Part.FOLLOW_UPS].model_copy(update=nothing)
    assert "agrees with its teacher on no held-out source" in repair_headline(found)


def test_what_cannot_be_trained_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can be trained further"):
        metacompress.repair(
            "mock:", "onnx:nowhere", functions(9), task=TASK, run=tmp_path / "run", **SEEN
        )
    with pytest.raises(UsageError, match="too_sure in memory cannot be trained further"):
        metacompress.repair(
            teacher, too_sure, functions(9), task=TASK, run=tmp_path / "run", **SEEN
        )
    assert not (tmp_path / "run").exists()


def test_a_distillation_is_proved_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    student = write_model(tmp_path / "student", "roberta")
    given: dict[str, Any] = {
        "task": TASK,
        "run": tmp_path / "run",
        "steps": 2,
        "rows_per_step": 8,
        "evaluations": 1,
        "temperatures": 1.0,
        "follow_up_shares": [0.5, 0.75],
        "trial_share": 0.5,
        "device": "cpu",
        "control": True,
        **SEEN,
    }
    found = metacompress.repair("mock:", str(student), functions(40), **given)
    made = found.distillation
    assert made is not None
    assert made.steps == 2
    assert 0 <= (made.agreement_before or 0) <= 1
    assert made.agreement is not None
    assert [one.follow_up_share for one in made.trials] == [0.5, 0.75]
    assert made.follow_up_share in (0.5, 0.75)
    assert found.control is not None
    assert found.control.before == "control"
    assert (tmp_path / "run/repaired/model.safetensors").exists()
    before, after = found.sizes.values()
    assert before.bytes == after.bytes is not None
    assert found.cost is not None
    assert found.cost.training_seconds > 0
    # Rates of the proof are those of a check of the same models on the same inputs.
    target = found.proof.families["trained"].relations["prediction-agreement"]
    assert 0 <= (target[Part.SOURCES].second or 0) <= 1
    weights = tmp_path / "run/repaired/model.safetensors"
    content = weights.read_bytes()
    weights.unlink()
    assert metacompress.repair("mock:", str(student), functions(40), **given).proof == found.proof
    assert weights.read_bytes() == content
    found = metacompress.repair("mock:", str(student), functions(40), **given)
    monkeypatch.setattr("metacompress.repairing.distilling.train", None)
    again = metacompress.repair("mock:", str(student), functions(40), **given)
    assert again.content() == found.content()
    print_repair(again)
    shown = capsys.readouterr().out
    assert "held-out sources" in shown


def test_an_attack_adds_renamings_on_which_the_models_part(tmp_path: Path) -> None:
    student = str(write_model(tmp_path / "student", "roberta"))
    given: dict[str, Any] = {"task": TASK, "steps": 1, "evaluations": 1, "device": "cpu", **SEEN}
    given |= {"temperatures": 1.0, "follow_up_shares": 0.5, "follow_ups": 1}
    seeking = {"attack": "random", "attacked": 20, "max_queries": 9}
    plain, sought = (
        metacompress.repair("mock:", student, functions(40), run=tmp_path / name, **given, **more)
        for name, more in (("plain", {}), ("sought", seeking))
    )
    assert plain.distillation is not None
    assert sought.distillation is not None
    found = sought.distillation.sought
    assert found > plain.distillation.sought == 0
    assert sought.distillation.inputs == plain.distillation.inputs + found
    assert sought.distillation.hard == plain.distillation.hard + found
    assert f"({found} of them sought by an attack)" in "".join(made(sought))
    with pytest.raises(UsageError, match="some are unseen"):
        metacompress.repair("mock:", student, functions(9), **given, attack="transformation")
    with pytest.raises(UsageError, match="does not train"):
        metacompress.repair(
            "mock:",
            student,
            functions(9),
            **{**given, "transforms": "braces"},
            attack="random",
        )


def test_a_variant_that_both_models_read_as_its_source_is_not_learnt_from(tmp_path: Path) -> None:
    first, second = (str(write_model(tmp_path / one, one)) for one in ("bert", "roberta"))
    beyond_windows = "b = b + a; " * 50 + "return a < b;"
    found = metacompress.repair(
        first,
        second,
        functions(20, last=beyond_windows),
        task=TASK,
        run=tmp_path / "run",
        transforms=["flip-comparison", "rename-identifiers"],
        unseen=["parentheses"],
        steps=1,
        evaluations=1,
        temperatures=1.0,
        follow_up_shares=0.5,
        device="cpu",
    )
    assert found.distillation is not None
    # Of two variants, the renamed one is left.
    assert found.distillation.inputs == 2 * found.examples["learn"]


class Linear:
    """Two classes from the number in a program; a plug-in with tensors."""

    def __init__(self, **weights: NDArray[np.float64]) -> None:
        self.weights = weights

    def __call__(self, texts: list[str]) -> NDArray[np.float64]:
        scores = logits(texts) * self.weights["scale"] + self.weights["shift"]
        return softmax(scores + 0 * self.weights["spare"])

    def tensors(self) -> dict[str, NDArray[np.float64]]:
        return self.weights

    def with_tensors(self, tensors: dict[str, NDArray[np.float64]]) -> Linear:
        return Linear(**{**self.weights, **tensors})


EXACT = Linear(scale=np.ones(2), shift=np.zeros(2), spare=np.zeros(2))
ROUNDED = Linear(scale=np.full(2, 1.01), shift=np.array([0.0, 3.0]), spare=np.ones(2))


def test_too_few_sources_choose_no_tensors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not even with every tensor kept"):
        metacompress.repair(
            EXACT, ROUNDED, functions(20), task=TASK, by="precision", run=tmp_path / "run", **SEEN
        )


def test_models_of_other_shapes_cannot_be_mixed(tmp_path: Path) -> None:
    other = Linear(scale=np.ones(2), shift=np.zeros(2), spare=np.zeros(3))
    with pytest.raises(UsageError, match="other tensors than its teacher"):
        metacompress.repair(
            EXACT, other, functions(20), task=TASK, by="precision", run=tmp_path / "run", **SEEN
        )


def test_a_quantised_model_keeps_the_tensor_that_matters(tmp_path: Path) -> None:
    found = metacompress.repair(
        EXACT,
        ROUNDED,
        functions(120),
        task=TASK,
        by="precision",
        relations=["prediction-agreement?tolerance=0.2"],
        valid_share=0.3,
        run=tmp_path / "run",
        **SEEN,
    )
    made = found.precision
    assert made is not None
    assert made.kept == ["shift"]
    assert made.steps[-1].passes
    assert (made.bytes_before, made.bytes, made.bytes_teacher) == (6, 20, 48)
    after = found.proof.families["unseen"].relations["prediction-agreement"][Part.SOURCES]
    assert after.second == 0
    assert after.first is not None
    assert after.first > 0.1
