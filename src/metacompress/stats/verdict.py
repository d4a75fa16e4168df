"""Verdicts, and the one that several make up."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """Whether a value is within its limits."""

    PASS = "pass"
    FAIL = "fail"
    UNDECIDED = "undecided"


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return fail if any fails, else undecided if any is or if there is none, else pass."""
    seen = set(verdicts)
    if Verdict.FAIL in seen:
        return Verdict.FAIL
    if Verdict.UNDECIDED in seen or not seen:
        return Verdict.UNDECIDED
    return Verdict.PASS
