"""The summary of a plan."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from metacompress.runs.record import JsonObject, Record


class PlannedRate(Record):
    """What one guessed rate needs."""

    tolerance: float = Field(description="largest violation rate that passes")
    rate: float = Field(description="guessed true violation rate")
    verdict: Literal["pass", "fail"] | None = Field(
        description="verdict that the rate deserves; null at the tolerance, where no data decide"
    )
    inputs: int | None = Field(
        description="independent inputs that decide with the wanted power; null for no number"
    )
    sources: int | None = Field(
        description="sources with all their variants that tell as much; null for no number"
    )
    enough: bool | None = Field(
        description="whether the data have as many sources; null without data"
    )
    sequential_sources: float = Field(
        description="expected number of sources that a sequential test of one relation asks, with "
        "one variant each and independent sources"
    )
    sequential_decided: float = Field(
        description="share of sequential tests that decide before the sources end"
    )


class Expected(Record):
    """A figure of the whole check, extrapolated from the pilot."""

    value: float = Field(description="expected value")
    low: float = Field(description="lower end of its interval")
    high: float = Field(description="upper end of its interval")


class ExpectedTime(Record):
    """A time of the whole check."""

    cpu: Expected = Field(description="seconds of all threads of the process")
    wall: Expected = Field(description="seconds on the clock, on a machine as busy as at the pilot")


class PlannedCost(Record):
    """What the check costs, by its pilot."""

    sources: int = Field(description="sources of the check")
    pilot: int = Field(description="sources of the pilot")
    blocks: int = Field(description="disjoint parts of the pilot; intervals are from their spread")
    variants: Expected = Field(description="variants that pass the gate")
    calls: dict[str, Expected] = Field(description="inputs that each model is asked, by model")
    stages: dict[str, ExpectedTime] = Field(
        description="by stage: loading, making variants, each model, the rest, report"
    )
    time: ExpectedTime = Field(description="the whole check")


class PlanSummary(Record):
    """A plan of a check."""

    schema_name: Literal["metacompress.plan/1"] = Field(
        default="metacompress.plan/1",
        alias="schema",
        description="name and version of this format",
    )
    confidence: float = Field(description="level of every interval")
    power: float = Field(description="probability of a decision that the sizes are for")
    inputs_per_source: int = Field(description="variants of each source")
    correlation: float = Field(description="guessed, of two variants of one source")
    applicable: float = Field(description="guessed share of the inputs that a relation applies to")
    sequential_cap: int = Field(description="largest number of sources of a sequential test")
    rates: list[PlannedRate] = Field(description="by tolerance and guessed rate")
    cost: PlannedCost | None = Field(description="calls and time; null without models and data")
    config: JsonObject = Field(description="settings of the plan")
