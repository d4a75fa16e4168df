"""Tokens of programs, made once for all models whose tokenizers are the same.

A student's tokenizer is its teacher's as a rule, and both read the same inputs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cachetools import FIFOCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

# Texts that are remembered: 32 MiB at 128 tokens each.
_KEPT = 1 << 16


class Tokens(NamedTuple):
    """What a tokenizer makes of one text.

    Attributes:
        inputs: int32 sequences, by the name of the model's input.
        truncated: whether the text has more tokens.
    """

    inputs: Mapping[str, NDArray[np.int32]]
    truncated: bool


_known: FIFOCache[bytes, Tokens] = FIFOCache(maxsize=_KEPT)


def tokens_of(
    tokenizer: str, texts: Sequence[str], make: Callable[[list[int]], list[Tokens]]
) -> list[Tokens]:
    """The tokens of texts, in their order.

    Args:
        tokenizer: names everything that the tokens depend on beside the text.
        texts: may repeat.
        make: maps the positions of distinct unknown texts to their tokens.
    """
    keys = [_key(tokenizer, text) for text in texts]
    found = {key: _known[key] for key in keys if key in _known}
    new: dict[bytes, int] = {}
    for position, key in enumerate(keys):
        if key not in found:
            new.setdefault(key, position)
    if new:
        made = dict(zip(new, make(list(new.values())), strict=True))
        found |= made
        _known.update(made)
    return [found[key] for key in keys]


def tokenizer_key(content: str, max_length: int, inputs: Iterable[str]) -> str:
    """A name for ``tokens_of`` of a tokenizer's JSON, a window, and a model's inputs."""
    digest = hashlib.sha256(content.encode()).hexdigest()
    return f"{digest}:{max_length}:{','.join(sorted(inputs))}"


def _key(tokenizer: str, text: str) -> bytes:
    content = f"{tokenizer}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16).digest()
