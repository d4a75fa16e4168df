"""How often a process looks for garbage in circles."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Containers made since the last collection of each generation; Python's own are 700, 10 and 10. A
# command makes many containers that stay, modules above all, and few circles: with Python's
# thresholds the collector took a seventh of the time of a small check that was not a model's.
_THRESHOLDS = (50_000, 20, 50)


def collect_seldom() -> None:
    """Let Python's collector run less often; for processes that are ours alone."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let Python's collector run less often within the block; for a process of the user's.

    A process that collects yet less often, or never, is left alone.
    """
    before = gc.get_threshold()
    if 0 < before[0] < _THRESHOLDS[0]:
        collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
