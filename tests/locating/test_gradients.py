"""Gradient times input: against models whose tokens are known, and against differences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.example import Example, Program
from metacompress.data.task import TASKS
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.locating.gradients import GradientSource, divergence_weights, token_parts
from metacompress.models.protocols.white_box import TokenGradients
from metacompress.stats.scores.divergences import jensen_shannon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

TEXT = "int f(int a) { /* é */ int total = a; return total + a; }"


class OneWord:
    """A logistic model whose only word of any weight is ``word``; half a word is read as well."""

    def __init__(self, word: str, weight: float) -> None:
        self._word, self._weight = word, weight
        self.embeddings: NDArray[np.float32] = np.eye(2, dtype=np.float32)

    def answer(self, text: str) -> list[float]:
        logit = self._weight * len(re.findall(rf"\b{self._word}\b", text))
        p = 1 / (1 + np.exp(-logit))
        return [1 - p, p]

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        found = []
        for example, label in zip(examples, labels, strict=True):
            text = example.programs[program].text
            words = list(re.finditer(r" ?\w+|\S", text))
            ids = np.array([int(one[0].strip() == self._word) for one in words])
            sign = 1 if label else -1
            slope = sign * self._weight * self.answer(text)[1 - label]
            found.append(
                TokenGradients(
                    ids,
                    np.array([one.span() for one in words]),
                    np.tile(np.array([0, slope], dtype=np.float32), (len(ids), 1)),
                )
            )
        return found

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        raise NotImplementedError


def divergence(p: Sequence[float], q: Sequence[float]) -> float:
    return float(jensen_shannon(np.array([p]), np.array([q]))[0])


def example_of(text: str) -> Example:
    return Example("it", (Program(text, Language.C),), None, None, ("it",))


def test_a_student_that_reads_one_word_parts_at_that_word() -> None:
    teacher, student = OneWord("total", 0.0), OneWord("total", 1.0)
    answers = teacher.answer(TEXT), student.answer(TEXT)
    program = AnalysedProgram.of(TEXT, Language.C)
    (parts,) = token_parts(
        [GradientSource(teacher), GradientSource(student)], answers, example_of(TEXT), [program]
    )
    source = program.source
    carrying = [source[one.start : one.end] for one in parts if one.bits]
    assert carrying == [b"total", b"total"]
    # The divergence of a logistic model by its logit, by difference.
    logit, step = 2.0, 1e-5
    high, low = (
        divergence([0.5, 0.5], [1 / (1 + np.exp(x)), 1 / (1 + np.exp(-x))])
        for x in (logit + step, logit - step)
    )
    slope = (high - low) / (2 * step)
    assert sum(one.bits for one in parts) == pytest.approx(slope * logit, rel=1e-4)


def test_equal_answers_have_no_parting() -> None:
    assert divergence_weights([0.3, 0.7], [0.3, 0.7]) == [0, 0]
    assert divergence_weights([0.0, 1.0], [1.0, 0.0]) == [0, 0.5]
    model = GradientSource(OneWord("total", 1.0))
    answer = OneWord("total", 1.0).answer(TEXT)
    program = AnalysedProgram.of(TEXT, Language.C)
    (parts,) = token_parts([model, model], (answer, answer), example_of(TEXT), [program])
    assert not any(one.bits for one in parts)


def test_parts_of_real_models_are_slopes_of_the_divergence(tmp_path: Path) -> None:
    """Scaling the vector of a word in both models changes the divergence as its tokens say."""
    torch = pytest.importorskip("torch")
    import tiny_models

    from metacompress.models.loading import load_classifier

    task = TASKS.get("vulnerability-prediction")
    places = [
        tiny_models.write_model(tmp_path / name, family)
        for name, family in (("teacher", "bert"), ("student", "roberta"))
    ]
    models = [load_classifier(str(place), task) for place in places]
    with torch.no_grad():
        for model in models:
            # Else their answers part too little for float32.
            for name, weight in model._model.named_parameters():
                weight.mul_(6 if name.startswith("classifier") else 1)
    text = "int a ; return b + a ; int b ;"
    example = example_of(text)
    program = AnalysedProgram.of(text, Language.C)

    def answers() -> list[list[float]]:
        for model in models:
            model.forget()
        return [model.predict([example]).probabilities[0].tolist() for model in models]

    (parts,) = token_parts([GradientSource(one) for one in models], answers(), example, [program])
    slopes = []
    for word in ("a", "b", "return"):
        ends = []
        for factor in (0.99, 1.01):
            for model in models:
                weight = model._model.get_input_embeddings().weight
                with torch.no_grad():
                    weight[tiny_models.WORDS.index(word)] *= factor
            ends.append(divergence(*answers()))
            for model in models:
                weight = model._model.get_input_embeddings().weight
                with torch.no_grad():
                    weight[tiny_models.WORDS.index(word)] /= factor
        of_word = sum(one.bits for one in parts if text[one.start : one.end] == word)
        slopes.append((ends[1] - ends[0]) / 0.02)
        assert of_word == pytest.approx(slopes[-1], rel=0.02, abs=1e-5)
    assert max(map(abs, slopes)) > 1e-3
