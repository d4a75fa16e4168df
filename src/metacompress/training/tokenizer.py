"""A tokenizer of code, trained on the programs that a model is trained on.

Of whatever kind, it works on the words of identifiers: ``countIslands`` and ``count_islands``
share ``count`` and ``islands``, case and layout are dropped. A small model that starts from
nothing would have to learn each spelling by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGIN, PAD, END, UNKNOWN, MASK = SPECIAL_TOKENS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_WORD_BORDER_IN_CAMEL_CASE = Regex(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS_DIGITS_UNDERSCORES = Regex(r"\p{L}+|\p{N}|_")
# Whole words know no parts: a run of punctuation would be a word, and mostly an unknown one.
_WORDS_CHARACTERS = Regex(r"\p{L}+|.")


def train_tokenizer(
    texts: Iterable[str], *, vocabulary: int, segments: bool, kind: str = "bpe"
) -> Tokenizer:
    """Train a tokenizer.

    Args:
        texts: programs; the result depends on their order only in ties.
        vocabulary: number of tokens at most; special tokens and the 256 bytes are among them.
        segments: whether the second text of a pair has segment id 1 (BERT), else 0 (RoBERTa).
        kind: ``bpe`` (byte pairs), ``wordpiece``, ``unigram`` (a unigram language model), or
            ``word`` (whole words; rare ones are unknown).
    """
    model, trainer = _MODELS[kind](
        vocab_size=vocabulary, special_tokens=list(SPECIAL_TOKENS), show_progress=False
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(_WORD_BORDER_IN_CAMEL_CASE, " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\s+"), "removed"),
            pre_tokenizers.Split(
                _WORDS_CHARACTERS if kind == "word" else _WORDS_DIGITS_UNDERSCORES, "isolated"
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.train_from_iterator(texts, trainer)
    second = ":1" if segments else ":0"
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A {END}",
        pair=f"{BEGIN} $A {END} $B{second} {END}{second}",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (BEGIN, END)],
    )
    return tokenizer


def _bpe(**options: Any) -> tuple[Any, Any]:
    trainer = trainers.BpeTrainer(initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **options)
    return models.BPE(unk_token=UNKNOWN), trainer


def _wordpiece(**options: Any) -> tuple[Any, Any]:
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.WordPieceTrainer(initial_alphabet=alphabet, **options)
    return models.WordPiece(unk_token=UNKNOWN), trainer


def _unigram(**options: Any) -> tuple[Any, Any]:
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.UnigramTrainer(initial_alphabet=alphabet, unk_token=UNKNOWN, **options)
    return models.Unigram(), trainer


def _word(**options: Any) -> tuple[Any, Any]:
    return models.WordLevel(unk_token=UNKNOWN), trainers.WordLevelTrainer(**options)


_MODELS = {"bpe": _bpe, "wordpiece": _wordpiece, "unigram": _unigram, "word": _word}


def as_transformers(tokenizer: Tokenizer, *, max_length: int, segments: bool) -> Any:
    """The same tokenizer as a ``PreTrainedTokenizerFast``."""
    from transformers import PreTrainedTokenizerFast

    names = ["input_ids", *(["token_type_ids"] if segments else []), "attention_mask"]
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=max_length,
        model_input_names=names,
        bos_token=BEGIN,
        cls_token=BEGIN,
        eos_token=END,
        sep_token=END,
        pad_token=PAD,
        unk_token=UNKNOWN,
        mask_token=MASK,
    )
