from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from attacking import run, subject_of

from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.engine.name_tokens import NameTokens
from metacompress.attacks.engine.subject import Identifier
from metacompress.attacks.substitutes.recorded import RecordedSubstitutes
from metacompress.data.loading import load_dataset
from metacompress.lang.program import AnalysedProgram
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.white_box import TokenGradients, WhiteBox
from metacompress.transforms.behaviour import check_compilation

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
STUDENTS = ("models/devign_student", "models/compressor_codebert_vulnerability_prediction")


def load(shared: Path, model: str):
    kind = "codexglue" if "compressor" in model else "transformers"
    return load_classifier(f"{kind}:{shared / model}", TASK)


@pytest.mark.parametrize("model", STUDENTS)
def test_gradients_are_those_of_finite_differences(shared: Path, model: str) -> None:
    victim = load(shared, model)
    assert isinstance(victim, WhiteBox)
    example = subject_of().example
    (found,) = victim.gradients([example], [0], 0)
    layer = (
        victim._model.get_input_embeddings()
        if hasattr(victim, "_model")
        else victim._encoder.model.embeddings.word_embeddings
    )
    row = len(found.ids) // 2
    token = int(found.ids[row])
    assert list(found.ids).count(token) >= 1
    # A step of the whole vector of a vocabulary entry moves every place where the token stands.
    direction = found.gradients[found.ids == token].sum(axis=0)
    step = 1e-2 * direction / np.linalg.norm(direction)
    log_p = []
    with torch.no_grad():
        for sign in (1, -1):
            layer.weight[token] += torch.from_numpy(sign * step)
            victim.forget()
            log_p.append(np.log(victim.predict([example]).probabilities[0, 0]))
            layer.weight[token] -= torch.from_numpy(sign * step)
    assert (log_p[0] - log_p[1]) / 2 == pytest.approx(float(step @ direction), rel=0.05)


@pytest.mark.parametrize("model", STUDENTS)
def test_spans_cover_the_names(shared: Path, model: str) -> None:
    victim = load(shared, model)
    subject = subject_of()
    (found,) = victim.gradients([subject.example], [0], 0)
    text = subject.example.programs[0].text
    for name, start, end in subject.places(subject.unchanged, 0):
        own = [text[a:b] for a, b in found.spans if a < end and b > start]
        assert "".join(own).strip() == name


def test_gradients_do_not_depend_on_the_batch(shared: Path) -> None:
    for model in STUDENTS:
        victim = load(shared, model)
        data = load_dataset(shared / "data/devign/test.jsonl.gz", TASK, limit=12)
        together = victim.gradients(data.examples, [0] * 12, 0)
        for row in (0, 5, 11):
            (alone,) = victim.gradients([data[row]], [0], 0)
            assert (alone.gradients == together[row].gradients).all()


class Letters:
    """A white box whose tokens are letters, and whose vectors are their squares."""

    embeddings = np.arange(128, dtype=np.float32)[:, None] ** 2

    def tokens_of(self, names, *, spaced):
        return [[ord(letter) for letter in name] for name in names]


def test_changes_are_the_sum_over_occurrences_and_sub_tokens() -> None:
    text = "ab(ab)"
    derivative = np.array([[1.0], [2.0], [0.0], [3.0], [4.0], [0.0]], dtype=np.float32)
    ids = np.array([ord(letter) for letter in text])
    spans = np.array([[k, k + 1] for k in range(len(text))])
    gradients = TokenGradients(ids, spans, derivative)
    changes = NameTokens(Letters()).changes(gradients, text, [(0, 2), (3, 5)], ["cd", "c", "cde"])
    a, b, c, d, e = (float(ord(letter)) ** 2 for letter in "abcde")
    old = 4 * a + 6 * b
    assert changes == pytest.approx(
        [4 * c + 6 * d - old, 4 * c - old, 4 * c + 6 * d + 0.5 * 6 * e - old]
    )


def test_names_that_are_not_read_change_nothing() -> None:
    gradients = TokenGradients(
        np.array([97]), np.array([[0, 1]]), np.ones((1, 1), dtype=np.float32)
    )
    assert NameTokens(Letters()).changes(gradients, "a + later", [(4, 9)], ["x", "y"]).tolist() == [
        0,
        0,
    ]


@pytest.mark.parametrize("model", STUDENTS)
def test_beats_chance_on_real_students_with_few_queries(shared: Path, model: str) -> None:
    victim = load(shared, model)
    data = load_dataset(shared / "data/devign/test.jsonl.gz", TASK, limit=20)
    recorded = RecordedSubstitutes(shared / "data/devign/test_substitutes.jsonl.gz")
    names = NameTokens(victim)
    predicted = victim.predict(data.examples).probabilities.argmax(axis=1)
    subjects = [
        subject_of(e.programs[0].text, label=e.label, name=e.id, substitutes=recorded,
                   name_tokens=[names])
        for e, label in zip(data, predicted, strict=True)
        if e.label == label
    ]  # fmt: skip
    budget = Budget(queries=10)
    guided = run("guided", victim, subjects, budget=budget)
    control = run("random", victim, subjects, budget=budget)
    flipped, at_random = (
        sum(attempt.adversarial is not None for attempt in found) for found in (guided, control)
    )
    assert flipped > at_random


def test_adversarial_programs_compile_like_their_sources(shared: Path) -> None:
    victim = load(shared, "models/devign_student")
    data = load_dataset(shared / "data/devign/test.jsonl.gz", TASK, limit=16)
    recorded = RecordedSubstitutes(shared / "data/devign/test_substitutes.jsonl.gz")
    subjects = [
        subject_of(e.programs[0].text, label=e.label, name=e.id, substitutes=recorded,
                   name_tokens=[NameTokens(victim)])
        for e in data
    ]  # fmt: skip
    checked = 0
    for attempt in run("guided", victim, subjects):
        if attempt.adversarial is not None:
            source = attempt.subject.sources[0]
            text = attempt.adversarial.example.programs[0].text
            assert check_compilation(source, AnalysedProgram.of(text, source.language)) is None
            checked += 1
    assert checked >= 5
    assert all(isinstance(i, Identifier) for i in subjects[0].identifiers)
