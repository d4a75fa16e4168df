"""Prompts as tokens: what is too long loses the ends of its programs, and no word of the template.

A prompt is tokenised whole, so that a model reads the tokens that it would read anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tokenizers import Tokenizer

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.models.prompting.template import Template

# Tokens that each program has at least; with fewer, a prompt shows nothing of it.
_LEAST_ROOM = 8


class PromptTokens(NamedTuple):
    """What a model reads of an input.

    Attributes:
        ids: token ids.
        spans: characters of the prompt that each stands for; a token without text has an empty
            one.
        programs: where each program stands in the prompt, in characters.
        truncated: whether the ends of programs are missing.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    programs: tuple[tuple[int, int], ...]
    truncated: bool


class Prompter:
    """Makes prompts of programs.

    Args:
        template: the prompt.
        tokenizer: a fast tokenizer of transformers.
        max_length: tokens of a prompt at most.
        name: of the model, for messages.

    Raises:
        UsageError: the template leaves no room for programs.
    """

    def __init__(self, template: Template, tokenizer: Any, max_length: int, name: str) -> None:
        self._template = template
        self._tokenizer = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._max_length = max_length
        own = len(self.tokens([[""] * template.arity])[0].ids)
        if max_length - own < _LEAST_ROOM * template.arity:
            raise UsageError(
                f"{name}: the prompt template takes {own} of {max_length} tokens and leaves no "
                f"room for programs; shorten it, or raise max_length where the model allows it",
                option="template",
            )

    def tokens(self, programs: Sequence[Sequence[str]]) -> list[PromptTokens]:
        """The tokens of n prompts; of each, the texts of its programs."""
        filled = [self._template.fill(texts) for texts in programs]
        found = []
        for prompt, encoded in zip(
            filled, self._tokenizer.encode_batch([one.text for one in filled]), strict=True
        ):
            ids, spans = list(encoded.ids), list(encoded.offsets)
            # A tokenizer may end an input with a token of its own, and the answer stands before it.
            while len(ids) > 1 and spans[-1][0] == spans[-1][1]:
                ids.pop()
                spans.pop()
            cut = self._to_cut(spans, prompt.spans)
            kept = [place for place in range(len(ids)) if place not in cut]
            found.append(
                PromptTokens(
                    [ids[place] for place in kept],
                    [spans[place] for place in kept],
                    prompt.spans,
                    bool(cut),
                )
            )
        return found

    def _to_cut(
        self, spans: Sequence[tuple[int, int]], programs: Sequence[tuple[int, int]]
    ) -> frozenset[int]:
        """Places of the tokens that do not fit: of the longer program first."""
        excess = len(spans) - self._max_length
        if excess <= 0:
            return frozenset()
        own = [
            [k for k, (start, end) in enumerate(spans) if first <= start < end <= last]
            for first, last in programs
        ]
        room = sum(map(len, own)) - excess
        shares = [min(len(places), room // len(own)) for places in own]
        for number in sorted(range(len(own)), key=lambda number: len(own[number])):
            others = sum(shares) - shares[number]
            shares[number] = min(len(own[number]), room - others)
        return frozenset(
            place for places, share in zip(own, shares, strict=True) for place in places[share:]
        )
