"""What a technique writes: a directory that is whole or not there, with a card.

The card is the one of the model before, extended by a list ``compression`` with one entry for
every technique, in their order.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.files import atomic
from metacompress.files.room import reporting_full_disk
from metacompress.runs.record import Record
from metacompress.training.card import CARD, README, numbered, read_card, read_steps, write_card
from metacompress.training.summary import CompressionStep

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
        raise UsageError(
            f"--out {out}: cannot be written ({error.strerror or error})", option="out"
        ) from error


def extend_card(source: Path, made: Path, step: CompressionStep) -> None:
    """Write the card of ``source``, as it is after another technique, into ``made``.

    Args:
        source: directory of the model before; it may have no card.
        made: directory of the model after.
        step: what was done.
    """
    card = read_card(source)
    if card is not None:
        # An export that it speaks of is not in ``made``.
        steps = [*card.compression, step]
        write_card(made, card.model_copy(update={"onnx": None, "compression": steps}))
        return
    untrained = _UntrainedCard(compression=[*read_steps(source), step])
    atomic.write_text(made / CARD, json.dumps(untrained.content(), indent=2) + "\n")
    lines = ["# Compressed model", "", *numbered(untrained.compression)]
    atomic.write_text(made / README, "\n".join(lines) + "\n")


class _UntrainedCard(Record):
    """The card of a model that was not trained here."""

    compression: list[CompressionStep]


def _refuse_used(out: Path) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise UsageError(
            f"--out {out}: there is something already; name a new directory", option="out"
        )
