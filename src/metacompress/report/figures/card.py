"""What a model card on the Hugging Face Hub says of a checked student.

``eval_results`` has the layout of files in ``.eval_results/``: a list of results, each with the
data set on the Hub, a task, a value and where it comes from.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.report.check.loss import loss_statement
from metacompress.report.ci.markdown import code, escaped, table, warning_lines
from metacompress.report.ci.outcome import check_outcome
from metacompress.report.wording import level, percent, student_headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.report.figures.settings import CardSettings
    from metacompress.study.check.summary import CheckSummary

FILE = ".eval_results/metacompress.yaml"
"""The file of results, below the directory of a model."""
_SOURCE = "MetaCompress report"
# Statements that the table of relations makes.
_ROWS = ("Preserved", "Lost", "Not decided")


def chosen_student(summary: CheckSummary, student: str | None) -> str:
    """The student that is meant.

    Raises:
        UsageError: there is none of that name, or there are several and none is named.
    """
    names = list(summary.students)
    if student is None and len(names) == 1:
        return names[0]
    if student not in names:
        raise UsageError(
            f"this check has the students {', '.join(names)}; name one: RUN#NAME", option="run"
        )
    return student


def card_section(summary: CheckSummary, student: str) -> str:
    """A section of a model card, as Markdown."""
    outcome = check_outcome(summary)
    suite = next(one for one in outcome.suites if one.name == student)
    found, teacher = summary.students[student], summary.models["teacher"]
    made = [name for name, one in summary.variants.transformations.items() if one.made]
    variants = f", and {summary.variants.made:,} variants that mean the same ({', '.join(made)})"
    differences = [
        name
        for name, one in found.relations.items()
        if any(not judged.is_rate for _, judged in one.parts())
    ]
    others = escaped(f"(of {', '.join(differences)} differences, in points)")
    of_others = f" {others}" if differences else ""
    lines = [
        "## Fidelity to the teacher",
        "",
        f"**{found.verdict}**: {escaped(student_headline(None, found.verdict))}. "
        f"{' '.join(map(escaped, suite.sentences))}",
        "",
        *warning_lines(outcome),
        f"Checked with MetaCompress against {code(teacher.spec)} on {summary.data.sources:,} "
        f"examples of {escaped(summary.task)}{escaped(variants) if made else ''}. Values are "
        f"violation rates{of_others}, each example weighted once, with intervals of "
        f"{suite.level or 'the level that stands beside each'}.",
        "",
        *table(
            suite.headings,
            [
                (
                    escaped(row.relation),
                    row.part,
                    row.value,
                    row.interval,
                    row.limit,
                    row.verdict or "–",
                )
                for row in suite.rows
            ],
        ),
        "",
    ]
    scores = [
        (escaped(name), part.words, percent(one.accuracy), percent(one.f1))
        for name in ("teacher", student)
        for part, one in summary.models[name].parts()
    ]
    lines += [*table(("model", "inputs", "accuracy", "F1"), scores), ""]
    for statement in loss_statement(found):
        if statement.title not in _ROWS:
            lines += [f"- **{statement.title}**: {escaped(one)}" for one in statement.sentences]
    return "\n".join([*lines, ""])


def eval_results(summary: CheckSummary, student: str, settings: CardSettings) -> str:
    """The file of results as YAML: accuracy, and the fidelity of every relation with a rate.

    Raises:
        UsageError: ``settings`` name no data set on the Hub.
    """
    if settings.dataset is None:
        raise UsageError(
            "--out needs the data set of the check on the Hub: add --dataset ID", option="dataset"
        )
    dataset = {"id": settings.dataset}
    lines: list[str] = []
    for task, value, notes in _results(summary, student):
        revision = settings.dataset_revision
        entry: dict[str, Any] = {
            "dataset": {
                **dataset, "task_id": task, **({"revision": revision} if revision else {})
            },
            "value": round(100 * value, 2),
        }  # fmt: skip
        if settings.source_url is not None:
            entry["source"] = {"url": settings.source_url, "name": _SOURCE}
        lines += _yaml({**entry, "notes": notes})
    return "\n".join([*lines, ""])


def _results(summary: CheckSummary, student: str) -> Iterator[tuple[str, float, str]]:
    """Task, share in [0, 1] and note of each result."""
    doubts = "".join(f", warning {name}" for name in {one.name: None for one in summary.warnings})
    accuracy = summary.models[student].sources.accuracy
    if accuracy is not None:
        yield summary.task, accuracy, f"accuracy in %, {summary.data.sources:,} examples"
    for name, relation in summary.students[student].relations.items():
        for part, judged in relation.parts():
            if judged.rate is not None and judged.verdict is not None:
                low, high = 100 * (1 - judged.high), 100 * (1 - judged.low)
                yield (
                    f"{name}-{part.words}" if part is Part.FOLLOW_UPS else name,
                    1 - judged.rate,
                    f"fidelity to {summary.models['teacher'].spec} in %: 100 less the violation "
                    f"rate, {level(judged.confidence)} interval {low:.2f} to {high:.2f}, "
                    f"{judged.verdict}{doubts}",
                )


def _yaml(entry: Mapping[str, Any]) -> Iterator[str]:
    """One entry of a list; texts are written as in JSON, which YAML contains."""
    start = "- "
    for name, value in entry.items():
        if isinstance(value, dict):
            yield f"{start}{name}:"
            yield from (f"    {key}: {json.dumps(inner)}" for key, inner in value.items())
        else:
            yield f"{start}{name}: {json.dumps(value)}"
        start = "  "
