"""Gradient times input: how the parting hangs on each token, as first derivatives tell it.

The divergence of the two answers (Jensen-Shannon, in bits) is a function of the vectors that both
models read. Its derivative by the vector of a token, times that vector, is what the divergence
would lose without the vector if it were a straight line (Shrikumar et al. 2016, arXiv:1605.01713).
That is a property of one point: it says where the two models look, and not what they answer to
another program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.lang.lexing import lexemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.lang.program import AnalysedProgram
    from metacompress.models.protocols.white_box import WhiteBox


class TokenPart(NamedTuple):
    """What one token of a program carries.

    Attributes:
        start, end: bytes of the program.
        bits: gradient times input, of both models together.
    """

    start: int
    end: int
    bits: float


class GradientSource:
    """A model with its vectors, which are read once.

    Args:
        model: that tells its gradients.
    """

    def __init__(self, model: WhiteBox) -> None:
        self._model = model
        self._vectors = model.embeddings

    def parts(
        self, example: Example, weights: Sequence[float], program: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Gradient times input of each of the model's tokens.

        Args:
            example: the input.
            weights: derivatives of the divergence by the log-probability of each class.
            program: which program of the example.

        Returns:
            characters that each token stands for, (t, 2), and its part (t,).

        Raises:
            ModelError: the model cannot tell.
        """
        classes = [number for number, weight in enumerate(weights) if weight]
        if not classes:
            return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
        found = self._model.gradients([example] * len(classes), classes, program)
        gradient = sum(
            weights[number] * one.gradients.astype(np.float64)
            for number, one in zip(classes, found, strict=True)
        )
        return found[0].spans, (self._vectors[found[0].ids] * gradient).sum(axis=1)


def divergence_weights(own: Sequence[float], other: Sequence[float]) -> list[float]:
    """Derivatives of the Jensen-Shannon divergence by the log-probabilities of one model, in bits.

    Args:
        own: class probabilities (k,) of the model.
        other: those of the other model.
    """
    return [
        p * float(np.log2(2 * p / (p + q))) / 2 if p > 0 else 0.0
        for p, q in zip(own, other, strict=True)
    ]


def token_parts(
    models: Sequence[GradientSource],
    answers: Sequence[Sequence[float]],
    example: Example,
    programs: Sequence[AnalysedProgram],
) -> list[list[TokenPart]]:
    """What each token of each program carries, in source order.

    Tokens are those of the language, with comments and directives: two models may cut a program
    into other pieces each, and what a piece carries is of the token that its end is in.

    Args:
        models: teacher and student.
        answers: their class probabilities (k,) on the example.
        example: the variant.
        programs: its programs, analysed.

    Raises:
        ModelError: a model cannot tell.
    """
    weights = [divergence_weights(*answers), divergence_weights(*reversed(answers))]
    found = []
    for number, program in enumerate(programs):
        tokens = lexemes(program.parsed)
        starts = np.array([one.start for one in tokens], dtype=np.int64)
        ends = np.array([one.end for one in tokens], dtype=np.int64)
        sums = np.zeros(len(tokens))
        at = _byte_places(example.programs[number].text)
        for model, of_model in zip(models, weights, strict=True):
            spans, parts = model.parts(example, of_model, number)
            last = at[spans[:, 1]] - 1
            token = np.searchsorted(starts, last, side="right") - 1
            inside = (token >= 0) & (spans[:, 1] > spans[:, 0])
            inside[inside] = last[inside] < ends[token[inside]]
            np.add.at(sums, token[inside], parts[inside])
        found.append(
            [
                TokenPart(one.start, one.end, bits)
                for one, bits in zip(tokens, sums.tolist(), strict=True)
            ]
        )
    return found


def _byte_places(text: str) -> NDArray[np.int64]:
    """Where each character starts in UTF-8, and where the last one ends."""
    sizes = [len(one.encode(errors="surrogateescape")) for one in text]
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
