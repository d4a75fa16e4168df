"""How many tokens a model reads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

# Tokenizers without a limit report a huge number.
_NO_LIMIT = 1_000_000
_DEFAULT = 512
_LEAST = 4
# Their n_positions says how long the inputs of the training were.
_RELATIVE_POSITIONS = frozenset({"t5", "mt5", "umt5"})
_POSITIONS_BEHIND_PADDING = frozenset({"roberta", "xlm-roberta", "camembert"})


def input_limit(
    config: Mapping[str, Any], tokenizer_limit: object, asked: int | None, name: str
) -> int:
    """Tokens per input at most, special tokens included.

    Args:
        config: the model's configuration, as in its config.json.
        tokenizer_limit: what the tokenizer states, if it does.
        asked: what the user wants, if anything.
        name: of the model, for messages.

    Raises:
        UsageError: more is asked for than the model has positions, or fewer than 4.
        ModelError: what the model states is not a length, or too short for a program.
    """
    positions = _positions(config, name)
    if positions is not None and config.get("model_type") in _POSITIONS_BEHIND_PADDING:
        pad = config.get("pad_token_id")
        # Position ids start behind the padding id.
        positions -= (pad if isinstance(pad, int) else 1) + 1
    # What a tokenizer says does not count where the user says it.
    stated = _stated_length(tokenizer_limit, "model_max_length", name) if asked is None else None
    limits = [limit for limit in (stated, positions) if limit is not None and limit < _NO_LIMIT]
    longest = int(min(limits, default=_DEFAULT))
    most = longest if positions is None or positions >= _NO_LIMIT else int(positions)
    if asked is None:
        if longest < _LEAST:
            raise ModelError(
                f"{name}: reads {longest} tokens at most by its config.json or tokenizer; an input "
                f"needs {_LEAST}",
                model=name,
            )
        return longest
    if asked < _LEAST or (positions is not None and asked > positions):
        raise UsageError(
            f"{name}: max_length {asked} is outside of {_LEAST} to {most}", option="max_length"
        )
    if asked >= _NO_LIMIT:
        raise UsageError(
            f"{name}: max_length {asked} is more than any model reads", option="max_length"
        )
    return asked


def window_doubt(
    config: Mapping[str, Any], tokenizer_limit: object, asked: int | None, name: str
) -> tuple[str, ...]:
    """A sentence where a model reads more or fewer tokens than its own files say, or nothing.

    Args:
        config: see ``input_limit``.
        tokenizer_limit: likewise.
        asked: likewise.
        name: likewise.
    """
    try:
        own = input_limit(config, tokenizer_limit, None, name)
    except ModelError:  # what they say is no length: the user says it
        return ()
    if asked is None or asked == own:
        return ()
    return (f"reads {asked} tokens of an input (?max_length=), while its own files say {own}",)


def _positions(config: Mapping[str, Any], name: str) -> float | None:
    """Positions that a model has vectors for; None where it counts distances instead."""
    fields = ["max_position_embeddings"]
    if config.get("model_type") not in _RELATIVE_POSITIONS:
        fields += ["n_positions", "max_seq_len"]
    for field in fields:
        if config.get(field) is not None:
            return _stated_length(config[field], field, name)
    return None


def _stated_length(value: object, field: str, name: str) -> float | None:
    """A length that a file states; None where it states none."""
    if value is None:
        return None
    # nan is not above 0 either.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise ModelError(
            f"{name}: {field} is {value!r:.40}; expected a number of tokens above 0, "
            f"or ?max_length=N where the model does not tell",
            model=name,
        )
    return value


_WHITE_SPACE = re.compile(r"\s")
# Characters that a token has on average in source code are about half of this, indentation
# included; the few programs that do not fill the window so are read whole.
_CHARACTERS_PER_TOKEN = 6
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
