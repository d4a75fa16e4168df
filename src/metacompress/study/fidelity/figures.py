"""How far a student's distributions are from its teacher's, in figures over many tokens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.runs.record import Figure, Record
from metacompress.study.levels import Distribution, Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.intervals.tokens import TokenSample
    from metacompress.study.fidelity.measured import MeasuredTokens

    Floats = NDArray[np.float64]


class TokenFigures(Record):
    """A student beside its teacher on some tokens."""

    tokens: int = Field(description="predicted tokens")
    share: Figure = Field(description="share of them among the tokens of this part")
    same_top: Level = Field(
        description="share of tokens in whose place both models find the same token most likely"
    )
    kl: Distribution = Field(description="KL(teacher || student), in nats")
    reverse_kl: Distribution = Field(description="KL(student || teacher), in nats")
    total_variation: Distribution = Field(
        description="total variation of the two distributions, in [0, 1]"
    )
    probability_change: Distribution = Field(
        description="absolute change of the probability of the token that is there, in [0, 1]"
    )
    teacher_perplexity: Level = Field(
        description="exp of the mean negative log likelihood of the tokens, by the teacher"
    )
    student_perplexity: Level = Field(description="likewise, by the student")


def token_figures(
    sample: TokenSample, tokens: MeasuredTokens, student: str, total: int
) -> TokenFigures:
    """Figures of the n tokens of a sample.

    Args:
        sample: the source of each token, and their dependence.
        tokens: the same ones.
        student: name of one.
        total: number of tokens of the part that they are of.
    """
    one = tokens.students[student]
    change = np.exp(one.log_likelihood) - np.exp(tokens.log_likelihood)
    return TokenFigures(
        tokens=len(tokens),
        share=len(tokens) / total if total else None,
        same_top=Level.of(sample.share(one.top == tokens.top)),
        kl=Distribution.of(sample, one.kl),
        reverse_kl=Distribution.of(sample, one.reverse_kl),
        total_variation=Distribution.of(sample, one.total_variation),
        probability_change=Distribution.of(sample, np.abs(change)),
        teacher_perplexity=perplexity(sample, tokens.log_likelihood),
        student_perplexity=perplexity(sample, one.log_likelihood),
    )


def perplexity(sample: TokenSample, log_likelihood: Floats) -> Level:
    """Exp of the mean negative log likelihood, with the interval of that mean."""
    found = sample.mean(-log_likelihood)
    value, low, high = (_exp(one) for one in (found.value, found.low, found.high))
    return Level(value=value, low=low, high=high)


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf
