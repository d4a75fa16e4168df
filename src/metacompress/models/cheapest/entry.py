"""What the cache holds of one model: the measured choice, and the model in ONNX format.

An entry is a directory that appears at once, whole; every file has a checksum in its manifest.
What is damaged counts as missing and is made again. Of two processes that make an entry at the same
time, the first one's stays.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from metacompress.files.atomic import new_directory
from metacompress.models.protocols.costed import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "choice.json"
MODEL = "model"
TOLERANCE = 1e-5
"""Largest difference of a probability between two back ends of one model."""


class Choice(BaseModel):
    """What was found out about one model on one machine.

    Attributes:
        model: fingerprint of the model, as torch runs it.
        weights: see Classifier.weights_digest, likewise.
        doubts: see Classifier, likewise.
        max_length: tokens per input at most.
        weight: see Costed, likewise; None where it does not tell.
        seconds: CPU seconds per input, by back end.
        reason: why ONNX Runtime cannot stand for torch; None where it can.
        files: SHA-256 of the files of the exported model, by name; none without one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    weights: str | None = None
    doubts: tuple[str, ...] = ()
    max_length: int = 0
    weight: Weight | None = None
    seconds: dict[str, float] = {}
    reason: str | None = None
    files: dict[str, str] = {}

    @property
    def exact(self) -> bool:
        """Whether ONNX Runtime gives the same probabilities within TOLERANCE."""
        return self.reason is None


def read_choice(entry: Path) -> Choice | None:
    """The choice that ``entry`` holds; None where there is none, or a file of it is damaged."""
    try:
        text = (entry / MANIFEST).read_text(encoding="utf-8")
        stated, _, content = text.partition("\n")
        if stated != _digest(content.encode()):
            return None
        choice = Choice.model_validate_json(content)
        for name, digest in choice.files.items():
            if _file_digest(entry / MODEL / name) != digest:
                return None
    except (OSError, ValueError, ValidationError):
        return None
    return choice


@contextmanager
def making(entry: Path) -> Iterator[Path]:
    """A directory to fill, which becomes ``entry`` at the end of the block; see ``write_choice``.

    Where another process has made a sound entry meanwhile, that one stays.

    Raises:
        OSError: the cache cannot be written.
    """
    try:
        with new_directory(entry) as made:
            yield made
            if read_choice(entry) is None:
                _remove(entry)
    except OSError:
        if read_choice(entry) is None:
            raise


def _remove(entry: Path) -> None:
    """Remove what stands in the place of an entry, whatever it is."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def write_choice(made: Path, choice: Choice) -> Choice:
    """Write ``choice`` with the checksums of the model's files; returns it with them."""
    files = {}
    with suppress(FileNotFoundError):
        files = {one.name: _file_digest(one) for one in sorted((made / MODEL).iterdir())}
    choice = choice.model_copy(update={"files": files})
    content = choice.model_dump_json(indent=2) + "\n"
    (made / MANIFEST).write_text(f"{_digest(content.encode())}\n{content}", encoding="utf-8")
    return choice


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
