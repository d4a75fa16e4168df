"""How many tokens a tokenizer can have: no more than the training programs give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.training.tokenizer import train_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.compression.search.space import Configuration, SearchSpace
    from metacompress.runs.progress import Progress

_ONLY_KIND = "bpe"


class Vocabularies:
    """The largest vocabulary of each kind of tokenizer.

    Args:
        largest: tokens by kind; a kind that is not there has no limit.
    """

    def __init__(self, largest: dict[str, int]) -> None:
        self.largest = largest

    @classmethod
    def of(cls, texts: Sequence[str], space: SearchSpace, progress: Progress) -> Vocabularies:
        """Train each kind once, with the largest vocabulary of a space."""
        kinds = space["tokenizer"].values if "tokenizer" in space.names else (_ONLY_KIND,)
        wanted = space["vocabulary"].values[-1]
        largest = {}
        with progress.stage("measuring vocabularies", len(kinds)) as advance:
            for kind in kinds:
                trained = train_tokenizer(texts, vocabulary=wanted, segments=False, kind=kind)
                largest[kind] = trained.get_vocab_size()
                advance(1)
        return cls(largest)

    def capped(self, configuration: Configuration) -> Configuration:
        """The configuration with as many tokens as its tokenizer will have."""
        kind = configuration.get("tokenizer", _ONLY_KIND)
        tokens = min(
            configuration["vocabulary"], self.largest.get(kind, configuration["vocabulary"])
        )
        return {**configuration, "vocabulary": tokens}

    def reachable(self, space: SearchSpace) -> SearchSpace:
        """The space without vocabularies beyond the first one that no tokenizer fills."""
        limit = max(self.largest.values())
        values = space["vocabulary"].values
        kept = [value for value in values if value <= limit]
        beyond = [value for value in values if value > limit]
        return space.restricted({"vocabulary": [*kept, *beyond[:1]]})
