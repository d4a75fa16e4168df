"""Counterexamples as SARIF 2.1.0: a run per student, a rule per relation, a result per violation.

The level of a result is the verdict of its relation on its part: an error where it fails, a warning
where it is undecided, a note where it passes.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from metacompress.characters import visible
from metacompress.data.in_memory import EXAMPLES
from metacompress.data.part import Part
from metacompress.report.inputs.changes import changed_lines
from metacompress.report.inputs.checked import violating_inputs
from metacompress.report.wording import MEANINGS, answer
from metacompress.runs.finite import finite
from metacompress.stats.verdict import Verdict
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.report.inputs.shown import ShownInput, ShownInputs, Violation
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary, StudentSummary

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# As many results of a run as GitHub shows; the worst of every relation come first.
_MOST = 5_000
_LEVELS = {Verdict.FAIL: "error", Verdict.UNDECIDED: "warning", Verdict.PASS: "note"}
_NO_FILES = ("demo", EXAMPLES)


def sarif_text(run: RunDirectory, summary: CheckSummary) -> str:
    """The violations of a finished check as SARIF.

    Raises:
        RunDirectoryError: the run lacks a table or holds a damaged one.
    """
    shown = violating_inputs(run, summary)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [_run(summary, shown, name, one) for name, one in summary.students.items()],
    }
    return json.dumps(finite(log), indent=1, ensure_ascii=False) + "\n"


def _run(
    summary: CheckSummary, shown: ShownInputs, student: str, found: StudentSummary
) -> dict[str, Any]:
    relations = list(found.relations)
    violations = [
        (one, violation)
        for one in shown.inputs
        for violation in one.violations
        if violation.student == student
    ]
    return {
        "tool": {
            "driver": {
                "name": "MetaCompress",
                "version": version("metacompress"),
                "rules": [_rule(name) for name in relations],
            }
        },
        "automationDetails": {"id": f"metacompress/{summary.task}/{student}/"},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": violation.relation,
                "ruleIndex": relations.index(violation.relation),
                "level": _level(found, one, violation),
                "message": {"text": _message(summary.labels, one, violation)},
                **_locations(one, summary.data.source),
                "partialFingerprints": {"violation/v1": _fingerprint(one, violation)},
                "properties": {
                    "magnitude": violation.magnitude,
                    **one.facets,
                    "teacher": list(one.answers(TEACHER)),
                    "student": list(one.answers(student)),
                },
            }
            for one, violation in violations[:_MOST]
        ],
        "properties": {"verdict": found.verdict},
    }


def _rule(relation: str) -> dict[str, Any]:
    meaning = MEANINGS.get(relation, relation)
    return {"id": relation, "shortDescription": {"text": f"Teacher and student: {meaning}"}}


def _level(found: StudentSummary, one: ShownInput, violation: Violation) -> str:
    part = Part.SOURCES if one.is_source else Part.FOLLOW_UPS
    judged = dict(found.relations[violation.relation].parts())[part]
    return _LEVELS.get(judged.verdict or Verdict.UNDECIDED, "warning")


def _message(labels: Sequence[str], one: ShownInput, violation: Violation) -> str:
    answers = ", ".join(
        f"{name} {answer(labels, one.answers(name))}" for name in (TEACHER, violation.student)
    )
    label = "" if one.source.label is None else f"; label {one.source.label}"
    # People read it, in a list of alerts or an editor.
    return visible(f"{violation.relation} is violated on {one.id}: {answers}{label}")


def _locations(one: ShownInput, data: str) -> dict[str, Any]:
    """Programs that the variant changes come first: results are shown at their first location."""
    places = []
    for number, place in enumerate(one.source.places):
        if place is not None:
            changes = changed_lines(one.source.programs[number], one.programs[number])
            line = place.line + (changes[0][0] if changes else 0)
            places.append((not changes, number, _physical(place.file, line)))
    places.sort(key=lambda found: found[:2])
    physical = [found for _, _, found in places]
    if not physical and not (data in _NO_FILES or data.startswith("hub:")):
        physical = [_physical(data)]
    logical = {"logicalLocations": [{"fullyQualifiedName": one.source.id, "kind": "member"}]}
    first, others = physical[:1] or [{}], physical[1:]
    located: dict[str, Any] = {"locations": [{**first[0], **logical}]}
    if others:
        located["relatedLocations"] = [
            {"id": number, "message": {"text": "the other program"}, **other}
            for number, other in enumerate(others)
        ]
    return located


def _physical(path: str, line: int | None = None) -> dict[str, Any]:
    """A file; relative paths are read from the root of the code base."""
    parts = PurePath(path)
    uri = parts.as_uri() if parts.is_absolute() else quote(parts.as_posix())
    region = {} if line is None else {"region": {"startLine": line}}
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, **region}}


def _fingerprint(one: ShownInput, violation: Violation) -> str:
    """By which a later run is known to have the same violation."""
    named = repr((violation.student, violation.relation, one.key))
    return hashlib.sha256(named.encode("utf-8", "backslashreplace")).hexdigest()
