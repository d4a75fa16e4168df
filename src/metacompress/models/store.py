"""The prediction store: every answer of a classifier is computed once.

One SQLite file, keyed by the classifier's fingerprint and the input's key; beside the answers it
keeps the data-flow graphs of programs for classifiers that read them. A batch of answers is one
transaction, so a process that is killed leaves whole batches behind, and several processes
may share a store. Answers of a classifier that is known by its identity alone are remembered until
the store is closed, and not written.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Self

import numpy as np

from metacompress.errors import RunDirectoryError
from metacompress.models.classifier import Predictions
from metacompress.models.identity import fingerprint_of, is_resumable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier

# Inputs that are asked of a classifier and committed together; a killed process loses one such
# block. A block is large enough for batches of rows of equal length.
BLOCK = 512
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS answer (
        model TEXT NOT NULL, input TEXT NOT NULL, answer BLOB NOT NULL, PRIMARY KEY (model, input)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE IF NOT EXISTS graph (program TEXT PRIMARY KEY, graph BLOB NOT NULL)",
)


class PredictionStore:
    """Predictions on disk; use it as a context manager.

    Args:
        path: the file, created if missing.

    Raises:
        RunDirectoryError: the file cannot be written or is no prediction store.
    """

    def __init__(self, path: Path) -> None:
        # Answers of classifiers that are not resumable, by model and input.
        self._passing: dict[str, dict[str, bytes]] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=60)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            for table in _SCHEMA:
                self._connection.execute(table)
        except (sqlite3.Error, OSError) as error:
            raise RunDirectoryError(
                f"{path}: cannot be used as prediction store ({error})"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def predict(
        self,
        classifier: Classifier,
        examples: Sequence[Example],
        *,
        advance: Callable[[int], None] = lambda count: None,
        block_size: int = BLOCK,
    ) -> tuple[Predictions, int]:
        """Answers for ``examples``, asking the classifier only for what is not stored.

        Args:
            classifier: asked in blocks whose composition depends on ``examples`` alone, so that
                an interrupted call goes on to the same numbers.
            examples: may repeat inputs; equal inputs are asked once.
            advance: called with the number of distinct inputs that have just become known.
            block_size: inputs that are asked and committed together; a killed process loses one.

        Returns:
            the predictions in the order of ``examples``, and the number of inputs that the
            classifier was asked for.
        """
        model = fingerprint_of(classifier)
        if not is_resumable(classifier):
            self._passing.setdefault(model, {})
        keys = [classifier.input_key(example) for example in examples]
        distinct: dict[str, Example] = {}
        for key, example in zip(keys, examples, strict=True):
            distinct.setdefault(key, example)
        known: dict[str, bytes] = {}
        asked = 0
        items = list(distinct.items())
        for start in range(0, len(items), block_size):
            block = items[start : start + block_size]
            found = self._read(model, [key for key, _ in block])
            new = [(key, example) for key, example in block if key not in found]
            if new:
                with classifier.keeping_graphs_in(self):
                    answers = _packed(classifier.predict([example for _, example in new]))
                found |= {key: row.tobytes() for (key, _), row in zip(new, answers, strict=True)}
                self._write(model, {key: found[key] for key, _ in new})
                asked += len(new)
            known |= found
            advance(len(block))
        rows = np.frombuffer(
            b"".join(known[key] for key in keys), dtype=_answer_type(len(classifier.labels))
        )
        return Predictions(**{name: rows[name].copy() for name in rows.dtype.names or ()}), asked

    def _read(self, model: str, keys: list[str]) -> dict[str, bytes]:
        if model in self._passing:
            passing = self._passing[model]
            return {key: passing[key] for key in keys if key in passing}
        marks = ",".join("?" * len(keys))
        return dict(
            self._connection.execute(
                f"SELECT input, answer FROM answer WHERE model = ? AND input IN ({marks})",
                [model, *keys],
            )
        )

    def _write(self, model: str, answers: dict[str, bytes]) -> None:
        if model in self._passing:
            self._passing[model].update(answers)
            return
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)",
                [(model, key, answer) for key, answer in answers.items()],
            )

    def read_graphs(self, keys: list[str]) -> dict[str, bytes]:
        """See GraphStore."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), BLOCK):
            block = keys[start : start + BLOCK]
            marks = ",".join("?" * len(block))
            found.update(
                self._connection.execute(
                    f"SELECT program, graph FROM graph WHERE program IN ({marks})", block
                )
            )
        return found

    def write_graphs(self, graphs: dict[str, bytes]) -> None:
        """See GraphStore."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO graph VALUES (?, ?)", graphs.items()
            )


def _answer_type(classes: int) -> np.dtype[np.void]:
    """One stored answer; the fields are those of Predictions."""
    return np.dtype(
        [
            ("probabilities", "<f8", (classes,)),
            ("truncated", "?"),
            ("read", "<u8"),
            ("unknown", "<f8"),
        ]
    )


def _packed(predictions: Predictions) -> NDArray[np.void]:
    n, classes = predictions.probabilities.shape
    rows = np.empty(n, dtype=_answer_type(classes))
    for name in rows.dtype.names or ():
        rows[name] = getattr(predictions, name)
    return rows
