"""The inputs on which one of two compared students violates a relation, new violations first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metacompress.report.inputs.checked import read_inputs, violating_inputs
from metacompress.report.inputs.shown import ShownInput, ShownInputs, Violation
from metacompress.runs.run_directory import RunDirectory
from metacompress.study.check.summary import read_check
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from metacompress.study.check.readings.comparison import Comparison
    from metacompress.study.check.summary import CheckSummary

# What the two students are called, whatever their names are in their checks.
BASELINE, SECOND = "baseline", "this student"
# In the order in which they are shown.
_OUTCOMES = ("newly violated", "violated by both", "no longer violated")
_MOST = 20_000


def compared_inputs(found: Comparison, most: int = _MOST) -> ShownInputs | None:
    """Inputs that both checks have and on which either student violates a relation.

    Args:
        found: a comparison.
        most: inputs of each check that are read at most.

    Returns:
        None where the comparison does not say where its checks are.

    Raises:
        RunDirectoryError: a run is damaged.
    """
    if found.first.run is None or found.second.run is None:
        return None
    first = _Side.of(found.first.run, found.first.student, most)
    second = _Side.of(found.second.run, found.second.student, most)
    keys = list(dict.fromkeys([*second.violations, *first.violations]))
    before, after = first.read(keys), second.read(keys)
    both = [
        _merged(before[key], first.student, one, second.student)
        for key, one in after.items()
        if key in before and _texts(before[key]) == _texts(one)
    ]
    # Within an outcome, the worst stay first.
    both.sort(key=lambda one: _OUTCOMES.index(one.facets["outcome"]))
    return ShownInputs([TEACHER, BASELINE, SECOND], second.summary.labels, both, len(both))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two checks.

    Attributes:
        run: its directory.
        summary: of it.
        student: the name that its student has there.
        violations: of that student, by the key of each input, the worst first.
    """

    run: RunDirectory
    summary: CheckSummary
    student: str
    violations: Mapping[str, Sequence[Violation]]

    @classmethod
    def of(cls, path: Path, student: str, most: int) -> _Side:
        """The check in a directory."""
        run = RunDirectory(path)
        summary = read_check(run)
        violations = {
            one.key: [violation for violation in one.violations if violation.student == student]
            for one in violating_inputs(run, summary, most).inputs
        }
        return cls(run, summary, student, {key: one for key, one in violations.items() if one})

    def read(self, keys: Iterable[str]) -> dict[str, ShownInput]:
        """The inputs that the check has, in the order of ``keys``."""
        violations = {key: self.violations.get(key, ()) for key in keys}
        return {one.key: one for one in read_inputs(self.run, self.summary, violations)}


def _merged(first: ShownInput, baseline: str, second: ShownInput, student: str) -> ShownInput:
    """One input with the answers of both students."""

    def answers(
        before: Mapping[str, Sequence[float]], after: Mapping[str, Sequence[float]]
    ) -> dict[str, Sequence[float]]:
        return {TEACHER: after[TEACHER], BASELINE: before[baseline], SECOND: after[student]}

    violations = [one._replace(student=BASELINE) for one in first.violations]
    violations += [one._replace(student=SECOND) for one in second.violations]
    by_baseline, by_second = (
        {one.relation for one in violations if one.student == name} for name in (BASELINE, SECOND)
    )
    newly, both, _ = _OUTCOMES
    outcome = newly if by_second - by_baseline else both if by_second else _OUTCOMES[-1]
    source = replace(
        second.source,
        probabilities=answers(first.source.probabilities, second.source.probabilities),
    )
    return replace(
        second,
        source=source,
        facets={**second.facets, "outcome": outcome},
        probabilities={}
        if second.is_source
        else answers(first.probabilities, second.probabilities),
        violations=violations,
    )


def _texts(one: ShownInput) -> tuple[Sequence[str], Sequence[str]]:
    return list(one.source.programs), list(one.programs)
