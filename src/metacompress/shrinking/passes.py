"""The passes of a shrinker: what each tried, and why it went no further."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Stopped(StrEnum):
    """Why a pass went no further."""

    MINIMAL = "minimal"
    """Nothing more can be left out by itself: the models do not part then, or it is not valid."""
    NOTHING_LEFT = "nothing-left"
    """All that it works on is gone, or, of edits, all but one unit."""
    OUT_OF_QUERIES = "out-of-queries"
    """The models were asked for as many inputs as they may be."""
    OUT_OF_CANDIDATES = "out-of-candidates"
    """As many candidates were made as may be."""


@dataclass(slots=True)
class Pass:
    """One pass.

    Attributes:
        name: what it leaves out: edits, statements, parameters or comments.
        before: how many of them there were.
        after: how many are left.
        tried: candidates that the models were asked about.
        kept: those of them that still violate the relation.
        refused: candidates that were not asked about, by the reason.
        stopped: why it went no further.
    """

    name: str
    before: int
    after: int = 0
    tried: int = 0
    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    stopped: Stopped = Stopped.MINIMAL
