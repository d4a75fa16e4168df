"""What is asked of language models, and what only some of them can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from metacompress.models.next_token.continuing import Continuation
    from metacompress.models.next_token.head import OutputHead
    from metacompress.models.next_token.reading import ReadProgram, TokenReader
    from metacompress.models.next_token.state_store import StateStore


class NextTokenModel(Protocol):
    """What is asked of a language model, wherever its final states come from.

    Attributes:
        name: for messages.
        fingerprint: digest of everything that its distributions depend on.
        weights_digest: of its weights and of what runs them; None where it is not known.
        reader: its tokenizer.
        max_length: tokens of an input at most.
        head: maps its final states to logits.
        doubts: how it is read otherwise than its own files say, a sentence each.
    """

    name: str
    fingerprint: str
    weights_digest: str | None
    reader: TokenReader
    max_length: int
    head: OutputHead
    doubts: tuple[str, ...]

    def states(self, programs: Sequence[ReadProgram]) -> list[torch.Tensor]:
        """The final state at each token of each program, (tokens, h)."""


@runtime_checkable
class ContinuesTexts(Protocol):
    """A language model that writes on."""

    def continuations(self, prompts: Sequence[str], most: int) -> list[Continuation]:
        """What it writes behind each text, at most so many tokens, the most likely one each time.

        Every prompt with so many tokens behind it fits into ``max_length``.
        """


class CompletingLanguageModel(NextTokenModel, ContinuesTexts, Protocol):
    """A language model that is asked for continuations, too."""


@runtime_checkable
class AnswersByKeptStates(Protocol):
    """A language model that answers by final states which are kept in half precision.

    Attributes:
        store: that holds them.
    """

    store: StateStore
