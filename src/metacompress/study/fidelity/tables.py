"""Tables of a study of next-token fidelity: a row per program, and one per predicted token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKENS = "tokens.parquet"
PROGRAMS = "programs.parquet"
LINES = "lines.parquet"
SHARDS = "tokens"
FIDELITY_FILES = (TOKENS, PROGRAMS, LINES, f"{SHARDS}/*.parquet")

PROGRAMS_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.int32()),
        ("variant", pa.int32()),
        ("tokens", pa.int32()),
        ("truncated", pa.bool_()),
        ("bytes", pa.int32()),
        ("bytes_read", pa.int32()),
    ]
)
"""One row per program: number of its source, and of the variant among all of them, -1 of a source;
tokens that are read, and whether the text goes on behind them.
"""
_SCORES = [("log_likelihood", pa.float64()), ("top", pa.int32())]
_DIVERGENCES = [(name, pa.float64()) for name in ("kl", "reverse_kl", "total_variation")]


def tokens_schema(students: Iterable[str]) -> pa.Schema:
    """One row per predicted token.

    Its source and variant are those of ``PROGRAMS_SCHEMA``; ``token`` is its place in the program,
    ``start`` and ``end`` are its bytes, and ``kept`` is the place of the same token in the source,
    -1 where an edit touched it, and in sources. Divergences and logarithms are in nats.
    """
    of_student = pa.struct(_SCORES + _DIVERGENCES)
    return pa.schema(
        [
            ("source", pa.int32()),
            ("variant", pa.int32()),
            ("token", pa.int32()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("class", pa.string()),
            ("kept", pa.int32()),
            ("teacher", pa.struct(_SCORES)),
            ("students", pa.struct([(name, of_student) for name in students])),
        ]
    )


def lines_schema(models: Iterable[str]) -> pa.Schema:
    """One row per line: its number from 0, its bytes that all models predict, and bits by model."""
    return pa.schema(
        [
            ("source", pa.int32()),
            ("variant", pa.int32()),
            ("line", pa.int32()),
            ("bytes", pa.int32()),
            ("bits", pa.struct([(name, pa.float64()) for name in models])),
        ]
    )
