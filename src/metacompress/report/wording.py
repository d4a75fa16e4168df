"""How results are put into words, the same in every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from metacompress.study.check.summary import CheckSummary, IdenticalCounts, RelationSummary
    from metacompress.study.judged import JudgedPart

PARTS = {Part.SOURCES: "source inputs", Part.FOLLOW_UPS: "follow-up inputs"}

_HEADLINES = {
    Verdict.PASS: "The student mimics the teacher",
    Verdict.FAIL: "The student does not mimic the teacher",
    Verdict.UNDECIDED: "The data cannot decide whether the student mimics the teacher",
}

MEANINGS = {
    "prediction-agreement": "both predict the same class",
    "distribution-similarity": "their probabilities are close",
    "confidence-preservation": "where the teacher is sure, so is the student",
    "calibration-alignment": "their confidence is equally trustworthy",
    "invariance-inheritance": "where they agree on the source, what does not move the teacher "
    "does not move the student",
}


def headline(summary: CheckSummary) -> str:
    """The verdict as one sentence."""
    return _HEADLINES[summary.verdict]


def reason(summary: CheckSummary) -> str:
    """Which relations decided the verdict."""
    relations = summary.relations
    deciding = [name for name, found in relations.items() if found.verdict is summary.verdict]
    match summary.verdict:
        case Verdict.PASS:
            return f"All {len(deciding)} evaluated relations hold within their tolerance."
        case Verdict.FAIL:
            return f"Violated beyond tolerance: {', '.join(deciding)}."
        case _ if not deciding:
            return "All relations hold, but a model that never changes its answer is no evidence."
        case _:
            return f"No relation fails, but not decided yet: {', '.join(deciding)}. More data help."


def identical(counts: IdenticalCounts) -> str:
    """How many follow-ups the models cannot tell from their source; empty where they can."""
    if not counts.teacher + counts.student:
        return ""
    return (
        f"{counts.both} identical to their source for both models and in no rate "
        f"(teacher {counts.teacher}, student {counts.student})"
    )


def percent(value: float | None, digits: int = 2) -> str:
    """A share in [0, 1] as a percentage."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def interval(found: JudgedPart) -> str:
    """The interval of a rate."""
    return f"{100 * found.low:.2f} to {100 * found.high:.2f} %"


def limit(found: RelationSummary) -> str:
    """What a relation's verdict compares with."""
    if any(judged.group for _, judged in found.parts()):
        return f"ECE gap at most {found.constant('eps'):g}"
    return f"rate at most {100 * found.constant('tolerance'):g} %"


def constants(found: RelationSummary) -> str:
    """A relation's constants other than its tolerance."""
    return ", ".join(
        f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
        for name, value in found.constants.items()
        if name != "tolerance"
    )
