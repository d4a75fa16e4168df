"""The figures that ``llama-perplexity --kl-divergence`` of llama.cpp prints, under its names.

The base is the teacher, Q the student. The definitions are llama.cpp's, on exact distributions and
all tokens: it rounds the base's to 16 bits, leaves out what the base finds less likely than e^-16,
and scores the second half of each window. Its ± takes all tokens for independent of each other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from metacompress.runs.record import Figure, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from metacompress.stats.intervals.differences import Estimate
    from metacompress.stats.intervals.tokens import TokenSample

    Floats = NDArray[np.float64]

_KL_SHARES = (0.999, 0.99, 0.95, 0.9)
_CHANGE_SHARES = (0.999, 0.99, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.01, 0.001)


class LlamaColumn(Record):
    """One figure under the name that llama.cpp gives it."""

    name: str = Field(description="as llama.cpp prints it")
    value: Figure = Field(description="a share where llama.cpp prints percents, else as it has it")
    error: Figure = Field(
        description="the ± of llama.cpp: a standard error as of independent tokens; null where it "
        "prints none"
    )
    low: Figure = Field(
        description="lower end of an interval for which the tokens of a source hang together; null "
        "where there is none"
    )
    high: Figure = Field(description="upper end of it")
    percent: bool = Field(description="whether llama.cpp prints percents")


def llama_columns(
    sample: TokenSample, teacher: Floats, student: Floats, kl: Floats, same_top: NDArray[np.bool_]
) -> list[LlamaColumn]:
    """The columns, in the order in which llama.cpp prints them.

    Args:
        sample: the source of each of n tokens.
        teacher: log likelihood of each token (n,), in nats.
        student: likewise.
        kl: KL(teacher || student) of each, in nats.
        same_top: where both find the same token most likely.
    """
    if not len(kl):
        return []
    return [
        *_perplexities(sample, teacher, student),
        *_divergences(sample, kl),
        *_changes(sample, np.exp(student) - np.exp(teacher)),
        _column(
            "Same top p",
            sample.share(same_top),
            # The error of a share, with n - 1 as llama.cpp has it.
            _error(same_top.astype(np.float64)),
            percent=True,
        ),
    ]


def _perplexities(sample: TokenSample, teacher: Floats, student: Floats) -> Iterator[LlamaColumn]:
    base, other = _error(teacher), _error(student)
    values = {}
    for name, scores, error in (
        ("Mean PPL(Q)", student, other),
        ("Mean PPL(base)", teacher, base),
    ):
        values[name] = value = math.exp(-scores.mean())
        yield _exponential(name, sample.mean(-scores), value * error)
    correlation = np.nan
    if base > 0 and other > 0:
        correlation = float(np.corrcoef(teacher, student)[0, 1])
    yield LlamaColumn(
        name="Cor(ln(PPL(Q)), ln(PPL(base)))",
        value=correlation,
        error=None,
        low=None,
        high=None,
        percent=True,
    )
    ratio = sample.mean(teacher - student)
    of_ratio = _error(teacher - student)
    yield _column("Mean ln(PPL(Q)/PPL(base))", ratio, of_ratio)
    yield _exponential("Mean PPL(Q)/PPL(base)", ratio, math.exp(ratio.value) * of_ratio)
    first, second = values["Mean PPL(Q)"], values["Mean PPL(base)"]
    # To first order, a difference of perplexities moves as their weighted logarithms do.
    moved = second * teacher - first * student
    centred = sample.mean(moved)
    yield LlamaColumn(
        name="Mean PPL(Q)-PPL(base)",
        value=first - second,
        error=_error(moved),
        low=first - second + centred.low - centred.value,
        high=first - second + centred.high - centred.value,
        percent=False,
    )


def _divergences(sample: TokenSample, kl: Floats) -> Iterator[LlamaColumn]:
    yield _column("Mean KLD", sample.mean(kl, least=0.0), _error(kl))
    yield _alone("Maximum KLD", float(kl.max()))
    for share in _KL_SHARES:
        yield _column(f"{100 * share:.1f}% KLD", sample.quantile(kl, share), None)
    yield _column("Median KLD", sample.quantile(kl, 0.5), None)


def _changes(sample: TokenSample, change: Floats) -> Iterator[LlamaColumn]:
    yield _column("Mean Δp", sample.mean(change), _error(change), percent=True)
    yield _alone("Maximum Δp", float(change.max()), percent=True)
    for share in _CHANGE_SHARES:
        name = "Median Δp" if share == 0.5 else f"{100 * share:.1f}% Δp"
        yield _column(name, sample.quantile(change, share), None, percent=True)
    yield _alone("Minimum Δp", float(change.min()), percent=True)
    squares = sample.mean(change**2)
    root = math.sqrt(squares.value)
    yield LlamaColumn(
        name="RMS Δp",
        value=root,
        error=_error(change**2) / (2 * root) if root else None,
        low=math.sqrt(max(squares.low, 0.0)),
        high=math.sqrt(max(squares.high, 0.0)),
        percent=True,
    )


def _error(values: Floats) -> float:
    """The standard error of a mean of n independent numbers, by their variance over n - 1."""
    n = len(values)
    return float(values.std() / math.sqrt(n - 1)) if n > 1 else math.nan


def _column(
    name: str, found: Estimate, error: float | None, *, percent: bool = False
) -> LlamaColumn:
    return LlamaColumn(
        name=name, value=found.value, error=error, low=found.low, high=found.high, percent=percent
    )


def _exponential(name: str, found: Estimate, error: float) -> LlamaColumn:
    low, high = math.exp(min(found.low, 700)), math.exp(min(found.high, 700))
    return LlamaColumn(
        name=name, value=math.exp(found.value), error=error, low=low, high=high, percent=False
    )


def _alone(name: str, value: float, *, percent: bool = False) -> LlamaColumn:
    return LlamaColumn(name=name, value=value, error=None, low=None, high=None, percent=percent)
