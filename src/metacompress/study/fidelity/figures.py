"""How far a student's distributions are from its teacher's, in figures over many tokens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.runs.record import Figure, Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.differences import Estimate
    from metacompress.stats.tokens import TokenSample
    from metacompress.study.fidelity.measured import MeasuredTokens

    Floats = NDArray[np.float64]


class Level(Record):
    """A figure with its interval, for which the tokens of one source hang together."""

    value: Figure = Field(description="over the tokens, each counted once")
    low: Figure = Field(description="lower end of its interval; null where nothing is known")
    high: Figure = Field(description="upper end of its interval; null where nothing is known")

    @classmethod
    def of(cls, found: Estimate) -> Level:
        """An estimate, as it is reported."""
        return cls(value=found.value, low=found.low, high=found.high)


class Distribution(Record):
    """A measure over many tokens."""

    mean: Level = Field(description="mean")
    median: Level = Field(description="median")
    p95: Level = Field(description="95th percentile")
    p99: Level = Field(description="99th percentile")
    max: Figure = Field(description="largest value; null without a token, or where it is infinite")

    @classmethod
    def of(cls, sample: TokenSample, values: Floats) -> Distribution:
        """Of values (n,) of the n tokens of a sample."""
        return cls(
            mean=Level.of(sample.mean(values)),
            median=Level.of(sample.quantile(values, 0.5)),
            p95=Level.of(sample.quantile(values, 0.95)),
            p99=Level.of(sample.quantile(values, 0.99)),
            max=float(values.max()) if len(values) else None,
        )


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
