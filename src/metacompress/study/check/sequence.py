"""What a sequential check records of its order, its stop and its decisions."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, Record
from metacompress.stats.verdict import Verdict

STATE = "sequence.json"
SHARDS = "sequence"
SEQUENCE_FILES = (STATE, f"{SHARDS}/part-*.parquet")
"""What a study with more sources goes on with."""


class Until(StrEnum):
    """What a sequential check decides before it stops."""

    ROWS = "rows"
    VERDICT = "verdict"


class Stop(StrEnum):
    """Why a sequential check asked no more sources."""

    DECIDED = "decided"
    EXHAUSTED = "exhausted"
    TOO_FEW = "too-few"


class SequenceRow(Record):
    """One relation on one part, as decided while sources came in."""

    verdict: Verdict | None = Field(
        description="pass or fail; null while it is undecided, or where it applied to no input"
    )
    decided_at: int | None = Field(description="sources asked when it was decided")
    by_last_test: bool = Field(
        description="whether the test at the end of the sources decided it, not the sequence"
    )
    log_e_pass: Figure = Field(
        description="log e-value against: the value lies outside of the limits; the highest so "
        "far. Null where it is infinite"
    )
    log_e_fail: Figure = Field(
        description="log e-value against: the value lies within the limits, adjusted for all rows; "
        "the highest so far. Null where it is infinite"
    )
    low: float | None = Field(
        description="lower end of the confidence sequence; null without an input"
    )
    high: float | None = Field(
        description="upper end of the confidence sequence; null without an input"
    )


class StudentSequence(Record):
    """The rows of one student."""

    failed_at: int | None = Field(
        description="sources asked when it was certain that some row fails, which one or not"
    )
    rows: dict[str, dict[Part, SequenceRow]] = Field(description="by relation and part")


class SequenceSummary(Record):
    """How a sequential check went."""

    order_seed: int = Field(description="seed of the order of sources")
    asked: int = Field(description="sources asked in sequence")
    sources: int = Field(description="sources that could have been asked in sequence")
    left_out: int = Field(
        description="sources out of the sequence: they share a program or a group with another"
    )
    stopped: Stop = Field(
        description="decided: nothing was open; exhausted: no source was left; too-few: they "
        "could not have decided anything in sequence, so that only the last test was done"
    )
    until: Until = Field(description="what was to be decided: every row, or the overall verdict")
    margin: float = Field(description="half the width of the indifference zone around each limit")
    alpha: float = Field(description="error of a side that the sequence spends")
    alpha_last: float = Field(description="error of a side that is kept for the last test")
    last_test_at: int | None = Field(
        description="sources in sequence when every input was asked and tested once; null where "
        "that was not needed"
    )
    students: dict[str, StudentSequence] = Field(description="by student")


class LastTest(Record):
    """Decisions of the last test, which is done once."""

    asked: int = Field(description="sources in sequence when it was done")
    dataset: int = Field(description="sources in all")
    decisions: dict[str, dict[str, dict[Part, Verdict]]] = Field(
        description="by student, relation and part"
    )


class SequenceState(Record):
    """What a study with more sources must know to go on with this one."""

    digest: str = Field(description="of the sources in their order")
    sources: int = Field(description="number of these")
    ends: list[int] = Field(description="sources asked at the end of each study so far")
    last_test: LastTest | None = Field(description="null before it")
