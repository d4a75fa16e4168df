"""The table of attempts: one row per victim, attack and example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from rapidfuzz.distance import Levenshtein

from metacompress.lang.lexing import token_texts
from metacompress.lang.program import AnalysedProgram

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.attacks.engine.attempt import Attempt
    from metacompress.attacks.engine.subject import Candidate, Subject

TABLE = "attempts.parquet"
_SCHEMA = pa.schema(
    [
        ("victim", pa.string()),
        ("attack", pa.string()),
        ("index", pa.int32()),
        ("id", pa.string()),
        ("succeeded", pa.bool_()),
        # Candidates that reached the goal and that the gate refused, by reason, as a JSON object.
        ("refused", pa.string()),
        ("queries", pa.int32()),
        ("distinct", pa.int32()),
        ("gradients", pa.int32()),
        ("found_at", pa.int32()),
        ("stopped", pa.string()),
        ("clean", pa.float64()),
        ("lowest", pa.float64()),
        # The programs of the adversarial variant, or else of the one of the lowest rank.
        ("programs", pa.list_(pa.string())),
        ("changes", pa.string()),
        ("identifiers_changed", pa.int32()),
        ("tokens_changed", pa.int32()),
        ("edit_distance", pa.int32()),
    ]
)


def attempts_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """All rows, without what they took: the same study gives the same bytes."""
    fields = _SCHEMA.names
    return pa.Table.from_pylist(
        [{name: row[name] for name in fields} for row in rows], schema=_SCHEMA
    )


def attempt_row(victim: str, attack: str, attempt: Attempt) -> dict[str, Any]:
    """What came of one attempt; ``seconds`` is in no table.

    Args:
        victim: that was attacked: teacher, student or pair.
        attack: name under which the row stands.
        attempt: the attempt.
    """
    shown = attempt.adversarial or attempt.best
    return {
        "victim": victim,
        "attack": attack,
        "index": attempt.index,
        "id": attempt.subject.example.id,
        "succeeded": attempt.adversarial is not None,
        "refused": json.dumps(dict(sorted(attempt.refusals.items()))),
        "queries": attempt.queries,
        "distinct": attempt.distinct,
        "gradients": attempt.gradients,
        "found_at": attempt.found_at,
        "stopped": attempt.stopped,
        "clean": attempt.clean,
        "lowest": attempt.lowest,
        **_changes(attempt.subject, shown),
        "seconds": attempt.seconds,
    }


def _changes(subject: Subject, candidate: Candidate | None) -> dict[str, Any]:
    if candidate is None:
        return {
            "programs": None,
            "changes": None,
            "identifiers_changed": None,
            "tokens_changed": None,
            "edit_distance": None,
        }
    identifiers = tokens = distance = 0
    for program, source in subject.sources.items():
        text = candidate.example.programs[program].text
        if text == subject.example.programs[program].text:
            continue
        variant = AnalysedProgram.of(text, source.language)
        if program in candidate.rewritten:
            left = variant.scopes.names
            identifiers += sum(
                i.program == program and i.name not in left for i in subject.identifiers
            )
        else:
            identifiers += sum(i.program == program for i in candidate.renaming)
        tokens += Levenshtein.distance(
            list(token_texts(source.parsed)), list(token_texts(variant.parsed))
        )
        distance += Levenshtein.distance(subject.example.programs[program].text, text)
    steps = [step.transformation for _, step in candidate.steps]
    renaming = {
        f"{identifier.program}:{identifier.name}": new
        for identifier, new in candidate.renaming.items()
    }
    return {
        "programs": [program.text for program in candidate.example.programs],
        "changes": json.dumps({"renaming": renaming, "steps": steps}, ensure_ascii=False),
        "identifiers_changed": identifiers,
        "tokens_changed": tokens,
        "edit_distance": distance,
    }
