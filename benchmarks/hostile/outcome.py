"""Outcome of a hostile trial, and the rules by which a trial of a command is judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from commands import Done

LOST, CHANGED, TRACEBACK, OVER = "lost", "changed", "traceback", "over"
KINDS = (LOST, CHANGED, TRACEBACK, OVER)
_VERDICTS = (0, 1, 3)


@dataclass
class Outcome:
    """Outcome of one trial.

    Attributes:
        trial: name; the part before the slash is the group in the table.
        inputs: hostile inputs that the trial consists of.
        refused: those that ended with an error of ours in one line.
        seconds: of the slowest input.
        peak: bytes of memory at most; 0 where nobody measured.
        faults: missed goals as pairs of a kind and a sentence.
    """

    trial: str
    inputs: int = 1
    refused: int = 0
    seconds: float = 0.0
    peak: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)

    def as_row(self) -> dict[str, Any]:
        """One JSON object."""
        return asdict(self)


def ending_faults(done: Done) -> list[tuple[str, str]]:
    """A command ends with a verdict, or with one line and status 2: all else is a traceback."""
    if "Traceback (most recent call last)" in done.stderr + done.stdout:
        return [(TRACEBACK, f"a traceback: {_last_line(done.stderr)}")]
    if done.status in _VERDICTS:
        return []
    if done.status != 2:
        return [(TRACEBACK, f"status {done.status}: {_last_line(done.stderr)}")]
    lines = [line for line in done.stderr.splitlines() if not line.startswith("metacompress: ")]
    errors = [line for line in lines if line.startswith("error: ")]
    if len(errors) != 1 or lines[-1] != errors[0]:
        return [(TRACEBACK, f"not one line: {done.stderr[-200:]!r}")]
    return []


def resumed_faults(
    done: Done,
    found: dict[str, str],
    expected: Expected,
    *,
    may_refuse: bool = False,
    counts: Callable[[str], bool] = lambda name: True,
) -> list[tuple[str, str]]:
    """What a command that was disturbed did not give when it was called again.

    Args:
        done: the command that was called again.
        found: what it left, as ``studies.Study.results`` states it.
        expected: what the undisturbed command gave.
        may_refuse: a refusal in one line is no loss, because nobody can know what was damaged.
        counts: whether a file of this name must be there, and be what it was.
    """
    if faults := ending_faults(done):
        return faults
    if done.status == 2:
        return [] if may_refuse else [(LOST, f"refused: {_last_line(done.stderr)}")]
    faults = []
    if done.status != expected.status:
        faults.append((CHANGED, f"status {done.status}, not {expected.status}"))
    if missing := [one for one in expected.results if one not in found and counts(one)]:
        faults.append((LOST, f"not there: {_listed(missing)}"))
    different = [
        name
        for name in found
        if found[name] != expected.results.get(name, found[name]) and counts(name)
    ]
    if different:
        faults.append((CHANGED, f"other content: {_listed(different)}"))
    if extra := sorted(found.keys() - expected.results.keys()):
        faults.append((LOST, f"left behind: {_listed(extra)}"))
    return faults


@dataclass(frozen=True)
class Expected:
    """What an undisturbed command gave.

    Attributes:
        status: its exit status.
        results: what it left.
        seconds: how long it took.
        peak: bytes that its directory took.
    """

    status: int
    results: dict[str, str]
    seconds: float
    peak: int


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no word"])[-1][:300]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
