"""Names of splits: what one data set calls valid, another calls validation or dev."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

_SPELLINGS = (("valid", "validation", "dev", "val"), ("train", "training"), ("test", "testing"))
SPLIT_NAMES = tuple(name for names in _SPELLINGS for name in names)


def spellings(split: str) -> tuple[str, ...]:
    """The names that a split may have, the one that was asked for first."""
    for names in _SPELLINGS:
        if split in names:
            return (split, *(name for name in names if name != split))
    return (split,)


def choose_split(split: str, there: Collection[str], source: str) -> str:
    """The name in ``there`` of the split that was asked for.

    Raises:
        UsageError: there is none, or the name asked for is missing and several others fit.
    """
    fitting = [name for name in spellings(split) if name in there]
    if split in fitting or len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(
            f"{source}: no split {split!r}, but {' and '.join(fitting)}; name one of them",
            option="split",
        )
    raise UsageError(
        f"{source}: no split {split!r}; splits: {', '.join(sorted(there)) or 'none'}",
        option="split",
    )
