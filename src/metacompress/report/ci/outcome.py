"""The outcome of a finished study, whatever its kind: verdicts by suite, relation and part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.report.comparison import (
    common_sentence,
    comparison_headline,
    deciding_rows,
    worse_by,
)
from metacompress.report.wording import (
    common_level,
    headline,
    interval,
    level,
    limit,
    percent,
    points,
    reason,
    student_headline,
)
from metacompress.stats.verdict import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.study.check.readings.comparison import Comparison
    from metacompress.study.check.summary import CheckSummary, StudentSummary
    from metacompress.study.check.survey.summary import StudentFirstSummary


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One relation on one part, in words.

    Attributes:
        relation: by name.
        part: sources or follow-ups.
        verdict: None where the relation applies to no input.
        value: what the verdict is about.
        interval: of the value.
        limit: what the value is compared with.
    """

    relation: str
    part: str
    verdict: Verdict | None
    value: str
    interval: str
    limit: str

    @property
    def title(self) -> str:
        """Relation and part."""
        return f"{self.relation} on {self.part}"

    @property
    def sentence(self) -> str:
        """The figures."""
        if self.verdict is None:
            return "applies to no input"
        return f"{self.value} ({self.interval}), limit {self.limit}"


@dataclass(frozen=True, slots=True)
class Suite:
    """The rows of one student, or of one comparison with a baseline.

    Attributes:
        name: of it.
        verdict: over all rows.
        sentences: what decided the verdict, and where it comes from.
        rows: by relation and part.
        level: of all intervals; None where each row says its own.
    """

    name: str
    verdict: Verdict
    sentences: Sequence[str]
    rows: Sequence[OutcomeRow]
    level: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Of a table of the rows: relation, part, value, interval, limit and verdict."""
        interval = f"{self.level} interval" if self.level else "interval"
        return "relation", "inputs", "value", interval, "limit", "verdict"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished study.

    Attributes:
        title: the kind of study and its task.
        headline: the verdict as a sentence.
        verdict: what the exit status says.
        suites: at least one.
        warnings: reasons to doubt it, one sentence each.
        fidelity: the number on a badge; None where no single one stands for the study.
    """

    title: str
    headline: str
    verdict: Verdict
    suites: Sequence[Suite]
    warnings: Sequence[str] = ()
    fidelity: str | None = None


def check_outcome(summary: CheckSummary) -> Outcome:
    """The outcome of a check, its comparison with a baseline included."""
    suites = [_checked(name, found) for name, found in summary.students.items()]
    compared = list(map(_compared, summary.comparisons.values()))
    doubts = {
        one.sentence: None
        for warnings in (
            summary.warnings,
            *(found.baseline_warnings() for found in summary.comparisons.values()),
        )
        for one in warnings
    }
    sentences = [headline(summary), *map(comparison_headline, summary.comparisons.values())]
    return Outcome(
        f"check of {summary.task}",
        " ".join(f"{sentence}." for sentence in sentences),
        combine([summary.verdict, *(one.verdict for one in compared)]),
        [*suites, *compared],
        list(doubts),
        _fidelity(summary) if len(suites) == 1 else None,
    )


def _checked(name: str, found: StudentSummary) -> Suite:
    same = common_level(found.relations.values())
    rows = [
        OutcomeRow(
            relation,
            part.words,
            judged.verdict,
            percent(judged.value),
            interval(judged) if same else f"{interval(judged)} at {level(judged.confidence)}",
            limit(judged),
        )
        for relation, one in found.relations.items()
        for part, judged in one.parts()
    ]
    return Suite(name, found.verdict, [reason(found)], rows, same)


def comparison_outcome(found: Comparison) -> Outcome:
    """The outcome of a comparison of two checks."""
    return Outcome(
        "comparison of two checks",
        f"{comparison_headline(found)}.",
        found.verdict,
        [_compared(found)],
        [one.sentence for one in found.warnings()],
    )


def survey_outcome(summary: StudentFirstSummary) -> Outcome:
    """The outcome of a check that asked the student first."""
    rows = [
        OutcomeRow(
            relation,
            part.words,
            row.verdict,
            percent(row.estimate),
            f"{100 * row.low:z.2f} to {100 * row.high:z.2f} %",
            f"at most {100 * row.tolerance:g} %",
        )
        for part, surveyed in summary.parts.items()
        for relation, row in surveyed.relations.items()
    ]
    sentence = student_headline(None, summary.verdict) + ", among these inputs."
    return Outcome(
        "check, student first",
        sentence,
        summary.verdict,
        [Suite("student", summary.verdict, [sentence], rows, level(summary.confidence))],
    )


def _compared(found: Comparison) -> Suite:
    rows = [
        OutcomeRow(
            relation,
            part.words,
            row.verdict,
            f"{points(row.difference)} points",
            f"{points(row.low)} to {points(row.high)}",
            f"less than {worse_by(found)}",
        )
        for relation, part, row in found.rows()
    ]
    sentence = f"{comparison_headline(found)}. {deciding_rows(found)}".rstrip()
    name = f"{found.second.student} beside the baseline's {found.first.student}"
    sentences = [sentence, common_sentence(found)]
    return Suite(name, found.verdict, sentences, rows, level(found.confidence))


def _fidelity(summary: CheckSummary) -> str | None:
    """What the predictions of the only student share with the teacher's, on the hardest part."""
    agreement = summary.relations.get("prediction-agreement")
    judged = None if agreement is None else agreement.follow_ups or agreement.sources
    if judged is None or judged.value is None:
        return None
    return percent(1 - judged.value, 1)
