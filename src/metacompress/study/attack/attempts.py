"""The stage that attacks: one row for each victim, attack and example."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyarrow as pa
from rapidfuzz.distance import Levenshtein

from metacompress.lang.lexing import token_texts
from metacompress.lang.program import AnalysedProgram

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from metacompress.attacks.engine.base import Attack
    from metacompress.attacks.engine.scheduler import Attempt, Budget, Scheduler
    from metacompress.attacks.engine.subject import Candidate, Subject
    from metacompress.models.role import Role
    from metacompress.runs.progress import Progress

TABLE = "attempts.parquet"
_SHARDS = "attempts"
ATTEMPTS_FILES = (TABLE, f"{_SHARDS}/*.jsonl")

_SCHEMA = pa.schema(
    [
        ("victim", pa.string()),
        ("attack", pa.string()),
        ("index", pa.int32()),
        ("id", pa.string()),
        ("succeeded", pa.bool_()),
        # Flips that the gate refused, by reason, as a JSON object.
        ("refused_flips", pa.string()),
        ("queries", pa.int32()),
        ("distinct", pa.int32()),
        ("gradients", pa.int32()),
        ("flipped_at", pa.int32()),
        ("stopped", pa.string()),
        ("clean", pa.float64()),
        ("lowest", pa.float64()),
        # The programs of the adversarial variant, or else of the one of the lowest P(label).
        ("programs", pa.list_(pa.string())),
        ("changes", pa.string()),
        ("identifiers_changed", pa.int32()),
        ("tokens_changed", pa.int32()),
        ("edit_distance", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class AttackJob:
    """One attack on one victim.

    Attributes:
        victim: teacher or student.
        attack: what is run.
        name: under which its rows stand; the attack's own, or that of a control.
        budget_of: index of an example to what may be spent on it.
    """

    victim: Role
    attack: Attack
    name: str
    budget_of: Callable[[int], Budget]


def run_job(
    job: AttackJob,
    scheduler: Scheduler,
    subjects: Callable[[int], Subject],
    indices: Sequence[int],
    directory: Path,
    progress: Progress,
) -> tuple[list[dict[str, Any]], float]:
    """Attack the examples at ``indices``; those that are done already are read.

    Every finished example is one line of a file in ``directory``, so that a process that is
    killed loses only the attacks under way.

    Returns:
        the rows by index, and the processor seconds that they took.
    """
    path = directory / _SHARDS / f"{job.victim}-{quote(job.name, safe='')}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    done = {row["index"]: row for row in _read_lines(path, progress)}
    missing = [index for index in indices if index not in done]
    with (
        progress.stage(f"{job.name} on {job.victim}", len(indices)) as advance,
        path.open("a", encoding="utf-8") as file,
    ):
        advance(len(indices) - len(missing))
        pairs = ((index, subjects(index)) for index in missing)
        for attempt in scheduler.run(job.attack, pairs, job.budget_of):
            row = _row(job, attempt)
            file.write(_line(row))
            file.flush()
            done[attempt.index] = row
            advance(1)
    rows = [done[index] for index in indices]
    return rows, sum(row["seconds"] for row in rows)


def attempts_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """All rows, without what they took: the same study gives the same bytes."""
    fields = _SCHEMA.names
    return pa.Table.from_pylist(
        [{name: row[name] for name in fields} for row in rows], schema=_SCHEMA
    )


def _read_lines(path: Path, progress: Progress) -> Iterator[dict[str, Any]]:
    """The whole lines of a file; a half one, of a process that was killed, is cut off."""
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    damaged = 0
    for line in whole.split(b"\n")[:-1]:
        digest, _, text = line.partition(b" ")
        if digest == _digest(text):
            yield json.loads(text)
        else:
            damaged += 1
    if damaged:
        progress.note(f"{path}: {damaged} damaged lines; these examples are attacked again")


def _line(row: dict[str, Any]) -> str:
    """A row with its checksum in front."""
    text = json.dumps(row)
    return f"{_digest(text.encode()).decode()} {text}\n"


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).hexdigest().encode()


def _row(job: AttackJob, attempt: Attempt) -> dict[str, Any]:
    shown = attempt.adversarial or attempt.best
    return {
        "victim": str(job.victim),
        "attack": job.name,
        "index": attempt.index,
        "id": attempt.subject.example.id,
        "succeeded": attempt.adversarial is not None,
        "refused_flips": json.dumps(dict(sorted(attempt.flips.items()))),
        "queries": attempt.queries,
        "distinct": attempt.distinct,
        "gradients": attempt.gradients,
        "flipped_at": attempt.flipped_at,
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
