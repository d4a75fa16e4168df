"""What a repair did to held-out sources, and what it cost, as rows and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.part import Part
from metacompress.repairing.settings import UNSEEN, By
from metacompress.report.tables.fitting import SHORT_PARTS, hundredths
from metacompress.report.wording import left, points
from metacompress.stats.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.repairing.summary import Proof, RepairSummary

_FAMILIES = {"trained": "transformations that it learnt from", UNSEEN: "unseen transformations"}


def proofs(summary: RepairSummary) -> list[Proof]:
    """Beside the student before, and beside the control where there is one."""
    return [summary.proof, *([summary.control] if summary.control else [])]


def repair_headline(summary: RepairSummary) -> str:
    """The verdict as one sentence: it claims what the intervals show, and no more."""
    proof = summary.proof
    target = proof.families["trained"].target(summary.by)
    if target is not None and target.first is None and target.second is not None:
        return (
            f"No repair is shown: the student before agrees with its teacher on no held-out "
            f"source, so that {summary.target} applies to none of its variants."
        )
    if target is None or target.low is None or target.high is None:
        return f"{summary.target} applies to no held-out variant."
    change = (
        f"{summary.target} on held-out variants {hundredths(target.first)} % before and "
        f"{hundredths(target.second)} % after ({points(target.low)} to {points(target.high)} "
        f"points)"
    )
    cosmetic = "; cosmetic: no predicted class changed" if summary.by is By.TEMPERATURE else ""
    if summary.verdict is Verdict.PASS:
        return f"Repaired: {change}{cosmetic}."
    if summary.verdict is Verdict.FAIL:
        lost = proof.accuracy is not None and not target.low > 0
        return f"Worse: {change}{'; accuracy is lost' if lost else ''}."
    accuracy = proof.accuracy
    if target.high < 0 and accuracy is not None:
        return (
            f"No repair is shown: {change}, but a loss of accuracy is not excluded "
            f"({points(accuracy.low)} to {points(accuracy.high)} points)."
        )
    return f"No repair is shown: {change}."


def proof_rows(proof: Proof) -> Iterator[list[str]]:
    """Relation, inputs, both values, their difference and its interval, as texts."""
    seen: set[tuple[str, str]] = set()
    for family, found in proof.families.items():
        for relation, parts in found.relations.items():
            for part, row in parts.items():
                inputs = SHORT_PARTS[part] if part is Part.SOURCES else family
                if (relation, inputs) in seen or row.difference is None:
                    continue
                seen.add((relation, inputs))
                yield [
                    f"{relation} ±" if row.distances else relation,
                    inputs,
                    hundredths(row.first),
                    hundredths(row.second),
                    points(row.difference),
                    f"{points(row.low)} to {points(row.high)}",
                ]
    if proof.accuracy is not None:
        found_accuracy = proof.accuracy
        yield [
            "accuracy",
            SHORT_PARTS[Part.SOURCES],
            hundredths(found_accuracy.before),
            hundredths(found_accuracy.after),
            points(found_accuracy.difference),
            f"{points(found_accuracy.low)} to {points(found_accuracy.high)}",
        ]


def made(summary: RepairSummary) -> Iterator[str]:
    """What was done, a sentence each."""
    examples = summary.examples
    yield (
        f"Sources: {examples['learn']} to learn from, {examples['choose']} to choose by, "
        f"{examples['prove']} held out; {examples['left_out']} left out, whose programs are on "
        f"several sides"
    )
    for family, found in summary.proof.families.items():
        said = f"; {left(found.left_after)}" if found.left_after is not None else ""
        yield f"{family}: {found.follow_ups:,} held-out variants by {_FAMILIES[family]}{said}"
    trained, kept = summary.distillation, summary.precision
    if trained is not None:
        sought = f" ({trained.sought:,} of them sought by an attack)" if trained.sought else ""
        yield (
            f"{trained.steps:,} steps at temperature {trained.temperature:g}, "
            f"{trained.follow_up_share:.0%} of the rows variants; {trained.hard:,} of "
            f"{trained.inputs:,} inputs hard{sought}; chosen among {max(len(trained.trials), 1)}"
        )
        before, after = map(hundredths, (trained.agreement_before, trained.agreement))
        yield f"Agreement with the teacher, to choose by: {before} % before, {after} % after"
    if kept is not None:
        names = ", ".join(kept.kept) or "none is needed"
        yield f"Kept as the teacher has them, {len(kept.kept)} of {kept.tensors} tensors: {names}"
    if summary.temperature is not None:
        yield f"Temperature {summary.temperature:.3f}"


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
