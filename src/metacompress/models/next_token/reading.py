"""Programs as the tokens that a language model reads, each with the bytes that it stands for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ReadProgram:
    """The n tokens that a model reads of a program.

    A token covers the bytes from the end of the one before it to its own end, so that white space
    which a tokenizer leaves out belongs to the token behind it. A special token covers nothing.

    Attributes:
        ids: int64 (n,).
        ends: int64 (n,); where each token ends in the UTF-8 bytes of the text, never falling.
        targets: int64 (m,); the tokens that are predicted: those that stand for text and have a
            token before them.
        truncated: whether the text goes on behind the last token.
    """

    ids: NDArray[np.int64]
    ends: NDArray[np.int64]
    targets: NDArray[np.int64]
    truncated: bool

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each token begins, int64 (n,)."""
        return np.concatenate([np.zeros(1, np.int64), self.ends[:-1]])


class TokenReader:
    """Reads texts with one tokenizer.

    Args:
        serialized: the tokenizer, as ``tokenizer.json`` holds it.
    """

    def __init__(self, serialized: str) -> None:
        self.serialized = serialized
        self._tokenizer = Tokenizer.from_str(serialized)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, text: str, window: int) -> ReadProgram:
        """The first ``window`` tokens of a text, special tokens included."""
        found = self._tokenizer.encode(text)
        ids = np.array(found.ids[:window], dtype=np.int64)
        special = np.array(found.special_tokens_mask[:window], dtype=np.bool_)
        ends = np.array(found.offsets[:window], dtype=np.int64).reshape(-1, 2)[:, 1]
        if not text.isascii():
            ends = _byte_offsets(text)[ends]
        ends = np.maximum.accumulate(np.where(special, 0, ends)) if len(ends) else ends
        targets = np.flatnonzero(~special)
        return ReadProgram(ids, ends, targets[targets > 0], len(found.ids) > window)

    def prompt(self, text: str) -> list[int]:
        """Token ids of a text that is to be continued: all but special tokens at its end."""
        found = self._tokenizer.encode(text)
        last = max(
            (place for place, mark in enumerate(found.special_tokens_mask) if not mark), default=-1
        )
        behind = len(found.ids) if last < 0 else last + 1
        return list(found.ids[:behind])

    def text(self, ids: Sequence[int]) -> str:
        """The text that token ids stand for, without special tokens."""
        found: str = self._tokenizer.decode(list(ids), skip_special_tokens=True)
        return found

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Ids by token, added tokens included."""
        found: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=True)
        return found

    @cached_property
    def merges(self) -> tuple[tuple[str, ...], ...]:
        """The merges of byte pair encoding in their order; none of another kind of tokenizer."""
        model: dict[str, Any] = json.loads(self.serialized)["model"]
        # Files of earlier versions join the two tokens of a merge by a space.
        return tuple(
            tuple(one.split(" ")) if isinstance(one, str) else tuple(one)
            for one in model.get("merges") or ()
        )


def _byte_offsets(text: str) -> NDArray[np.int64]:
    """Where the characters of a text begin in its UTF-8 bytes, and where it ends."""
    widths = np.fromiter(map(len, (one.encode() for one in text)), np.int64, len(text))
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(widths)])
