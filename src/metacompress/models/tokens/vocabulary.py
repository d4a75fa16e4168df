"""Whether a tokenizer knows the words of programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

PROBE = "int add ( int a , int b ) { return a + b ; }"
"""Words that the vocabulary of any model of code has at least one of."""


def unknown_share(ids: Sequence[int], unknown: int | None, special: frozenset[int]) -> float:
    """Share of the tokens of an input that the vocabulary lacks.

    Args:
        ids: token ids.
        unknown: the id that stands for them; None where the vocabulary lacks nothing.
        special: ids that stand for no text; they do not count, ``unknown`` apart.

    Returns:
        a share in [0, 1]; nan where the input has no token.
    """
    texts = len(ids) - sum(ids.count(one) for one in special if one != unknown)
    if not texts:
        return float("nan")
    return 0.0 if unknown is None else ids.count(unknown) / texts


def require_vocabulary(
    ids: Sequence[int], unknown: int | None, special: frozenset[int], name: str
) -> None:
    """Refuse a tokenizer that reads nothing of a program.

    Libraries make up an empty tokenizer where a model directory has no tokenizer files: every
    program is then the same few special tokens, and every verdict is about nothing.

    Args:
        ids: token ids of ``PROBE``.
        unknown: see ``unknown_share``.
        special: see ``unknown_share``.
        name: of the model, for the message.

    Raises:
        ModelError: the tokenizer knows no word of ``PROBE``.
    """
    # nan, where there is no token at all, is not below 1 either.
    if not unknown_share(ids, unknown, special) < 1:
        raise ModelError(
            f"{name}: its tokenizer knows no word of {PROBE!r}; are the tokenizer files "
            f"(tokenizer.json, or vocab.json with merges.txt) missing in the model directory?",
            model=name,
        )


def special_ids(tokenizer: Any) -> frozenset[int]:
    """Ids of a tokenizers.Tokenizer that stand for no text."""
    added = tokenizer.get_added_tokens_decoder()
    return frozenset(number for number, token in added.items() if token.special)


def unknown_id(tokenizer: Any) -> int | None:
    """The id that a tokenizers.Tokenizer gives to what its vocabulary lacks, if it has one."""
    model = json.loads(tokenizer.to_str())["model"]
    if model.get("unk_id") is not None:
        return int(model["unk_id"])
    token = model.get("unk_token")
    found: int | None = None if token is None else tokenizer.token_to_id(token)
    return found
