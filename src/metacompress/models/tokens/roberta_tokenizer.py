"""Tokenizers beside published checkpoints; their special tokens have RoBERTa's numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel

from metacompress.errors import ModelError, first_line

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL_TOKENS = {"<s>": 0, "<pad>": 1, "</s>": 2}
_VOCABULARY, _MERGES = "vocab.json", "merges.txt"
TOKENIZERS = ("tokenizer.json", "BPE_*.json", "WordPiece_*.json", "Unigram_*.json", _VOCABULARY)
"""Names of their files, the most telling first."""
_MARKS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


def read_tokenizer(path: Path) -> tuple[Tokenizer, list[Path]]:
    """Read a tokenizer.

    Args:
        path: a file that the tokenizers library wrote, or RoBERTa's vocabulary with its merges
            beside it.

    Returns:
        the tokenizer, and the files that it was read from.

    Raises:
        ModelError: a file is missing or damaged, or special tokens have other numbers.
    """
    try:
        if path.name == _VOCABULARY:
            merges = path.with_name(_MERGES)
            tokenizer, files = _byte_level(path, merges), [path, merges]
        else:
            tokenizer, files = Tokenizer.from_str(path.read_text(encoding="utf-8")), [path]
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(
            f"{path}: cannot be read as a tokenizer ({first_line(error)})", path=path
        ) from error
    for token, expected in SPECIAL_TOKENS.items():
        if tokenizer.token_to_id(token) != expected:
            raise ModelError(
                f"{path}: token {token} has id {tokenizer.token_to_id(token)}, "
                f"published checkpoints use {expected}",
                path=path,
            )
    # Both are for whole inputs, which are framed elsewhere.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, files


def _byte_level(vocabulary: Path, merges: Path) -> Tokenizer:
    """RoBERTa's tokenizer, from the two files that it is published as."""
    tokenizer = Tokenizer(BPE.from_file(str(vocabulary), str(merges)))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.add_special_tokens(
        [mark for mark in _MARKS if tokenizer.token_to_id(mark) is not None]
    )
    return tokenizer
