"""How many tokens a model reads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Tokenizers without a limit report a huge number.
_NO_LIMIT = 1_000_000
_DEFAULT = 512
_POSITIONS_BEHIND_PADDING = frozenset({"roberta", "xlm-roberta", "camembert"})


def input_limit(
    config: Mapping[str, Any], tokenizer_limit: float | None, asked: int | None, name: str
) -> int:
    """Tokens per input at most, special tokens included.

    Args:
        config: the model's configuration, as in its config.json.
        tokenizer_limit: what the tokenizer states, if it does.
        asked: what the user wants, if anything.
        name: of the model, for messages.

    Raises:
        UsageError: more is asked for than the model has positions, or fewer than 4.
    """
    positions = config.get("max_position_embeddings")
    if positions is not None and config.get("model_type") in _POSITIONS_BEHIND_PADDING:
        positions -= config.get("pad_token_id", 1) + 1  # position ids start behind the padding id
    limits = [
        limit for limit in (tokenizer_limit, positions) if limit is not None and limit < _NO_LIMIT
    ]
    longest = min(limits, default=_DEFAULT)
    if asked is None:
        return int(longest)
    if asked < 4 or (positions is not None and asked > positions):
        raise UsageError(f"{name}: max_length {asked} is outside of 4 to {positions}")
    return asked


_WHITE_SPACE = re.compile(r"\s")
# Characters a token has on average in source code stay far below this, indentation included.
_CHARACTERS_PER_TOKEN = 16
# They split at white space and look no further, so that a word's tokens are its own.
_SPLIT_AT_WHITE_SPACE = frozenset(
    {"ByteLevel", "Whitespace", "WhitespaceSplit", "BertPreTokenizer", "Metaspace"}
)


def splits_at_white_space(tokenizer: Any) -> bool:
    """Whether a tokenizers.Tokenizer gives a word the same tokens whatever follows it."""
    stage = json.loads(tokenizer.to_str()).get("pre_tokenizer") or {}
    splits = stage.get("use_regex", True) and stage.get("split", True)
    return stage.get("type") in _SPLIT_AT_WHITE_SPACE and bool(splits)


def likely_visible(text: str, max_length: int) -> str:
    """A prefix of whole words that probably holds ``max_length`` tokens.

    Where it has as many, its first tokens are those of the whole text, if the tokenizer splits at
    white space.
    """
    limit = _CHARACTERS_PER_TOKEN * max_length
    if len(text) <= 2 * limit:
        return text
    # White space in front of the text is no word, and may be all there is.
    end = _WHITE_SPACE.search(text, limit)
    return text if end is None else text[: end.start()]
