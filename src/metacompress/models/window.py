"""How many tokens a model reads."""

from __future__ import annotations

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
