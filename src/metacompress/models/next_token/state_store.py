"""Final states in half precision, by the tokens that a model read: one file for any number."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors import SafetensorError

from metacompress.errors import ModelError, first_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from metacompress.models.next_token.reading import ReadProgram

STATES = "states.db"


@dataclass(frozen=True, slots=True)
class Rounding:
    """What half precision changed in the distributions of the tokens that are kept.

    Attributes:
        tokens: kept ones that were predicted.
        bytes_per_token: of the states, on average.
        mean_kl: KL(as asked || as kept), mean over them, in nats; nan without any.
        max_kl: its largest value.
        other_top: tokens in whose place another token is most likely.
    """

    tokens: int
    bytes_per_token: float
    mean_kl: float
    max_kl: float
    other_top: int


class StateStore:
    """A directory of final states of one model; a context manager.

    Args:
        path: the directory.

    Raises:
        ModelError: it is damaged, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with storing(path):
            self._database = sqlite3.connect(path / STATES, isolation_level=None)
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS states (input BLOB PRIMARY KEY, tokens INTEGER, "
                "predicted INTEGER, states BLOB, kl REAL, max_kl REAL, other_top INTEGER) STRICT"
            )

    def __enter__(self) -> StateStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def get(self, program: ReadProgram) -> torch.Tensor | None:
        """The states of a program as they were kept, float16 (tokens, h); None where they are not.

        Raises:
            ModelError: the file is damaged.
        """
        with storing(self.path):
            row = self._database.execute(
                "SELECT tokens, states FROM states WHERE input = ?", [_key(program)]
            ).fetchone()
        if row is None:
            return None
        tokens, content = row
        states = np.frombuffer(content, dtype=np.float16).reshape(tokens, -1)
        return torch.from_numpy(states.copy())

    def put(
        self,
        programs: Sequence[ReadProgram],
        states: Sequence[torch.Tensor],
        changes: Sequence[tuple[float, float, int]],
    ) -> None:
        """Keep states of programs at once, or none of them.

        Args:
            programs: that were read.
            states: float16 (tokens, h) each.
            changes: sum and largest value of KL, and other most likely tokens; see Rounding.
        """
        rows = [
            (_key(one), len(one), len(one.targets), kept.cpu().numpy().tobytes(), *change)
            for one, kept, change in zip(programs, states, changes, strict=True)
        ]
        with storing(self.path):
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR IGNORE INTO states VALUES (?,?,?,?,?,?,?)", rows)
            self._database.execute("COMMIT")

    def rounding(self) -> Rounding:
        """What half precision changed, over all that is kept."""
        with storing(self.path):
            tokens, read, size, kl, largest, other = self._database.execute(
                "SELECT total(predicted), total(tokens), total(length(states)), total(kl), "
                "max(max_kl), total(other_top) FROM states"
            ).fetchone()
        return Rounding(
            int(tokens),
            size / read if read else float("nan"),
            kl / tokens if tokens else float("nan"),
            largest if tokens else float("nan"),
            int(other),
        )


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn what goes wrong with files of a store into an error of ours.

    Raises:
        ModelError: they are missing or damaged.
    """
    try:
        yield
    except (OSError, ValueError, KeyError, sqlite3.Error, SafetensorError) as error:
        raise ModelError(
            f"{path}: not a directory of kept states, or damaged ({first_line(error)})", path=path
        ) from error


def _key(program: ReadProgram) -> bytes:
    return hashlib.sha256(program.ids.astype("<i8").tobytes()).digest()
