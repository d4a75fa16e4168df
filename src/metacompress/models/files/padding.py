"""The token that shorter inputs are padded with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError
from metacompress.models.files.source import CONFIG

if TYPE_CHECKING:
    from collections.abc import Sequence


def padding_id(model: Any, tokenizer: Any, probe: Sequence[int], name: str) -> int:
    """The token id that shorter inputs are padded with; set in the model, too.

    A decoder reads the last token of an input that is not padding. Where nothing names a padding
    token, its end-of-text token serves, unless inputs end with it.

    Args:
        model: the torch module.
        tokenizer: its tokenizer.
        probe: token ids of a program.
        name: for messages.

    Raises:
        ModelError: there is none, or the model has no vector for it.
    """
    config = model.config.get_text_config()
    rows = int(model.get_input_embeddings().weight.shape[0])
    stated = [tokenizer.pad_token_id, config.pad_token_id]
    if probe[-1:] != [tokenizer.eos_token_id]:
        stated.append(tokenizer.eos_token_id)
    numbers = [one for one in stated if isinstance(one, int) and not isinstance(one, bool)]
    found = next((one for one in numbers if 0 <= one < rows), None)
    if found is None and numbers:
        raise ModelError(
            f"{name}: its padding token has the id {numbers[0]}, and the model embeds {rows} "
            f"tokens",
            model=name,
        )
    if found is None:
        raise ModelError(
            f"{name}: its tokenizer has no padding token; set pad_token in its "
            f"tokenizer_config.json, or pad_token_id in its {CONFIG}",
            model=name,
        )
    config.pad_token_id = found
    return found
