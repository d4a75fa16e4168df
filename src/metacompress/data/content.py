"""Digests of input files: everything that is read counts by its content, not by its path."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from metacompress.errors import DataError
from metacompress.files.reads import note_read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example

# Written about a model, not read to compute its outputs.
_DESCRIPTIONS = frozenset({"card.json", "README.md", "LICENSE", "trainer_state.json"})
# Formats of other programs that Hugging Face repositories hold beside the weights.
_OTHER_FORMATS = (".onnx", ".onnx.data", ".onnx_data", ".h5", ".msgpack", ".ot", ".tflite")


def content_digest(path: Path) -> str:
    """A hexadecimal SHA-256 of a file's bytes, or of the files of a model's directory.

    Raises:
        DataError: there is no such file, or it cannot be read.
    """
    note_read(path)
    if path.is_dir():
        entries = [f"{file.name}:{content_digest(file)};" for file in content_files(path)]
        return hashlib.sha256("".join(entries).encode()).hexdigest()
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise DataError(f"{path}: no such file", path=path) from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})", path=path) from error


def content_files(directory: Path) -> list[Path]:
    """The files of a model's directory that its outputs may depend on, sorted by name.

    Every file counts that is not known to be something else: a tokenizer may be in a file of
    any name. Subdirectories (checkpoints, caches) and hidden files do not count.
    """
    return sorted(
        path
        for path in directory.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.name not in _DESCRIPTIONS
        and not path.name.endswith(_OTHER_FORMATS)
    )


def examples_digest(examples: Iterable[Example]) -> str:
    """A digest of ids, groups, labels, program ids and texts, in their order."""
    digest = hashlib.sha256()
    for example in examples:
        fields = (
            example.id,
            example.group,
            example.label,
            example.program_ids,
            example.content_key(),
        )
        # repr quotes what it joins, so that no two examples collide.
        digest.update(repr(fields).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def dataset_digest(dataset: Dataset) -> str:
    """A digest of the examples and of the rows that are not among them."""
    rows = [(row.line, str(row.reason), row.detail) for row in dataset.quarantine]
    left_out = repr((rows, dataset.skipped)).encode("utf-8", "backslashreplace")
    return hashlib.sha256(examples_digest(dataset).encode() + left_out).hexdigest()
