"""The prediction store: every answer of a classifier is computed once.

One SQLite file, keyed by the classifier's fingerprint and a digest of the input; beside the answers
it keeps the data-flow graphs of programs for classifiers that read them. A block of answers is one
transaction, so a process that is killed leaves whole blocks behind, and several processes
may share a store. A row that is damaged is computed again. Answers of a classifier that is known by
its identity alone are remembered until the store is closed, and not written.
"""

from __future__ import annotations

from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import compress, islice
from typing import TYPE_CHECKING, Self

import numpy as np

from metacompress.errors import PredictionError
from metacompress.models.identity import fingerprint_of, is_resumable
from metacompress.models.protocols.graph_reading import ReadsGraphs
from metacompress.models.protocols.recording import KEY_BYTES, input_digest
from metacompress.models.runtime.batching import reporting
from metacompress.models.storing.asking import (
    answer_type,
    ask,
    packed,
    refuse_other_shape,
    unpacked,
)
from metacompress.models.storing.store_file import StoreFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier, Predictions
    from metacompress.models.storing.asking import Share

# Inputs that are asked of a classifier and committed together; a killed process loses one such
# block. A block is large enough for batches of rows of equal length.
BLOCK = 512


class PredictionStore:
    """Predictions on disk; use it as a context manager.

    Args:
        path: the file, created if missing.
        own: the file belongs to one run; see StoreFile.
        note: called with a line about stored answers that were damaged and are computed again.

    Attributes:
        path: see above.

    Raises:
        RunDirectoryError: the file cannot be used, or is no prediction store.
    """

    def __init__(
        self, path: Path, *, own: bool = False, note: Callable[[str], None] = lambda line: None
    ) -> None:
        # Answers of classifiers that are not resumable, by model and input.
        self._passing: dict[str, dict[bytes, bytes]] = {}
        self.path = path
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
        examples: Iterable[Example],
        *,
        advance: Callable[[int], None] = lambda count: None,
        block_size: int = BLOCK,
        share: Share | None = None,
    ) -> tuple[Predictions, int]:
        """Answers for ``examples``, asking the classifier only for what is not stored.

        Args:
            classifier: asked in blocks whose composition depends on ``examples`` alone, so that
                an interrupted call goes on to the same numbers.
            examples: n inputs, gone over twice and never held; equal inputs are asked once.
            advance: called with the number of inputs that have just been answered, after every
                batch of a model that has batches.
            block_size: distinct inputs that are asked and committed together.
            share: answers the blocks that are not stored; unless given, ``classifier`` does so in
                this process.

        Returns:
            the predictions in the order of ``examples``, and the number of inputs that the
            classifier was asked for.

        Raises:
            ModelError: the model cannot answer.
            PredictionError: it does not give one row per input, or ``share`` no answer per block.
        """
        if not is_resumable(classifier):
            self._passing.setdefault(fingerprint_of(classifier), {})
        asking = _Asking(self, classifier, _Inputs.of(classifier, examples), advance)
        with self._keeping_graphs(classifier):
            asked = asking.run(examples, share or asking.in_this_process, block_size)
        return unpacked(asking.answers[asking.inputs.places]), asked

    def read(self, model: str, keys: Sequence[bytes], size: int) -> dict[bytes, bytes]:
        """Answers of ``size`` bytes by input, of those of ``keys`` that are known."""
        if model in self._passing:
            passing = self._passing[model]
            return {key: passing[key] for key in keys if key in passing}
        return self._file.read_answers(model, keys, size)

    def write(self, model: str, answers: Mapping[bytes, bytes]) -> None:
        """Keep answers, in one transaction."""
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


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Which of n inputs are the same to a classifier; m differ.

    Attributes:
        keys: bytes (m,) in the order in which they come first.
        first: bool (n,); whether an input is the first of its kind.
        places: int (n,); of each input among the m.
        counts: int (m,); how many inputs each stands for.
    """

    keys: NDArray[np.void]
    first: NDArray[np.bool_]
    places: NDArray[np.intp]
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, classifier: Classifier, examples: Iterable[Example]) -> _Inputs:
        digests = bytearray()
        for example in examples:
            digests += input_digest(classifier, example)
        keys = np.frombuffer(digests, dtype=f"V{KEY_BYTES}")
        _, at, kinds, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        order = np.argsort(at)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        first = np.zeros(len(keys), dtype=np.bool_)
        first[at] = True
        return cls(keys[at[order]], first, rank[kinds], counts[order])


@dataclass(slots=True)
class _Block:
    """New inputs that were handed out, and are not answered yet.

    Attributes:
        places: of the inputs among the distinct ones.
        total: inputs that they stand for.
        shown: how many of these were reported.
    """

    places: NDArray[np.intp]
    total: int
    shown: int = 0


class _Asking:
    """One call of ``PredictionStore.predict``.

    Attributes:
        inputs: m of them differ.
        answers: of ``answer_type``, (m,).
    """

    def __init__(
        self,
        store: PredictionStore,
        classifier: Classifier,
        inputs: _Inputs,
        advance: Callable[[int], None],
    ) -> None:
        self._store = store
        self._classifier = classifier
        self._model = fingerprint_of(classifier)
        self.inputs = inputs
        self.answers = np.empty(len(inputs.keys), dtype=answer_type(len(classifier.labels)))
        self._waiting: deque[_Block] = deque()
        self._advance = advance

    def run(self, examples: Iterable[Example], share: Share, block_size: int) -> int:
        """Fill in all answers; returns how many were asked for."""
        asked = 0
        for answer in share(self._unknown(examples, block_size)):
            asked += self._keep(answer)
        if self._waiting:
            raise PredictionError(f"{len(self._waiting)} blocks of inputs got no answer")
        return asked

    def in_this_process(self, blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        """Ask the classifier block by block, and report after each of its batches."""
        for block in blocks:
            with reporting(self._share_done):
                answer = ask(self._classifier, block)
            yield answer

    def _unknown(self, examples: Iterable[Example], block_size: int) -> Iterator[Sequence[Example]]:
        """Read what is stored block by block, and yield what is not."""
        distinct = compress(examples, self.inputs.first)
        for start in range(0, len(self.answers), block_size):
            block = list(islice(distinct, block_size))
            places = np.arange(start, start + len(block))
            keys = [key.tobytes() for key in self.inputs.keys[places]]
            found = self._store.read(self._model, keys, self.answers.itemsize)
            new = np.array([key not in found for key in keys], dtype=np.bool_)
            known = b"".join(found[key] for key in keys if key in found)
            self.answers[places[~new]] = np.frombuffer(known, dtype=self.answers.dtype)
            self._advance(int(self.inputs.counts[places[~new]].sum()))
            if new.any():
                total = int(self.inputs.counts[places[new]].sum())
                self._waiting.append(_Block(places[new], total))
                yield list(compress(block, new))

    def _keep(self, answer: Predictions) -> int:
        """Store the answers to the block that waits longest; returns their number."""
        block = self._waiting.popleft()
        refuse_other_shape(self._classifier, answer, len(block.places))
        rows = self.answers[block.places] = packed(answer)
        keys = self.inputs.keys[block.places]
        self._store.write(
            self._model,
            {key.tobytes(): row.tobytes() for key, row in zip(keys, rows, strict=True)},
        )
        self._advance(block.total - block.shown)
        return len(rows)

    def _share_done(self, share: float) -> None:
        """Advance to this share; a classifier that goes over its inputs twice advances once."""
        block = self._waiting[-1]
        steps = int(share * block.total) - block.shown
        if steps > 0:
            block.shown += steps
            self._advance(steps)
