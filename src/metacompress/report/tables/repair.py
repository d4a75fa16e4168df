"""What a repair did to held-out sources, and what it cost, as rows and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.repairing.settings import TRAINED, UNSEEN, By
from metacompress.report.tables.fitting import SHORT_PARTS, hundredths
from metacompress.report.tables.levels import NOTHING
from metacompress.report.wording import counted, left, percent, points
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.repairing.summary import Accuracy, Precision, Proof, RepairSummary
    from metacompress.study.check.readings.comparison import ComparedPart

_FAMILIES = {TRAINED: "transformations that it learnt from", UNSEEN: "unseen transformations"}
MOST_NAMED = 10
"""Tensors that a sentence names; the page has all of them."""


def proofs(summary: RepairSummary) -> list[Proof]:
    """Beside the student before, and beside the control where there is one."""
    return [summary.proof, *([summary.control] if summary.control else [])]


def repair_headline(summary: RepairSummary) -> str:
    """The verdict as one sentence: it claims what the intervals show, and no more."""
    cosmetic = "; cosmetic: no predicted class changed" if summary.by is By.TEMPERATURE else ""
    return f"{_claim(summary)}{cosmetic}."


def _claim(summary: RepairSummary) -> str:
    accuracy = summary.proof.accuracy
    change = _change(summary)
    if summary.verdict is Verdict.PASS:
        return f"Repaired: {change}"
    if summary.verdict is Verdict.FAIL:
        judged = None if summary.by is By.TEMPERATURE else accuracy
        if judged is not None and judged.is_lost(summary.worse_by):
            change += f"; accuracy is lost ({_ends(judged)})"
        return f"Worse: {change}"
    target = summary.proof.families[TRAINED].target(summary.by)
    falls = target is not None and target.high is not None and target.high < 0
    if falls and accuracy is not None:
        change += f", but a loss of accuracy is not excluded ({_ends(accuracy)})"
    return f"No repair is shown: {change}"


def _change(summary: RepairSummary) -> str:
    """Rates of the target relation on held-out variants, before and after."""
    target = summary.proof.families[TRAINED].target(summary.by)
    if target is None or (target.first is None and target.second is None):
        return f"{summary.target} applies to no held-out variant"
    if target.first is None or target.second is None:
        which = "student before" if target.first is None else "repaired student"
        return (
            f"the {which} agrees with its teacher on no held-out source, so that "
            f"{summary.target} applies to none of its variants"
        )
    return (
        f"{summary.target} on held-out variants {hundredths(target.first)} % before and "
        f"{hundredths(target.second)} % after ({_ends(target)})"
    )


def proof_rows(proof: Proof) -> Iterator[list[str]]:
    """Relation, inputs, both values, their difference and its interval, as texts."""
    seen: set[tuple[str, str]] = set()
    for family, found in proof.families.items():
        for relation, parts in found.relations.items():
            for part, row in parts.items():
                inputs = SHORT_PARTS[part] if part is Part.SOURCES else family
                if (relation, inputs) in seen:
                    continue
                seen.add((relation, inputs))
                yield [
                    f"{relation} ±" if row.distances else relation,
                    inputs,
                    hundredths(row.first),
                    hundredths(row.second),
                    points(row.difference),
                    _interval(row),
                ]
    if proof.accuracy is not None:
        yield [
            "accuracy",
            SHORT_PARTS[Part.SOURCES],
            hundredths(proof.accuracy.before),
            hundredths(proof.accuracy.after),
            points(proof.accuracy.difference),
            _interval(proof.accuracy),
        ]


def kept_rows(precision: Precision) -> Iterator[list[str]]:
    """The way to the tensors that are kept: how many, what changed, violations, bytes, outcome."""
    before: list[str] = []
    for step in precision.steps:
        changes = [
            *(f"with {name}" for name in step.kept if name not in before),
            *(f"without {name}" for name in before if name not in step.kept),
        ]
        yield [
            f"{len(step.kept):,}",
            ", ".join(changes) or "the student as it is",
            percent(step.violations),
            f"{step.bytes:,}",
            "pass" if step.passes else "do not pass",
        ]
        before = step.kept


def made(summary: RepairSummary) -> Iterator[str]:
    """What was done, a sentence each."""
    examples = summary.examples
    yield (
        f"Sources: {examples['learn']:,} to learn from, {examples['choose']:,} to choose by, "
        f"{examples['prove']:,} held out; {examples['left_out']:,} left out, whose programs are on "
        f"several sides"
    )
    for family, found in summary.proof.families.items():
        variants = counted(found.follow_ups, "held-out variant")
        said = f"; {left(found.left_after)}" if found.left_after is not None else ""
        yield f"{family}: {variants} by {_FAMILIES[family]}{said}"
    trained, kept = summary.distillation, summary.precision
    if trained is not None:
        sought = f" ({trained.sought:,} of them sought by an attack)" if trained.sought else ""
        tried = len(trained.trials)
        yield (
            f"{counted(trained.steps, 'step')} at temperature {trained.temperature:g}, "
            f"{percent(trained.follow_up_share, 0)} of the rows variants; {trained.hard:,} of "
            f"{counted(trained.inputs, 'input')} hard{sought}"
            + (f"; chosen by {counted(tried, 'short training')}" if tried else "")
        )
        before, after = map(percent, (trained.agreement_before, trained.agreement))
        yield f"Agreement with the teacher, to choose by: {before} before, {after} after"
    if kept is not None:
        tensors = f"{len(kept.kept):,} of {counted(kept.tensors, 'tensor')}"
        yield f"Kept as the teacher has them, {tensors}: {_named(kept.kept)}"
    if summary.temperature is not None:
        yield f"Temperature {summary.temperature:.4g}"


def costs(summary: RepairSummary) -> Iterator[str]:
    """What it cost, a name and a text each."""
    before, after = (one.bytes for one in summary.sizes.values())
    kept = summary.precision
    if kept is not None:
        yield (
            f"Size: {kept.bytes_before:,} bytes before, {kept.bytes:,} after; with all tensors "
            f"kept {kept.bytes_teacher:,}"
        )
    elif before is not None and after is not None:
        yield f"Size: {before:,} bytes before, {after:,} after"
    if summary.cost is None:
        return
    if summary.distillation is not None:
        yield f"Training: {summary.cost.training_seconds:,.0f} CPU seconds"
    if summary.cost.cpu_per_input:
        shown = ", ".join(
            f"{name} {1000 * seconds:.1f} ms"
            for name, seconds in summary.cost.cpu_per_input.items()
        )
        yield f"CPU time of one prediction: {shown}"


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    named = ", ".join(names[:MOST_NAMED]) or "none is needed"
    return named if more <= 0 else f"{named} and {more:,} more"


def _interval(found: ComparedPart | Accuracy) -> str:
    if found.low is None or found.high is None:
        return NOTHING
    return f"{points(found.low)} to {points(found.high)}"


def _ends(found: ComparedPart | Accuracy) -> str:
    ends = _interval(found)
    return "no interval is known" if ends == NOTHING else f"{ends} points"
