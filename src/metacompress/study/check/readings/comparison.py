"""Two students on the same inputs: is the second one not worse than the first?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import numpy as np
from pydantic import Field

from metacompress.data.part import Part
from metacompress.runs.record import Figure, Record
from metacompress.stats.intervals.contrasts import contrast_of_distances, contrast_of_ratios
from metacompress.stats.intervals.multiplicity import holm
from metacompress.stats.verdict import Verdict, combine
from metacompress.study.check.readings.judging import by_origin
from metacompress.study.warnings import StudyWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.study.check.readings.judging import Reading

SCHEMA: Final = "metacompress.compare/1"


class ComparedPart(Record):
    """One relation on one part of the common inputs, paired by source."""

    verdict: Verdict | None = Field(
        description="pass where the upper end of the interval lies below worse_by, fail where the "
        "lower end lies above it with all rows taken together (Holm), else undecided; null where "
        "the relation applies to no input"
    )
    first: Figure = Field(description="value of the first student; null without an input")
    second: Figure = Field(description="value of the second student; null without an input")
    difference: Figure = Field(
        description="value of the second minus that of the first; of two limits, the difference "
        "of their distances from 0. Above 0 the second is worse"
    )
    low: Figure = Field(description="lower end of the interval of the difference")
    high: Figure = Field(description="upper end of the interval of the difference")
    distances: bool = Field(
        description="whether the values have a sign and their distances from 0 are compared"
    )
    unit: str = Field(description="what the values are")
    p_pass: float = Field(
        description="p-value of: the second is worse by at least worse_by. Small where it passes"
    )
    p_fail: float = Field(
        description="p-value of: the second is worse by at most worse_by. Small where it fails"
    )
    sources: int = Field(description="sources that the relation applies to, for either student")


class ComparedStudent(Record):
    """One of the two students."""

    not_stored: ClassVar[dict[str, Any]] = {"run": True}

    run: Path | None = Field(default=None, description="run directory; not stored in a run")
    student: str = Field(description="name of the student in its check")
    spec: str = Field(description="its model specification")
    fingerprint: str | None = Field(description="its fingerprint; null where it has none")
    sources: int = Field(description="sources of its check")
    follow_ups: int = Field(description="follow-up inputs of its check")
    warnings: list[StudyWarning] = Field(default=[], description="reasons to doubt its check")


class Comparison(Record):
    """Two students of the same teacher on the inputs that both checks have."""

    not_stored: ClassVar[dict[str, Any]] = {"first": {"run"}, "second": {"run"}}

    schema_name: Literal["metacompress.compare/1"] = Field(
        default=SCHEMA, alias="schema", description="name and version of this format"
    )
    verdict: Verdict = Field(
        description="pass if the second student is not worse by worse_by on any row, fail if it "
        "is on one, undecided otherwise"
    )
    worse_by: float = Field(description="difference from which on the second student is worse")
    confidence: float = Field(description="level of every two-sided interval, in (0, 1)")
    first: ComparedStudent = Field(description="the baseline")
    second: ComparedStudent = Field(description="the student that is compared with it")
    sources: int = Field(description="sources that both checks have, by id and text")
    follow_ups: int = Field(description="follow-up inputs that both checks have, by id and text")
    relations: dict[str, dict[Part, ComparedPart]] = Field(description="by relation and part")

    def warnings(self) -> list[StudyWarning]:
        """Reasons to doubt one of the checks."""
        return [*self.second.warnings, *self.baseline_warnings()]

    def baseline_warnings(self) -> list[StudyWarning]:
        """Reasons to doubt the baseline alone, which say so."""
        return [
            one.model_copy(update={"message": f"baseline, {one.message}"})
            for one in self.first.warnings
            if one not in self.second.warnings
        ]

    def rows(self) -> Iterator[tuple[str, Part, ComparedPart]]:
        """Every relation and part."""
        for relation, parts in self.relations.items():
            for part, found in parts.items():
                yield relation, part, found


def compare_readings(
    first: Reading, second: Reading, *, worse_by: float, confidence: float
) -> dict[str, dict[Part, ComparedPart]]:
    """Compare two students on every relation and part, paired by source.

    "Worse" is a greater value: of a rate, more violations. Where a relation has a limit on either
    side, worse is further from 0. All rows make up one verdict, as those of a check do: each
    passes at an error of (1 - confidence) / 2, and fails by Holm's step-down test at the same.

    Args:
        first: the baseline.
        second: read against the same teacher, with the same relations, on the same inputs.
        worse_by: the smallest difference that counts as worse.
        confidence: of every two-sided interval, in (0, 1).
    """
    rows = [
        _Row(first, second, relation, part)
        for relation, parts in first.evaluations.items()
        for part in parts
        if part in second.evaluations[relation]
    ]
    alpha = (1 - confidence) / 2
    taking_part = [row.contrast is not None for row in rows]
    failing = np.zeros(len(rows), dtype=np.bool_)
    failing[taking_part] = holm(
        np.array([row.p_values(worse_by)[1] for row in rows if row.contrast is not None]), alpha
    )
    compared: dict[str, dict[Part, ComparedPart]] = {}
    for row, fails in zip(rows, failing, strict=True):
        verdict = None
        if row.contrast is not None:
            verdict = Verdict.UNDECIDED
            if fails:
                verdict = Verdict.FAIL
            elif row.p_values(worse_by)[0] <= alpha:
                verdict = Verdict.PASS
        compared.setdefault(row.relation, {})[row.part] = row.compared(
            verdict, worse_by, confidence
        )
    return compared


def verdict_of(compared: dict[str, dict[Part, ComparedPart]]) -> Verdict:
    """Fail if a row fails, pass if every row that applies passes, undecided otherwise."""
    return combine(
        found.verdict
        for parts in compared.values()
        for found in parts.values()
        if found.verdict is not None
    )


class _Row:
    """Two students on one relation and part."""

    def __init__(self, first: Reading, second: Reading, relation: str, part: Part) -> None:
        self.relation, self.part = relation, part
        self._evaluations = [one.evaluations[relation][part] for one in (first, second)]
        scores = self._evaluations[0].scores
        self._distances = bool(np.isfinite(scores.limits[0])) and not scores.is_rate
        dependence = first.outputs[Part.SOURCES].dependence
        (before, weights), (after, other_weights) = (
            by_origin(one, relation, part, len(dependence)) for one in (first, second)
        )
        self._sources = int(np.count_nonzero((weights > 0) | (other_weights > 0)))
        self.contrast = (contrast_of_distances if self._distances else contrast_of_ratios)(
            (after, other_weights), (before, weights), dependence
        )

    @property
    def _most(self) -> float:
        """How far apart two values can be, or of distances, how far they can be from 0."""
        least, greatest = self._evaluations[0].scores.bounds
        return max(-least, greatest) if self._distances else greatest - least

    def p_values(self, worse_by: float) -> tuple[float, float]:
        """P-values against pass and against fail: see ComparedPart."""
        if self.contrast is None:
            return 1.0, 1.0
        return self.contrast.p_at_least(worse_by), self.contrast.p_at_most(worse_by)

    def compared(self, verdict: Verdict | None, worse_by: float, confidence: float) -> ComparedPart:
        """The record of the row."""
        difference = low = high = None
        if self.contrast is not None:
            difference = self.contrast.value
            low, high = self.contrast.interval(confidence)
            low, high = max(low, -self._most), min(high, self._most)
        p_pass, p_fail = self.p_values(worse_by)
        first, second = self._evaluations
        return ComparedPart(
            verdict=verdict,
            first=first.estimate.value,
            second=second.estimate.value,
            difference=difference,
            low=low,
            high=high,
            distances=self._distances,
            unit=first.scores.unit,
            p_pass=p_pass,
            p_fail=p_fail,
            sources=self._sources,
        )
