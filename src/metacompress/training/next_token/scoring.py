"""How near a language model is to its teacher, over all tokens of some programs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from metacompress.models.next_token.measures import program_divergences
from metacompress.models.runtime.torch_runtime import inference
from metacompress.training.next_token.blocks import token_loss

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.models.next_token.language_model import LanguageModel
    from metacompress.models.next_token.reading import ReadProgram

# Programs whose final states are in memory together.
_TOGETHER = 64
_STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Distillation:
    """A student, its teacher, and what the student is trained to make small.

    Attributes:
        student: whose weights change.
        teacher: whose weights do not.
        temperature: of the soft loss, above 0.
        hard_weight: share of the cross-entropy with the tokens that are there, in [0, 1].
    """

    student: LanguageModel
    teacher: LanguageModel
    temperature: float
    hard_weight: float

    def loss(
        self, student: torch.Tensor, teacher: torch.Tensor | None, ids: torch.Tensor
    ) -> torch.Tensor:
        """The mean over tokens ``ids`` (m,), given the final states (m, h) before them.

        Without those of the teacher, the cross-entropy alone.
        """
        return token_loss(
            (self.student.head, student),
            None if teacher is None else (self.teacher.head, teacher),
            ids,
            temperature=self.temperature,
            hard_weight=self.hard_weight,
        )

    def scores(
        self,
        programs: Sequence[ReadProgram],
        advance: Callable[[int], None] = lambda programs: None,
    ) -> dict[str, float]:
        """Scores of the student, means over all tokens that are predicted.

        They are computed as ``metacompress fidelity`` computes them: in float64, from states in the
        precision of the weights.

        Args:
            programs: each with a token to predict.
            advance: called with the number of programs scored since the last call.

        Returns:
            the scores by their names in SplitScores.

        Raises:
            PredictionError: a logit is not a number.
        """
        sums, tokens = np.zeros(6), 0
        for start in range(0, len(programs), _TOGETHER):
            some = programs[start : start + _TOGETHER]
            states = zip(some, self.student.states(some), self.teacher.states(some), strict=True)
            for program, own, given in states:
                sums += self._sums(program, own, given)
                tokens += len(program.targets)
            advance(len(some))
        loss, kl, agreement, accuracy, student, teacher = (sums / tokens).tolist()
        return {
            "loss": loss,
            "accuracy": accuracy,
            "agreement": agreement,
            "kl": kl,
            "perplexity": _exp(-student),
            "teacher_perplexity": _exp(-teacher),
        }

    def _sums(
        self, program: ReadProgram, own: torch.Tensor, given: torch.Tensor
    ) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        answers = {_STUDENT: (self.student.head, own)}
        found = program_divergences(program, (self.teacher.head, given), answers)
        student, teacher = found.students[_STUDENT], found.teacher
        ids = program.ids[program.targets]
        before = torch.from_numpy(program.targets - 1).to(own.device)
        with inference():
            loss = self.loss(own[before], given[before], torch.from_numpy(ids).to(own.device))
        return np.array(
            [
                float(loss) * len(ids),
                student.kl.sum(),
                (student.scores.top == teacher.top).sum(),
                (student.scores.top == ids).sum(),
                student.scores.log_likelihood.sum(),
                teacher.log_likelihood.sum(),
            ]
        )


def _exp(value: float) -> float:
    """``exp``, infinite where that is larger than any float."""
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf
