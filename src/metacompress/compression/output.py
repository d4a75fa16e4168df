"""What a technique writes: a directory that is whole or not there, with a card.

The card is the one of the model before, extended by a list ``compression`` with one entry for
every technique, in their order.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError
from metacompress.files import atomic
from metacompress.files.room import reporting_full_disk
from metacompress.training.card import CARD, COMPRESSION, README, read_card, write_card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def new_directory(out: Path) -> Iterator[Path]:
    """A directory to fill, which becomes ``out`` at once when the block ends without an error.

    Args:
        out: where it goes; may exist if it is an empty directory.

    Raises:
        UsageError: ``out`` holds something, or cannot be written.
        RunDirectoryError: the disk is full.
    """
    _refuse_used(out)
    try:
        with atomic.new_directory(out) as made, reporting_full_disk(out):
            yield made
    except OSError as error:
        _refuse_used(out)  # somebody else was quicker
        raise UsageError(f"--out {out}: cannot be written ({error.strerror or error})") from error


def extend_card(source: Path, made: Path, step: dict[str, Any]) -> None:
    """Write the card of ``source``, as it is after another technique, into ``made``.

    Args:
        source: directory of the model before; it may have no card.
        made: directory of the model after.
        step: what was done; its ``summary`` is a sentence for people, and ``scored`` is false
            where the scores of the card are those before it.
    """
    trained = read_card(source)
    card = dict(trained or _untrained_card(source))
    # It speaks of a file that is not the one in ``made``.
    card.pop("onnx", None)
    card[COMPRESSION] = [*card.get(COMPRESSION, []), step]
    if trained is not None:
        write_card(made, card)
        return
    atomic.write_text(made / CARD, json.dumps(card, indent=2) + "\n")
    lines = ["# Compressed model", ""]
    lines += [f"{number}. {one['summary']}" for number, one in enumerate(card[COMPRESSION], 1)]
    atomic.write_text(made / README, "\n".join(lines) + "\n")


def _untrained_card(source: Path) -> dict[str, Any]:
    """What earlier techniques left beside a model that was not trained here."""
    try:
        card = json.loads((source / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    steps = card.get(COMPRESSION) if isinstance(card, dict) else None
    return {COMPRESSION: steps} if isinstance(steps, list) else {}


def _refuse_used(out: Path) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise UsageError(f"--out {out}: there is something already; name a new directory")
