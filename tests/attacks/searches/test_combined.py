from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from attacking import C_FUNCTION, FixedSubstitutes, run, subject_of, victim, word_count

from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.engine.goal import Disagreement
from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.searches.additive import AdditiveChanges
from metacompress.attacks.substitutes.recorded import RecordedSubstitutes
from metacompress.data.loading import load_dataset
from metacompress.lang.program import AnalysedProgram
from metacompress.models.loading import load_classifier
from metacompress.transforms.validity import check_renaming

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.example import Example

TASK = "vulnerability-prediction"


def test_an_answer_corrects_what_is_expected() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=(6, 2))
    changes = AdditiveChanges(np.zeros((6, 2)))
    for _ in range(60):
        edits = np.flatnonzero(rng.random(6) < 0.5)
        if len(edits):
            changes.learn(edits.tolist(), true[edits].sum(axis=0))
    assert changes.means == pytest.approx(true, abs=0.1)


def test_what_is_known_well_is_corrected_less() -> None:
    changes = AdditiveChanges(np.zeros((2, 1)))
    for _ in range(20):
        changes.learn([0], np.array([0.5]))
    known = changes.means[0, 0]
    changes.learn([0, 1], np.array([2.0]))
    assert abs(changes.means[0, 0] - known) < abs(changes.means[1, 0]) / 5


def test_promises_of_one_model_beside_the_other_are_mostly_noise() -> None:
    changes = AdditiveChanges(np.array([[-1.0, 1.0], [1.0, 1.0]]))
    assert np.abs(changes.means[0]).max() < 0.2
    assert changes.means[1].tolist() == [1, 1]


def test_names_and_transformations_are_composed() -> None:
    """The pair parts only where a name is gone and the text has grown: neither alone does it."""

    def student(text: str) -> float:
        gone = word_count(text, "limit") == 0
        grown = len(text) > 1.1 * len(C_FUNCTION)
        return 0.45 if gone and grown else 0.55 - 0.02 * gone - 0.01 * grown

    subject = subject_of(goal=Disagreement(0), substitutes=FixedSubstitutes(["ab", "cd", "ef"]))
    attack = "combined?renamings=24&draws=8"
    (found,) = run(attack, (victim(lambda text: 0.7), victim(student)), [subject])
    variant = found.adversarial
    assert variant is not None
    assert variant.steps
    assert "limit" in {identifier.name for identifier in variant.renaming}
    assert subject.is_valid(variant)
    source = AnalysedProgram.of(C_FUNCTION, subject.sources[0].language)
    renamed = AnalysedProgram.of(subject.renamed(variant.renaming).example.programs[0].text,
                                 source.language)  # fmt: skip
    assert check_renaming(source, renamed) is None


def test_of_a_black_box_many_names_are_changed_at_once() -> None:
    """The pair parts where hardly a name is left; no single renaming says anything of that."""
    names = ("width", "height", "rows", "total", "limit", "index")

    def student(text: str) -> float:
        return 0.1 if sum(word_count(text, name) > 0 for name in names) < 2 else 0.9

    subject = subject_of(goal=Disagreement(0))
    models = (victim(lambda text: 0.7), victim(student))
    (found,) = run("combined", models, [subject], budget=Budget(queries=9))
    assert found.adversarial is not None
    assert len(found.adversarial.renaming) >= 5
    (few,) = run("combined?at_random=0", models, [subject], budget=Budget(queries=9))
    assert few.adversarial is None


def test_what_is_found_parts_a_real_pair(shared: Path) -> None:
    models = tuple(
        load_classifier(f"transformers:{shared}/models/devign_{role}", TASK)
        for role in ("teacher", "student")
    )
    data = load_dataset(shared / "data/devign/test.jsonl.gz", TASK, limit=6)
    recorded = RecordedSubstitutes(shared / "data/devign/test_substitutes.jsonl.gz")

    def predicted(examples: list[Example]) -> list[list[int]]:
        return [m.predict(examples).probabilities.argmax(axis=1).tolist() for m in models]

    subjects = [
        subject_of(example.programs[0].text, name=example.id, substitutes=recorded, label=label,
                   goal=Disagreement(label), name_tokens=[NameTokens(model) for model in models])
        for example, label, other in zip(data, *predicted(data.examples), strict=True)
        if label == other
    ]  # fmt: skip
    attempts = run("combined", models, subjects, budget=Budget(queries=12))
    assert all(attempt.gradients == 1 for attempt in attempts if attempt.subject.renamings)
    found = [one.adversarial for one in attempts if one.adversarial is not None]
    assert found
    teacher, student = predicted([one.example for one in found])
    assert all(one != other for one, other in zip(teacher, student, strict=True))
