"""Language models that tell the distribution of the next token at every position of a program."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import torch

from metacompress.errors import ModelError
from metacompress.models.files.causal import PADDING, CausalOptions, read_causal
from metacompress.models.files.foreign import foreign_code
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.next_token.continuing import (
    Continuation,
    continuations,
    reads_rows_apart,
)
from metacompress.models.next_token.head import OutputHead, final_states
from metacompress.models.next_token.reading import TokenReader
from metacompress.models.runtime.batching import batches
from metacompress.models.runtime.torch_runtime import inference
from metacompress.models.tokens.vocabulary import PROBE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.next_token.reading import ReadProgram
    from metacompress.models.protocols.batched import BatchLimit


class LanguageModel:
    """A causal language model in memory; see NextTokenModel.

    Attributes:
        causal: the model itself, with its tokenizer.

    Args:
        spec: where it is, with its options.

    Raises:
        MetaCompressError: see ``read_causal`` and ``OutputHead.of``.
    """

    def __init__(self, spec: ModelSpec) -> None:
        options = spec.options_as(CausalOptions)
        causal = read_causal(spec, options)
        identity = dict(causal.identity)
        packages = identity.pop("packages")
        self.name = causal.name
        self.fingerprint = fingerprint(
            causal.files, packages=packages, reads="next-token", **identity
        )
        self.weights_digest: str | None = causal.weights_digest
        with foreign_code(causal.name):
            self.reader = TokenReader(causal.tokenizer.backend_tokenizer.to_str())
        self.max_length = causal.max_length
        self.doubts = causal.doubts
        self.causal = causal
        self._limit: BatchLimit = options.batch_limit
        probe = self.reader.read(PROBE, self.max_length).ids
        self.head = OutputHead.of(
            causal.model, torch.from_numpy(probe)[None].to(causal.device), self.name
        )

    def states(self, programs: Sequence[ReadProgram]) -> list[torch.Tensor]:
        """See NextTokenModel."""
        found: list[torch.Tensor | None] = [None] * len(programs)
        for row, states in self._batched(programs):
            found[row] = states
        return [one for one in found if one is not None]

    def continuations(self, prompts: Sequence[str], most: int) -> list[Continuation]:
        """See ContinuesTexts."""
        return continuations(
            self.causal, self.reader, [self.reader.prompt(one) for one in prompts], most,
            self._limit, apart=self._reads_rows_apart,
        )  # fmt: skip

    @cached_property
    def _reads_rows_apart(self) -> bool:
        return reads_rows_apart(self.causal, self.reader.prompt(PROBE))

    def _batched(self, programs: Sequence[ReadProgram]) -> Iterator[tuple[int, torch.Tensor]]:
        causal = self.causal
        sequences = [one.ids.tolist() for one in programs]
        self._require_embedded(programs)
        # Every position is a row of each matrix product: there are never few.
        for batch in batches(sequences, longest=self.max_length, limit=self._limit, min_rows=1):
            ids, mask = batch.pad(sequences, PADDING), batch.mask(sequences)
            with foreign_code(self.name), inference():
                states = final_states(
                    causal.model,
                    torch.from_numpy(ids).to(causal.device),
                    torch.from_numpy(mask).to(causal.device),
                )
            for row, kept in zip(batch.rows, states, strict=False):
                yield int(row), kept[: len(sequences[row])]

    def _require_embedded(self, programs: Sequence[ReadProgram]) -> None:
        highest = max((int(np.max(one.ids)) for one in programs if len(one)), default=0)
        if highest >= self.causal.embedded:
            raise ModelError(
                f"{self.name}: its tokenizer makes the token id {highest}, and the model embeds "
                f"{self.causal.embedded} tokens",
                model=self.name,
            )
