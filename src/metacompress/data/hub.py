"""Rows of a data set of the Hugging Face hub, or of one that ``datasets`` saved to disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.data.directories import SAVED_DATASET, SAVED_SPLITS
from metacompress.data.rows import QuarantinedRow, Row
from metacompress.data.splits import choose_split, spellings
from metacompress.errors import DataError, UsageError, first_line
from metacompress.extras import needing

if TYPE_CHECKING:
    from collections.abc import Iterator


def hub_rows(name: str, split: str | None) -> Iterator[Row | QuarantinedRow]:
    """Yield the rows of the split ``split`` of ``name``, a hub id or a local directory.

    A directory that ``Dataset.save_to_disk`` wrote is one split: ``split`` may be left out, and
    must be its own name where it has one.

    Raises:
        DataError: it cannot be read.
        UsageError: there is no such split, or several and none was asked for.
        MissingDependencyError: the package datasets is not installed.
    """
    with needing("reading from the Hugging Face hub"):
        import datasets
    try:
        rows = _open(datasets, name, split)
        for number, values in enumerate(rows, start=1):
            yield Row(number, values)
    except (OSError, ValueError, datasets.exceptions.DatasetsError) as error:
        asked = "" if split is None else f", split {split!r}"
        raise DataError(f"hub data set {name!r}{asked}: {first_line(error)}", path=name) from error


def _open(datasets: Any, name: str, split: str | None) -> Any:
    directory = Path(name)
    if (directory / SAVED_DATASET).is_file():
        saved = datasets.load_from_disk(name)
        own = None if saved.split is None else str(saved.split)
        if split is not None and own is not None:
            choose_split(split, [own], name)
        return saved
    if split is None:
        raise UsageError(f"say which split of {name!r} to read with --split", option="split")
    if (directory / SAVED_SPLITS).is_file():
        splits = datasets.load_from_disk(name)
        return splits[choose_split(split, list(splits), name)]
    first_error: ValueError | None = None
    for spelling in spellings(split):
        try:
            return datasets.load_dataset(name, split=spelling, streaming=True)
        except ValueError as error:  # datasets has no other error for an unknown split
            first_error = first_error or error
    assert first_error is not None
    raise first_error
