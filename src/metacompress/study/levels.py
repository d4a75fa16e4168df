"""Figures of language models with their intervals, over many tokens or programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from metacompress.runs.record import Figure, Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from metacompress.stats.intervals.differences import Estimate
    from metacompress.stats.intervals.tokens import TokenSample

    Floats = NDArray[np.float64]


class Level(Record):
    """A figure with its interval, for which what comes from one source hangs together."""

    value: Figure = Field(description="over all of them, each counted once; null without any")
    low: Figure = Field(description="lower end of its interval; null where nothing is known")
    high: Figure = Field(description="upper end of its interval; null where nothing is known")

    @classmethod
    def of(cls, found: Estimate) -> Level:
        """An estimate, as it is reported."""
        return cls(value=found.value, low=found.low, high=found.high)


class Distribution(Record):
    """A measure over many of them, at least 0."""

    mean: Level = Field(description="mean")
    median: Level = Field(description="median")
    p95: Level = Field(description="95th percentile")
    p99: Level = Field(description="99th percentile")
    max: Figure = Field(description="largest value; null without any, or where it is infinite")

    @classmethod
    def of(cls, sample: TokenSample, values: Floats) -> Distribution:
        """Of values (n,), at least 0, of the n rows of a sample."""
        return cls(
            mean=Level.of(sample.mean(values, least=0.0)),
            median=Level.of(sample.quantile(values, 0.5)),
            p95=Level.of(sample.quantile(values, 0.95)),
            p99=Level.of(sample.quantile(values, 0.99)),
            max=float(values.max()) if len(values) else None,
        )
