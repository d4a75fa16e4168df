"""The table of a study of completions: a row per program."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

COMPLETIONS = "completions.parquet"
SHARDS = "completions"
COMPLETIONS_FILES = (COMPLETIONS, f"{SHARDS}/*.parquet")

_OF_MODEL = pa.struct(
    [
        ("text", pa.string()),
        ("tokens", pa.int32()),
        ("end", pa.string()),
        ("kept", pa.float64()),
        ("passed", pa.bool_()),
    ]
)
_OF_STUDENT = pa.struct(
    [("similarity", pa.float64()), ("first_divergent", pa.int32()), ("agreed", pa.float64())]
)


class LeftOut(StrEnum):
    """Why a program is not completed."""

    SHORT = "nothing-left"
    """Behind the lines that a model would read, the function has no other."""
    LONG = "too-long"
    """What a model would read and write does not fit into a window."""
    MOVED = "edited-at-the-cut"
    """An edit of a variant goes beyond the place where its source was cut."""


class End(StrEnum):
    """Where a completion ends."""

    FUNCTION = "function"
    """At the end of the function."""
    TEXT = "text"
    """Where the model ended the text."""
    LENGTH = "length"
    """After the largest number of tokens."""


def completions_schema(models: Iterable[str], students: Iterable[str]) -> pa.Schema:
    """One row per source and variant, in this order of each source.

    ``variant`` is the number of the variant among all of them, -1 of a source; ``left_out`` is null
    where the program was completed, ``prompt`` is what the models read, and ``program_passed`` says
    whether the program as it is passes its tests (null where it has none). Of a model: its text up
    to the end of the function, with so many tokens; how similar the text of a variant, in the names
    of the source, is to that of the source (null of sources); and whether the completed program
    passes its tests (null where it has none, or does not pass them as it is). Of a student: its
    similarity to the teacher's text, the number of the teacher's first token that it does not write
    (null where both texts are the same), and the share of the teacher's tokens before that.
    """
    return pa.schema(
        [
            ("id", pa.string()),
            ("source", pa.int32()),
            ("variant", pa.int32()),
            ("left_out", pa.string()),
            ("prompt", pa.string()),
            ("program_passed", pa.bool_()),
            ("models", pa.struct([(name, _OF_MODEL) for name in models])),
            ("students", pa.struct([(name, _OF_STUDENT) for name in students])),
        ]
    )
