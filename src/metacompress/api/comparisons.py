"""Compare the students of two finished checks, as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.api.results import CheckResult, StudyResult
from metacompress.api.shown import rate_text
from metacompress.api.signature import takes
from metacompress.report.ci.checks import refuse_unfit_comparison_files
from metacompress.report.ci.outcome import comparison_outcome
from metacompress.report.ci.writing import write_files
from metacompress.report.pages.comparison import comparison_page
from metacompress.runs.place import run_and_student
from metacompress.runs.run_directory import RunDirectory
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.check.baselines.comparing import compare_runs
from metacompress.study.check.config import CompareConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.part import Part
    from metacompress.stats.verdict import Verdict
    from metacompress.study.check.readings.comparison import ComparedPart, Comparison
    from metacompress.study.warnings import StudyWarning


class ComparisonResult(StudyResult):
    """Two students of one teacher, compared.

    Attributes:
        run: the run directory of the second check.
        summary: what ``compare --json`` prints.
    """

    def __init__(self, run: RunDirectory, summary: Comparison) -> None:
        super().__init__(run)
        self.summary = summary

    @property
    def verdict(self) -> Verdict:
        """Pass where the second student is not worse, fail where it is, or undecided."""
        return self.summary.verdict

    @property
    def relations(self) -> dict[str, dict[Part, ComparedPart]]:
        """By relation and part: both values, their difference and its verdict."""
        return self.summary.relations

    def _page(self) -> str:
        return comparison_page(self.summary)

    def _records(self) -> list[dict[str, Any]]:
        return [
            {"relation": name, "part": str(part), **row.content()}
            for name, part, row in self.summary.rows()
        ]

    def _warnings(self) -> Sequence[StudyWarning]:
        return self.summary.warnings()

    def _title(self) -> str:
        return f"ComparisonResult: {self.verdict}"

    def _shown(self) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        return ("verdict", "relation", "inputs", "worse by (interval)"), [
            (
                row.verdict or "–",
                name,
                part.words,
                rate_text(row.difference, row.low, row.high),
            )
            for name, part, row in self.summary.rows()
        ]


@takes(CompareConfig)
def compare(baseline: object, run: object, **settings: Any) -> ComparisonResult:
    """Compare the students of two finished checks: is the second one not worse?

    Both were read against the same teacher. The comparison is paired by source, on the inputs that
    both checks have, and loads no model.

    Args:
        baseline: a CheckResult, or the run directory of one; ``RUN#NAME`` where it has several
            students.
        run: likewise; the check whose student is compared with the baseline's.
        **settings: see below.

    Raises:
        RunDirectoryError: a run is not a finished check of this version, or is damaged.
        UsageError: the checks cannot be compared; the message says why, and what to do.
    """
    places = {
        name: one.run if isinstance(one, CheckResult) else one
        for name, one in (("baseline", baseline), ("run", run))
    }
    given = validated(CompareConfig, nested(CompareConfig, {**settings, **places}))
    refuse_unfit_comparison_files(given)
    found = compare_runs(given)
    write_files(comparison_outcome(found), given.output)
    path, _ = run_and_student(given.run)
    return ComparisonResult(RunDirectory(path), found)
