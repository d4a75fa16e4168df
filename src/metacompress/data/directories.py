"""Directories of data: which file holds a split, and what to say where none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.data.rows import SUFFIXES
from metacompress.data.splits import SPLIT_NAMES, choose_split, spellings
from metacompress.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TABLE_FILES = ("{split}.jsonl", "{split}.json", "{split}.csv", "{split}.tsv", "{split}.parquet")
FUNCTION_FILES = ("functions.jsonl", "data.jsonl")
PAIR_FILES = ("{split}_pairs.tsv", "{split}.txt")
# As Dataset.save_to_disk and DatasetDict.save_to_disk write them.
SAVED_DATASET = "state.json"
SAVED_SPLITS = "dataset_dict.json"
_NAMED = 5


def file_of_split(directory: Path, split: str | None, patterns: Sequence[str]) -> Path:
    """The file of a split, under the name that was asked for or another of its names.

    Args:
        directory: of the files.
        split: one of ``SPLIT_NAMES``, or another that the files have.
        patterns: names of the files, with ``{split}`` for the split.

    Raises:
        UsageError: no split is given.
        DataError: there is no file of it.
    """
    if split is None:
        raise _no_split(directory, patterns)
    found: dict[str, Path] = {}
    for spelling in spellings(split):
        path = first_existing(directory, [name.format(split=spelling) for name in patterns])
        if path is not None:
            found[spelling] = path
    if not found:
        expected = ", ".join(name.format(split=split) for name in patterns)
        raise DataError(
            f"{directory}: none of {expected} (plain or .gz) in it; {_what_is_there(directory)}",
            path=directory,
        )
    return found[choose_split(split, found, str(directory))]


def first_existing(directory: Path, names: Iterable[str]) -> Path | None:
    """The first of these files that exists, plain or gzip."""
    candidates = (directory / (name + suffix) for name in names for suffix in ("", ".gz"))
    return next((path for path in candidates if path.is_file()), None)


def _no_split(directory: Path, patterns: Sequence[str]) -> UsageError:
    splits = [
        split
        for split in SPLIT_NAMES
        if first_existing(directory, [name.format(split=split) for name in patterns])
    ]
    if splits:
        return UsageError(
            f"{directory} is a directory; say which split with --split {', '.join(splits)}",
            option="split",
        )
    return UsageError(
        f"{directory} is a directory without a file of a split; {_what_is_there(directory)}",
        option="split",
    )


def _what_is_there(directory: Path) -> str:
    """The way out, by what the directory holds."""
    if any((directory / name).is_file() for name in (SAVED_DATASET, SAVED_SPLITS)):
        return f"datasets has saved it: give it as hub:{directory}"
    try:
        names = sorted(path.name for path in directory.iterdir())
    except OSError as error:
        return f"it cannot be listed ({error.strerror or error})"
    tables = [name for name in names if name.removesuffix(".gz").lower().endswith(tuple(SUFFIXES))]
    if not tables:
        return f"no table is in it; tables are {', '.join(sorted(SUFFIXES))} files, plain or .gz"
    more = f" and {len(tables) - _NAMED} more" if len(tables) > _NAMED else ""
    return f"tables in it: {', '.join(tables[:_NAMED])}{more}; give one of them itself"
