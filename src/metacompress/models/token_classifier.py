"""Classifiers that read token ids: what is the same to the model is computed once.

Other texts may give the same ids: white space that the tokenizer drops, or an edit behind the
part that the model reads. Attacks ask for thousands of such inputs.
"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from cachetools import FIFOCache

from metacompress.errors import ModelError, PredictionError
from metacompress.models.costs.encoder import exact_cost
from metacompress.models.protocols.batched import BatchLimit
from metacompress.models.protocols.classifier import Classifier, Predictions, input_digests, softmax
from metacompress.models.protocols.filling import TokenCount
from metacompress.models.runtime.batching import MIN_ROWS, batches
from metacompress.models.runtime.tuning import BatchTuner
from metacompress.models.tokens.shared import Tokens, tokens_of
from metacompress.models.tokens.vocabulary import unknown_share
from metacompress.models.tokens.window import likely_visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.models.columns import ClassColumns
    from metacompress.models.costs.encoder import Shape
    from metacompress.models.protocols.costed import Weight
    from metacompress.models.runtime.batching import Batch, RowLimit

    FloatRow = NDArray[np.float64]

V = TypeVar("V")

# What is remembered of distinct inputs; 64 MiB for vectors of 96 numbers.
_KEPT = 1 << 17


class AnswersByTokens(Generic[V]):
    """Remembers what a model computed for sequences of token ids."""

    def __init__(self) -> None:
        self._known: FIFOCache[bytes, V] = FIFOCache(maxsize=_KEPT)

    def get(self, keys: Sequence[bytes], compute: Callable[[list[int]], Sequence[V]]) -> list[V]:
        """The values of inputs, in their order.

        Args:
            keys: of each input, ``read_key`` of everything that the model reads of it.
            compute: maps the positions of distinct unknown inputs to their values.
        """
        values = {key: self._known[key] for key in keys if key in self._known}
        new: dict[bytes, int] = {}
        for position, key in enumerate(keys):
            if key not in values:
                new.setdefault(key, position)
        if new:
            computed = dict(zip(new, compute(list(new.values())), strict=True))
            values |= computed
            self._known.update(computed)
        return [values[key] for key in keys]


class TokenClassifier(Classifier):
    """Tokenises examples and asks a model in batches.

    Args:
        labels: the task's class names.
        columns: which of the model's columns is which of ``labels``.
        max_length: tokens per input at most, special tokens included.
        pad_token_id: what shorter inputs are padded with.
        batch_limit: see Batched; the default is tuned, see ``models.runtime.tuning``.
        fingerprint: see Classifier.
        name: for messages.
        unknown_id: the token id that stands for what the vocabulary lacks, if there is one.
        special_ids: token ids that stand for no text.
        embedded: token ids that the model has vectors for, 0 to so many; None where it does not
            tell.
        weight: see Costed.
        shape: what its cost follows from; None where it is unknown.
    """

    def __init__(
        self,
        labels: tuple[str, ...],
        *,
        columns: ClassColumns,
        max_length: int,
        pad_token_id: int,
        batch_limit: BatchLimit,
        fingerprint: str,
        name: str,
        unknown_id: int | None,
        special_ids: frozenset[int],
        embedded: int | None = None,
        weight: Weight,
        shape: Shape | None,
    ) -> None:
        self.labels = labels
        self.fingerprint = fingerprint
        self.batch_limit = batch_limit
        self.columns = columns
        self.max_length = max_length
        self._pad = pad_token_id
        self._name = name
        self._unknown_id = unknown_id
        self._special_ids = special_ids
        self._embedded = embedded
        self.weight = weight
        self._shape = shape
        self._answers: AnswersByTokens[FloatRow] = AnswersByTokens()
        # A limit that nobody chose is found where the model runs on the CPU.
        self._tuner = BatchTuner() if batch_limit == BatchLimit() else None
        # Back ends set these where they know better.
        self._reads_words = False
        self._tokenizer_key: str | None = None
        self._min_rows = MIN_ROWS

    @abstractmethod
    def _tokenize(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        """What the model reads of each example: ``input_ids`` and, where it has them, segment
        ids; and whether it does not read the whole example.
        """

    @abstractmethod
    def _forward(self, tensors: dict[str, NDArray[np.int64]]) -> NDArray[np.floating]:
        """What the model puts out for padded inputs (r, length), attention mask included.

        A logit for each of the model's columns, (r, columns).
        """

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        if not examples:
            return Predictions.checked(
                np.empty((0, len(self.labels))), examples, len(self.labels), self._name
            )
        inputs, truncated = self._tokenize_visible(examples)
        self._require_embedded(inputs["input_ids"], examples)
        keys = [read_key(one) for one in zip(*inputs.values(), strict=True)]
        logits = np.array(self._answers.get(keys, lambda rows: self._logits(inputs, rows)))
        logits = self.columns.logits(logits)
        shares = [
            unknown_share(ids, self._unknown_id, self._special_ids) for ids in inputs["input_ids"]
        ]
        return Predictions.checked(
            softmax(logits),
            examples,
            len(self.labels),
            self._name,
            truncated=truncated,
            read=input_digests(keys),
            unknown=np.array(shares),
        )

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        """See Costed."""
        shape = self._shape
        if shape is None or not examples:
            return None if shape is None else []
        inputs, _ = self._tokenize_visible(examples)
        return [exact_cost(shape, len(ids)).flops for ids in inputs["input_ids"]]

    def count_tokens(self, examples: Sequence[Example]) -> TokenCount:
        """See FillsBatches."""
        if not examples:
            return TokenCount()
        inputs, _ = self._tokenize_visible(examples)
        found = list(self._batches(inputs["input_ids"]))
        return TokenCount(
            sum(batch.height * batch.length for batch in found),
            sum(len(batch.rows) * batch.length for batch in found),
        )

    def forget(self) -> None:
        """See Batched."""
        self._answers = AnswersByTokens()

    def _require_embedded(self, ids: Sequence[Sequence[int]], examples: Sequence[Example]) -> None:
        """Refuse ids that the model has no vector for, before it reads past its table."""
        if self._embedded is None:
            return
        for sequence, example in zip(ids, examples, strict=True):
            if sequence and not 0 <= max(sequence) < self._embedded:
                raise ModelError(
                    f"{self._name}: its tokenizer makes the token id {max(sequence)} of example "
                    f"{example.id!r}, and the model embeds {self._embedded} tokens; is the "
                    f"tokenizer this model's own?",
                    model=self._name,
                    example=example.id,
                )

    def _tokenize_visible(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        """``_tokenize``, without the time that programs far longer than the window take."""
        if not self._reads_words or len(examples[0].programs) > 1:
            return self._tokenize(examples)
        if self._tokenizer_key is None:
            return self._tokenize_cut(examples)
        texts = [example.programs[0].text for example in examples]
        found = tokens_of(
            self._tokenizer_key, texts, lambda rows: self._tokens([examples[row] for row in rows])
        )
        inputs = {
            name: [tokens.inputs[name].tolist() for tokens in found] for name in found[0].inputs
        }
        return inputs, np.array([tokens.truncated for tokens in found])

    def _tokens(self, examples: Sequence[Example]) -> list[Tokens]:
        inputs, truncated = self._tokenize_cut(examples)
        return [
            Tokens(
                {name: np.array(rows[row], dtype=np.int32) for name, rows in inputs.items()},
                bool(truncated[row]),
            )
            for row in range(len(examples))
        ]

    def _tokenize_cut(
        self, examples: Sequence[Example]
    ) -> tuple[dict[str, list[list[int]]], NDArray[np.bool_]]:
        cut = [self._cut(example) for example in examples]
        inputs, truncated = self._tokenize(cut)
        # A prefix that does not fill the window tells nothing.
        again = [
            row
            for row, (short, whole) in enumerate(zip(cut, examples, strict=True))
            if short is not whole and not truncated[row]
        ]
        if again:
            whole_inputs, whole_truncated = self._tokenize([examples[row] for row in again])
            truncated[again] = whole_truncated
            for name, sequences in whole_inputs.items():
                for row, sequence in zip(again, sequences, strict=True):
                    inputs[name][row] = sequence
        return inputs, truncated

    def _cut(self, example: Example) -> Example:
        (program,) = example.programs
        text = likely_visible(program.text, self.max_length)
        if len(text) == len(program.text):
            return example
        return replace(example, programs=(replace(program, text=text),))

    def _logits(
        self, inputs: dict[str, list[list[int]]], rows: list[int]
    ) -> list[NDArray[np.float64]]:
        chosen = {name: [sequences[row] for row in rows] for name, sequences in inputs.items()}
        ids = chosen["input_ids"]
        logits = np.empty((len(rows), self.columns.count))
        for batch in self._batches(ids, self._tuner or self.batch_limit):
            with nullcontext() if self._tuner is None else self._tuner.timing(batch):
                output = self._forward(self._padded(batch, chosen))
            self._check_shape(output.shape, batch.height)
            logits[batch.rows] = output[: len(batch.rows)]
        return list(logits)

    def _check_shape(self, shape: tuple[int, ...], rows: int) -> None:
        expected = (rows, self.columns.count)
        if shape != expected:
            single = (
                f"; of a head of one logit, say which class it is about: ?labels={self.labels[-1]}"
                if shape[1:] in ((), (1,))
                else ""
            )
            raise PredictionError(
                f"{self._name}: returned shape {shape} for {rows} inputs; expected {expected}, "
                f"one logit per class{single}",
                model=self._name,
            )

    def _batches(
        self, ids: Sequence[Sequence[int]], limit: RowLimit | None = None
    ) -> Iterator[Batch]:
        return batches(
            ids,
            longest=self.max_length,
            limit=limit or self.batch_limit,
            min_rows=self._min_rows,
        )

    def _padded(
        self, batch: Batch, inputs: dict[str, list[list[int]]]
    ) -> dict[str, NDArray[np.int64]]:
        # Segment ids are padded with 0, like the mask.
        tensors = {
            name: batch.pad(sequences, self._pad * (name == "input_ids"))
            for name, sequences in inputs.items()
        }
        return tensors | {"attention_mask": batch.mask(inputs["input_ids"])}


def read_key(sequences: tuple[Sequence[int], ...]) -> bytes:
    """A digest of everything that a model reads of an input, as sequences of numbers."""
    digest = hashlib.blake2b(digest_size=16)
    for sequence in sequences:
        # The length stands in front, so that no two inputs collide.
        digest.update(len(sequence).to_bytes(4, "little"))
        digest.update(np.asarray(sequence, dtype=np.int32).tobytes())
    return digest.digest()
