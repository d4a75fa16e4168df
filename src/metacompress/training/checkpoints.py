"""Checkpoints of a training: complete and undamaged ones are gone on from.

The Trainer writes its state last, and then comes the clock file of ours with the checksums of all
others: a checkpoint without it was cut off, and one that differs from it is damaged.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.files.atomic import write_text
from metacompress.files.sums import differing, sums_of

if TYPE_CHECKING:
    from collections.abc import Callable

_TRAINER_STATE, _CLOCK = "trainer_state.json", "clock.json"


def seal(checkpoint: Path, seconds: float) -> None:
    """Say that a checkpoint is complete.

    Args:
        checkpoint: its directory.
        seconds: spent on training until then.
    """
    content = {"seconds": seconds, "files": sums_of(checkpoint, but=(_CLOCK,))}
    write_text(checkpoint / _CLOCK, json.dumps(content))


def last_checkpoint(directory: Path, note: Callable[[str], None]) -> tuple[Path | None, float]:
    """The latest checkpoint that can be gone on from, and the seconds of training behind it.

    The best one so far must be undamaged, too, for its weights may be the result.

    Args:
        directory: of all checkpoints.
        note: called with a line for the user on every damaged one.
    """
    found = sorted(directory.glob("checkpoint-*"), key=_steps)
    sealed = {path.name: clock for path in found if (clock := _clock(path)) is not None}
    intact = set()
    for name, clock in sealed.items():
        if names := differing(directory / name, clock["files"]):
            note(f"{directory / name}: damaged ({', '.join(names)}); it is not used")
        else:
            intact.add(name)
    for path in reversed(found):
        best = _best(path) if path.name in intact else None
        if best is not None and best in {"", *intact}:
            return path, float(sealed[path.name]["seconds"])
    return None, 0.0


def _steps(path: Path) -> int:
    number = path.name.rpartition("-")[2]
    return int(number) if number.isdecimal() else -1


def _clock(checkpoint: Path) -> dict[str, Any] | None:
    content = _object(checkpoint / _CLOCK) or {}
    whole = isinstance(content.get("files"), dict)
    return content if whole and isinstance(content.get("seconds"), (int, float)) else None


def _best(checkpoint: Path) -> str | None:
    """Name of the best checkpoint so far, empty where none is kept; None where nobody knows."""
    state = _object(checkpoint / _TRAINER_STATE)
    return None if state is None else Path(state.get("best_model_checkpoint") or "").name


def _object(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
