"""Published checkpoints that read the text of a program: CodeXGLUE, Compressor, AVATAR, MORPH.

See ``metacompress.models.checkpoints``. White space is collapsed before tokenisation, as
in the published preprocessing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from metacompress.models.checkpoints.classifier import (
    Checkpoint,
    CheckpointClassifier,
    EncodedProgram,
)
from metacompress.models.checkpoints.encoder import Encoder
from metacompress.models.checkpoints.loading import load_checkpoint
from metacompress.models.checkpoints.options import CheckpointOptions, described, described_options
from metacompress.models.naming.location import existing_path
from metacompress.models.protocols.white_box import TokenGradients
from metacompress.models.runtime.batching import batches
from metacompress.models.runtime.torch_gradients import embedding_gradients
from metacompress.models.runtime.torch_runtime import inference
from metacompress.models.runtime.torch_states import mean_states
from metacompress.models.token_classifier import read_key
from metacompress.models.tokens.roberta_tokenizer import SPECIAL_TOKENS
from metacompress.models.tokens.window import likely_visible, splits_at_white_space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from metacompress.data.example import Example, Program
    from metacompress.data.task import Task
    from metacompress.models.checkpoints.head import Head
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.protocols.batched import BatchLimit
    from metacompress.models.runtime.batching import Batch


# Of models that metacompress trained.
_CARD = "card.json"


class TextEncoder(Encoder):
    """An encoder of token ids: to the vector of ``<s>``."""

    def __call__(
        self, sequences: Sequence[Sequence[int]], limit: BatchLimit
    ) -> NDArray[np.float32]:
        """Encode token ids to float32 (n, hidden), in batches within ``limit``."""
        vectors = np.empty((len(sequences), self.hidden), dtype=np.float32)
        for batch in batches(sequences, longest=self.max_length, limit=limit, min_rows=1):
            ids, mask = self._tensors(batch, sequences)
            with inference():
                states = self.model(ids, attention_mask=mask).last_hidden_state
            vectors[batch.rows] = states[: len(batch.rows), 0].cpu().numpy()
        return vectors

    def states(
        self, sequences: Sequence[Sequence[int]], limit: BatchLimit
    ) -> list[NDArray[np.float32]]:
        """The mean over the tokens of each sequence, float32 (n, hidden) per layer."""
        found = self.empty_layers(len(sequences))
        for batch in batches(sequences, longest=self.max_length, limit=limit, min_rows=1):
            ids, mask = self._tensors(batch, sequences)
            with inference():
                output = self.model(ids, attention_mask=mask, output_hidden_states=True)
                means = mean_states(output.hidden_states, mask, "the encoder")
            found[:, batch.rows] = np.array(means)[:, : len(batch.rows)]
        return list(found)

    def _tensors(
        self, batch: Batch, sequences: Sequence[Sequence[int]]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        ids = torch.from_numpy(batch.pad(sequences, SPECIAL_TOKENS["<pad>"]))
        return ids.to(self.device), torch.from_numpy(batch.mask(sequences)).to(self.device)

    def gradients(
        self,
        batch: Batch,
        sequences: Sequence[Sequence[int]],
        head: Head,
        others: Sequence[Sequence[NDArray[np.float32] | None]],
        columns: Sequence[int],
        class_logits: Callable[[torch.Tensor], torch.Tensor],
    ) -> NDArray[np.float32]:
        """Derivatives of log-probabilities by the embeddings of one program's tokens.

        Args:
            batch: which rows.
            sequences: token ids of the program, of all rows.
            head: what classifies.
            others: for each row of the batch, the vectors of all programs; None is this one.
            columns: for each row of the batch, which class.
            class_logits: makes logits of the classes of those of the head.

        Returns:
            float32 (r, length, hidden).
        """
        ids, mask = self._tensors(batch, sequences)

        def logits() -> torch.Tensor:
            own = self.model(ids, attention_mask=mask).last_hidden_state[:, 0]
            joined = [
                own if vectors[0] is None else torch.from_numpy(np.array(vectors)).to(self.device)
                for vectors in zip(*others, strict=True)
            ]
            return class_logits(head.differentiable(torch.cat(joined, dim=1)))

        return embedding_gradients(self.model.embeddings.word_embeddings, logits, columns)


class CodexglueClassifier(CheckpointClassifier[TextEncoder]):
    """Encoder and head of a published checkpoint."""

    def __init__(self, checkpoint: Checkpoint[TextEncoder]) -> None:
        super().__init__(checkpoint)
        self._reads_words = splits_at_white_space(self._tokenizer)

    def _states(self, programs: Sequence[Program]) -> list[NDArray[np.float32]]:
        encodings = self._tokenize([program.text for program in programs])
        sequences = [self._framed(encoding.ids) for encoding in encodings]
        return self._encoder.states(sequences, self.batch_limit)

    def _encode(self, programs: Iterable[Program]) -> dict[Program, EncodedProgram]:
        known = list(programs)
        texts = [program.text for program in known]
        visible = [
            likely_visible(text, self._max_length) if self._reads_words else text for text in texts
        ]
        pieces = [encoding.ids for encoding in self._tokenize(visible)]
        # A prefix that does not fill the window tells nothing.
        again = [
            row
            for row, ids in enumerate(pieces)
            if len(visible[row]) < len(texts[row]) and len(ids) <= self._max_length - 2
        ]
        for row, encoding in zip(again, self._tokenize([texts[r] for r in again]), strict=True):
            pieces[row] = encoding.ids
        sequences = [self._framed(ids) for ids in pieces]
        limit = self.batch_limit
        keys = [read_key((ids,)) for ids in sequences]
        vectors = self._encodings.get(
            keys, lambda rows: list(self._encoder([sequences[row] for row in rows], limit))
        )
        room = self._max_length - 2
        return {
            program: EncodedProgram(vector, len(ids) > room, key, self._unknown_share(ids[:room]))
            for program, vector, ids, key in zip(known, vectors, pieces, keys, strict=True)
        }

    def _lengths(self, programs: Iterable[Program]) -> dict[Program, int]:
        known = list(programs)
        encodings = self._tokenize([program.text for program in known])
        return {
            program: len(self._framed(encoding.ids))
            for program, encoding in zip(known, encodings, strict=True)
        }

    def _tokenize(self, texts: Sequence[str]) -> list[Any]:
        collapsed = [" ".join(text.split()) for text in texts]
        encodings: list[Any] = self._tokenizer.encode_batch(collapsed, add_special_tokens=False)
        return encodings

    def _framed(self, ids: list[int]) -> list[int]:
        room = self._max_length - 2
        return [SPECIAL_TOKENS["<s>"], *ids[:room], SPECIAL_TOKENS["</s>"]]

    @property
    def embeddings(self) -> NDArray[np.float32]:
        """See WhiteBox."""
        return self._encoder.embeddings

    def tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        """See WhiteBox."""
        texts = [f" {name}" if spaced else name for name in names]
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def gradients(
        self, examples: Sequence[Example], labels: Sequence[int], program: int
    ) -> list[TokenGradients]:
        """See WhiteBox."""
        texts = [example.programs[program].text for example in examples]
        encodings = self._tokenize(texts)
        sequences = [self._framed(encoding.ids) for encoding in encodings]
        others = (p for e in examples for p in (*e.programs[:program], *e.programs[program + 1 :]))
        known = self._encode(dict.fromkeys(others))
        found: dict[int, TokenGradients] = {}
        limit = self.batch_limit
        for batch in batches(sequences, longest=self._max_length, limit=limit, min_rows=1):
            vectors = [
                [
                    known[p].vector if place != program else None
                    for place, p in enumerate(examples[row].programs)
                ]
                for row in batch.rows
            ]
            gradients = self._encoder.gradients(
                batch,
                sequences,
                self._head,
                vectors,
                [labels[row] for row in batch.rows],
                self.columns.logits,
            )
            for row, gradient in zip(batch.rows, gradients, strict=True):
                ids = np.array(sequences[row][1:-1], dtype=np.int64)
                spans = np.array(encodings[row].offsets[: len(ids)], dtype=np.int64).reshape(-1, 2)
                found[row] = TokenGradients(
                    ids, _uncollapsed(texts[row])[spans], gradient[1 : len(ids) + 1]
                )
        return [found[row] for row in range(len(examples))]


def _uncollapsed(text: str) -> NDArray[np.int64]:
    """Where the characters of the collapsed text are in ``text``, and where it ends."""
    places: list[int] = []
    for word in re.finditer(r"\S+", text):
        if places:
            places.append(word.start() - 1)
        places.extend(range(word.start(), word.end()))
    return np.array([*places, places[-1] + 1 if places else 0], dtype=np.int64)


def load(spec: ModelSpec, task: Task) -> CodexglueClassifier:
    """A published state dict with its tokenizer: Compressor, AVATAR, MORPH, CodeXGLUE."""
    options = spec.options_as(CheckpointOptions, described_options(described(spec)))
    classifier = CodexglueClassifier(load_checkpoint(spec, task, options, TextEncoder))
    location = existing_path(spec.location)
    if ((location.parent if location.is_file() else location) / _CARD).is_file():
        classifier.doubts = (
            "white space is collapsed before it reads a program, as published checkpoints want "
            f"it, while its {_CARD} says that it was trained here, on programs as they are; name "
            "the directory without codexglue:",
        )
    return classifier
