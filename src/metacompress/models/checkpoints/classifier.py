"""Classifiers that encode programs one by one and join their vectors."""

from __future__ import annotations

from abc import abstractmethod
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

from metacompress.models.checkpoints.encoder import Encoder
from metacompress.models.costs.encoder import encoder_flops, known_shape
from metacompress.models.protocols.classifier import Classifier, Predictions, input_digests, softmax
from metacompress.models.protocols.hidden_states import checked_states
from metacompress.models.protocols.mixable import mixed_fingerprint
from metacompress.models.runtime.torch_runtime import weight_of
from metacompress.models.runtime.torch_tensors import tensors_of, with_tensors
from metacompress.models.token_classifier import AnswersByTokens
from metacompress.models.tokens.vocabulary import unknown_id, unknown_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Self

    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from metacompress.data.example import Example, Program
    from metacompress.data.task import Task
    from metacompress.models.checkpoints.head import Head
    from metacompress.models.checkpoints.options import CheckpointOptions
    from metacompress.models.columns import ClassColumns
    from metacompress.models.protocols.costed import Weight

E = TypeVar("E", bound=Encoder)


@dataclass(frozen=True, slots=True)
class Checkpoint(Generic[E]):
    """A published checkpoint, ready to be asked.

    Attributes:
        encoder: program to vector.
        head: vectors to logits.
        tokenizer: that stands beside it.
        task: that it is for.
        columns: which of the head's columns is which class.
        options: it was loaded with.
        fingerprint: of everything that its outputs depend on.
        weights_digest: see ``Classifier``.
        name: for messages.
    """

    encoder: E
    head: Head
    tokenizer: Tokenizer
    task: Task
    columns: ClassColumns
    options: CheckpointOptions
    fingerprint: str
    weights_digest: str
    name: str


class EncodedProgram(NamedTuple):
    """A program as a checkpoint's encoder reads it.

    Attributes:
        vector: float32 (hidden,).
        truncated: whether it is longer than what is read.
        key: ``read_key`` of what is read.
        unknown: share of its tokens that the vocabulary lacks, in [0, 1]; nan without tokens.
    """

    vector: NDArray[np.float32]
    truncated: bool
    key: bytes
    unknown: float


class CheckpointClassifier(Classifier, Generic[E]):
    """Encodes programs one by one and classifies their joined vectors."""

    def __init__(self, checkpoint: Checkpoint[E]) -> None:
        self.labels = checkpoint.task.labels
        self.batch_limit = checkpoint.options.batch_limit
        self.fingerprint = checkpoint.fingerprint
        self.weights_digest = checkpoint.weights_digest
        self._encoder = checkpoint.encoder
        self._head = checkpoint.head
        self._tokenizer = checkpoint.tokenizer
        self._unknown_id = unknown_id(checkpoint.tokenizer)
        self.columns = checkpoint.columns
        self._max_length = checkpoint.options.max_length
        self._name = checkpoint.name
        self._weight = weight_of(checkpoint.encoder.model, checkpoint.head.model)
        self._encodings: AnswersByTokens[NDArray[np.float32]] = AnswersByTokens()

    @property
    def weight(self) -> Weight:
        """See Costed."""
        return self._weight

    def flops(self, examples: Sequence[Example]) -> list[int] | None:
        """See Costed; each program is encoded by itself."""
        shape = known_shape(self._encoder.model.config.to_dict())
        if shape is None:
            return None
        lengths = self._lengths(dict.fromkeys(p for example in examples for p in example.programs))
        return [
            sum(encoder_flops(shape, lengths[program]) for program in example.programs)
            + self._head.flops
            for example in examples
        ]

    def tensors(self) -> Mapping[str, NDArray[np.float32]]:
        """See Mixable; ``encoder.`` and ``head.`` stand before the names."""
        return {
            f"{part}.{name}": values
            for part, module in self._modules().items()
            for name, values in tensors_of(module).items()
        }

    def with_tensors(self, tensors: Mapping[str, NDArray[np.floating]]) -> Self:
        """See Mixable."""
        other = copy(self)
        other._encoder, other._head = copy(self._encoder), copy(self._head)
        for part, module in self._modules().items():
            own = {
                name.removeprefix(f"{part}."): values
                for name, values in tensors.items()
                if name.startswith(f"{part}.")
            }
            getattr(other, f"_{part}").model = with_tensors(module, own)
        other.fingerprint = mixed_fingerprint(self.fingerprint, tensors)
        other.weights_digest = None
        other._encodings = AnswersByTokens()
        return other

    def _modules(self) -> dict[str, torch.nn.Module]:
        return {"encoder": self._encoder.model, "head": self._head.model}

    def forget(self) -> None:
        """See Batched."""
        self._encodings = AnswersByTokens()

    @abstractmethod
    def _lengths(self, programs: Iterable[Program]) -> dict[Program, int]:
        """Token ids that the encoder reads of each program."""

    @abstractmethod
    def _states(self, programs: Sequence[Program]) -> list[NDArray[np.float32]]:
        """The mean over the tokens of each program, (n, width) per layer."""

    def hidden_states(self, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
        """See HiddenStates."""
        if not examples:
            return []
        programs = list(dict.fromkeys(p for example in examples for p in example.programs))
        place = {program: number for number, program in enumerate(programs)}
        rows = np.array([[place[program] for program in one.programs] for one in examples])
        joined = [layer[rows].reshape(len(rows), -1) for layer in self._states(programs)]
        return checked_states(joined, len(examples), self._name)

    @abstractmethod
    def _encode(self, programs: Iterable[Program]) -> dict[Program, EncodedProgram]:
        """Encode each program."""

    def _unknown_share(self, ids: Sequence[int]) -> float:
        """Of token ids without special ones."""
        return unknown_share(ids, self._unknown_id, frozenset())

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        known = self._encode(dict.fromkeys(p for example in examples for p in example.programs))
        vectors = np.empty((len(examples), self._head.inputs), dtype=np.float32)
        encoded = [[known[program] for program in example.programs] for example in examples]
        for row, programs in enumerate(encoded):
            np.concatenate([one.vector for one in programs], out=vectors[row])
        logits = self.columns.logits(
            self._head(vectors) if examples else np.empty((0, self.columns.count))
        )
        return Predictions.checked(
            softmax(logits),
            examples,
            len(self.labels),
            self._name,
            truncated=np.array([any(one.truncated for one in row) for row in encoded], dtype=bool),
            read=input_digests(b"".join(one.key for one in row) for row in encoded),
            unknown=np.array([np.mean([one.unknown for one in row]) for row in encoded]),
        )
