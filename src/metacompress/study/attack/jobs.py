"""Jobs of a study of attacks: one attack on one victim, gone on with where it was killed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from metacompress.attacks.engine.attempt import Budget
    from metacompress.attacks.engine.base import Attack
    from metacompress.runs.progress import Progress

_LINES = "attempts"
JOB_FILES = (f"{_LINES}/*.jsonl",)


@dataclass(frozen=True, slots=True)
class AttackJob:
    """One attack on one victim.

    Attributes:
        victim: teacher, student or pair.
        attack: what is run.
        name: under which its rows stand; the attack's own, or that of a control.
        budget_of: index of an example to what may be spent on it.
    """

    victim: str
    attack: Attack
    name: str
    budget_of: Callable[[int], Budget]


def run_job(
    job: AttackJob,
    attempts: Callable[[Sequence[int]], Iterator[dict[str, Any]]],
    indices: Sequence[int],
    directory: Path,
    progress: Progress,
) -> tuple[list[dict[str, Any]], float]:
    """Attack the examples at ``indices``; those that are done already are read.

    Every finished example is one line of a file in ``directory``, so that a process that is
    killed loses only the attacks under way.

    Args:
        job: what is run.
        attempts: runs it on the examples at some indices; yields a row as each is done.
        indices: of examples.
        directory: of the run.
        progress: shows the job.

    Returns:
        the rows by index, and the processor seconds that they took.
    """
    path = directory / _LINES / f"{job.victim}-{quote(job.name, safe='')}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    done = {row["index"]: row for row in _read_lines(path, progress)}
    missing = [index for index in indices if index not in done]
    with (
        progress.stage(f"{job.name} on {job.victim}", len(indices)) as advance,
        path.open("a", encoding="utf-8") as file,
    ):
        advance(len(indices) - len(missing))
        for row in attempts(missing):
            file.write(_line(row))
            file.flush()
            done[row["index"]] = row
            advance(1)
    rows = [done[index] for index in indices]
    return rows, sum(row["seconds"] for row in rows)


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
