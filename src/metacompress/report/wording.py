"""How results are put into words, the same in every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.stats.verdict import Verdict
from metacompress.study.check.sequence import Stop, Until

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.study.check.readings.direction import Left
    from metacompress.study.check.sequence import SequenceSummary
    from metacompress.study.check.summary import (
        CheckSummary,
        IdenticalCounts,
        RelationSummary,
        StudentSummary,
    )
    from metacompress.study.judged import JudgedPart

PARTS = {Part.SOURCES: "source inputs", Part.FOLLOW_UPS: "follow-up inputs"}

_HEADLINES = {
    Verdict.PASS: "{} mimics the teacher",
    Verdict.FAIL: "{} does not mimic the teacher",
    Verdict.UNDECIDED: "The data cannot decide whether {} mimics the teacher",
}

MEANINGS = {
    "prediction-agreement": "both predict the same class",
    "distribution-similarity": "their probabilities are close",
    "confidence-preservation": "where the teacher is sure, the student is nearly as sure",
    "calibration-alignment": "one is no more over-confident than the other",
    "macro-disagreement": "both predict the same class, in each class alike",
    "new-disagreement": "where they agree on the source, they agree on the variant",
    "disagreement-increment": "they part no more often on variants than on sources",
    "robustness-gap": "variants move one as often as the other",
    "representation-similarity": "their last layers stay as alike on variants as on sources",
    "invariance-inheritance": "where they agree on the source, what does not move the teacher "
    "does not move the student",
}


def headline(summary: CheckSummary) -> str:
    """The verdict as one sentence."""
    if len(summary.students) == 1:
        return student_headline(None, summary.verdict)
    mimics = [name for name, one in summary.students.items() if one.verdict is Verdict.PASS]
    if not mimics:
        return f"None of {len(summary.students)} students is shown to mimic the teacher"
    return f"{len(mimics)} of {len(summary.students)} students mimic the teacher"


def student_headline(name: str | None, verdict: Verdict) -> str:
    """The verdict of one student as a sentence; None for the only one."""
    sentence = _HEADLINES[verdict].format("the student" if name is None else name)
    return sentence if name is not None else sentence[0].upper() + sentence[1:]


def reason(found: StudentSummary) -> str:
    """Which relations decided the verdict of a student."""
    deciding = [name for name, one in found.relations.items() if one.verdict is found.verdict]
    match found.verdict:
        case Verdict.PASS:
            return f"All {len(deciding)} evaluated relations hold within their tolerance."
        case Verdict.FAIL if not deciding:
            return (
                "Some relation is violated beyond its tolerance: all together show it, none alone."
            )
        case Verdict.FAIL:
            return f"Violated beyond tolerance: {', '.join(deciding)}."
        case _ if not deciding:
            return "All relations hold, but a model that never changes its answer is no evidence."
        case _:
            return f"No relation fails, but these are undecided: {', '.join(deciding)}."


def sequence(found: SequenceSummary) -> list[str]:
    """How a sequential check went, in sentences; none about a check of a fixed sample."""
    sentences = []
    if found.stopped is Stop.TOO_FEW:
        sentences.append(
            f"{found.sources} independent sources are too few to decide anything in sequence: all "
            f"inputs were asked and tested once."
        )
    else:
        why = {
            Stop.DECIDED: "nothing is open" if found.until is Until.ROWS else "the verdict stands",
            Stop.EXHAUSTED: "no other source is left",
        }[found.stopped]
        sentences.append(f"Asked {found.asked:,} of {found.sources:,} sources in sequence: {why}.")
        if found.last_test_at is not None:
            sentences.append(
                f"What was open after {found.last_test_at:,} sources was tested once with all "
                f"inputs, at the error that was kept for it."
            )
    if found.left_out:
        sentences.append(
            f"{found.left_out:,} sources share a program or a group with one in the sequence."
        )
    return sentences


def identical(counts: IdenticalCounts) -> str:
    """How many follow-ups the models cannot tell from their source; empty where they can."""
    if not any(counts.models.values()):
        return ""
    by_model = ", ".join(f"{name} {count}" for name, count in counts.models.items())
    return f"{counts.all} identical to their source for all models and in no rate ({by_model})"


def left(found: Left) -> str:
    """Who changed its prediction where a variant brings a new disagreement."""
    both = f", both on {percent(found['both'], 0)}" if found["both"] else ""
    return (
        f"of the new disagreements, the student alone changed its prediction on "
        f"{percent(found['student'], 0)}, the teacher alone on {percent(found['teacher'], 0)}{both}"
    )


def counted(count: int, noun: str) -> str:
    """How many of something there are."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def set_aside(rows: int) -> str:
    """How many rows of the data could not be read, as a further sentence; empty without any."""
    return f" {counted(rows, 'malformed row')} set aside." if rows else ""


def percent(value: float | None, digits: int = 2) -> str:
    """A share in [0, 1] as a percentage."""
    return "–" if value is None else f"{100 * value:z.{digits}f} %"


def thousandths(value: float | None) -> str:
    """A score as a number, with three digits."""
    return "–" if value is None else f"{value:z.3f}"


def points(value: float | None) -> str:
    """A difference of two shares, in points of percent."""
    return "–" if value is None else f"{100 * value:+z.2f}"


def interval(found: JudgedPart) -> str:
    """The interval of a value."""
    return f"{100 * found.low:z.2f} to {100 * found.high:z.2f} %"


def level(confidence: float) -> str:
    """The level of an interval, to all its digits: 97.5 % is not 98 %."""
    return f"{100 * confidence:.6g} %"


def common_level(found: Iterable[RelationSummary]) -> str | None:
    """The level of all intervals of relations; None where a sequence gives them several."""
    levels = {level(judged.confidence) for one in found for _, judged in one.parts()}
    return levels.pop() if len(levels) == 1 else None


def violated(found: JudgedPart, of: str = " of ") -> str:
    """How many inputs violate a relation; none where it judges all of them together."""
    return f"{found.violations if found.judges_inputs else '–'}{of}{found.inputs}"


def limit(found: JudgedPart) -> str:
    """What a verdict compares with."""
    if found.least is None:
        return f"at most {100 * found.most:g} %"
    return f"{100 * found.least:g} to {100 * found.most:g} %"


def decidable(found: JudgedPart) -> str:
    """Which values these inputs could have decided; empty where none."""
    below, above = ("below", "above") if found.least is None else ("within ±", "beyond ±")
    parts = []
    if found.decided_below is not None:
        parts.append(f"{below} {percent(found.decided_below)}".replace("± ", "±"))
    if found.decided_above is not None:
        parts.append(f"{above} {percent(found.decided_above)}".replace("± ", "±"))
    return " or ".join(parts)


def answer(labels: Sequence[str], probabilities: Sequence[float]) -> str:
    """The class that a model predicts, with its probability."""
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    name = labels[best] if best < len(labels) else f"class {best}"
    return f"{name} {probabilities[best]:.2f}"


def constants(found: RelationSummary) -> str:
    """A relation's constants other than its tolerance."""
    return ", ".join(
        f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
        for name, value in found.constants.items()
        if name != "tolerance"
    )
