"""Which programs of an example are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.lang.language import Language

TARGETS = {"first": (0,), "second": (1,), "both": (0, 1)}
"""Positions of programs in a pair, by the name of the choice."""


def target_languages(dataset: Dataset, targets: Sequence[int]) -> set[Language]:
    """The languages of the programs at the positions ``targets`` of every example."""
    return {
        program.language
        for example in dataset
        for position, program in enumerate(example.programs)
        if position in targets
    }
