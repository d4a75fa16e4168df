"""The prediction store: every answer of a classifier is computed once.

One SQLite file, keyed by the classifier's fingerprint and the input's key; beside the answers it
keeps the data-flow graphs of programs for classifiers that read them. A batch of answers is one
transaction, so a process that is killed leaves whole batches behind, and several processes
may share a store. A row that is damaged is computed again. Answers of a classifier that is known by
its identity alone are remembered until the store is closed, and not written.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Self

import numpy as np

from metacompress.errors import ModelError, PredictionError
from metacompress.models.classifier import Predictions
from metacompress.models.graph_reading import ReadsGraphs
from metacompress.models.identity import fingerprint_of, is_resumable
from metacompress.models.recording import input_key
from metacompress.models.runtime.batching import reporting
from metacompress.models.store_file import StoreFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.classifier import Classifier

# Inputs that are asked of a classifier and committed together; a killed process loses one such
# block. A block is large enough for batches of rows of equal length.
BLOCK = 512


class _Steps:
    """Shows the share of a block that a classifier has computed, batch by batch."""

    def __init__(self, total: int, advance: Callable[[int], None]) -> None:
        self._total = total
        self._advance = advance
        self.shown = 0

    def share_done(self, share: float) -> None:
        """Advance to this share; a classifier that goes over its inputs twice advances once."""
        steps = int(share * self._total) - self.shown
        if steps > 0:
            self.shown += steps
            self._advance(steps)


class PredictionStore:
    """Predictions on disk; use it as a context manager.

    Args:
        path: the file, created if missing.
        own: the file belongs to one run; see StoreFile.
        note: called with a line about stored answers that were damaged and are computed again.

    Raises:
        RunDirectoryError: the file cannot be used, or is no prediction store.
    """

    def __init__(
        self, path: Path, *, own: bool = False, note: Callable[[str], None] = lambda line: None
    ) -> None:
        # Answers of classifiers that are not resumable, by model and input.
        self._passing: dict[str, dict[str, bytes]] = {}
        self._file = StoreFile(path, own=own, note=note)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

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
            advance: called with the number of distinct inputs that have just been answered, after
                every batch of a model that has batches.
            block_size: inputs that are asked and committed together; a killed process loses one.

        Returns:
            the predictions in the order of ``examples``, and the number of inputs that the
            classifier was asked for.
        """
        model = fingerprint_of(classifier)
        if not is_resumable(classifier):
            self._passing.setdefault(model, {})
        keys = [input_key(classifier, example) for example in examples]
        distinct: dict[str, Example] = {}
        for key, example in zip(keys, examples, strict=True):
            distinct.setdefault(key, example)
        known: dict[str, bytes] = {}
        asked = 0
        items = list(distinct.items())
        kind = _answer_type(len(classifier.labels))
        for start in range(0, len(items), block_size):
            block = items[start : start + block_size]
            found = self._read(model, [key for key, _ in block], kind.itemsize)
            new = [(key, example) for key, example in block if key not in found]
            shown = 0
            if new:
                steps = _Steps(len(new), advance)
                with self._keeping_graphs(classifier), reporting(steps.share_done):
                    answers = _packed(_ask(classifier, [example for _, example in new]))
                found |= {key: row.tobytes() for (key, _), row in zip(new, answers, strict=True)}
                self._write(model, {key: found[key] for key, _ in new})
                asked += len(new)
                shown = steps.shown
            known |= found
            advance(len(block) - shown)
        rows = np.frombuffer(b"".join(known[key] for key in keys), dtype=kind)
        return Predictions(**{name: rows[name].copy() for name in rows.dtype.names or ()}), asked

    def _read(self, model: str, keys: list[str], size: int) -> dict[str, bytes]:
        if model in self._passing:
            passing = self._passing[model]
            return {key: passing[key] for key in keys if key in passing}
        return self._file.read_answers(model, keys, size)

    def _write(self, model: str, answers: dict[str, bytes]) -> None:
        if model in self._passing:
            self._passing[model].update(answers)
        else:
            self._file.write_answers(model, answers)

    def _keeping_graphs(self, classifier: Classifier) -> AbstractContextManager[None]:
        if isinstance(classifier, ReadsGraphs):
            return classifier.keeping_graphs_in(self)
        return nullcontext()

    def read_graphs(self, keys: list[str]) -> dict[str, bytes]:
        """See GraphStore."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), BLOCK):
            found |= self._file.read_graphs(keys[start : start + BLOCK])
        return found

    def write_graphs(self, graphs: dict[str, bytes]) -> None:
        """See GraphStore."""
        self._file.write_graphs(graphs)


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


def _ask(classifier: Classifier, examples: Sequence[Example]) -> Predictions:
    """Ask a classifier, which may be anybody's code.

    Raises:
        ModelError: it asks for the end of the process.
        PredictionError: the answer is not one row for each example.
    """
    name = type(classifier).__qualname__
    try:
        answer = classifier.predict(examples)
    except SystemExit as error:
        raise ModelError(
            f"{name}: raised SystemExit: {error} on {len(examples)} inputs", model=name
        ) from error
    n = len(examples)
    shapes = {name: np.shape(getattr(answer, name)) for name in _answer_type(1).names or ()}
    expected = dict.fromkeys(shapes, (n,)) | {"probabilities": (n, len(classifier.labels))}
    for field, shape in shapes.items():
        # One row would be taken for all of them otherwise.
        if shape != expected[field]:
            raise PredictionError(
                f"{name}: returned {field} of shape {shape}; expected {expected[field]}", model=name
            )
    return answer
