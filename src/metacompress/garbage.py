"""How often a process looks for garbage in circles."""

from __future__ import annotations

import gc

# Containers made since the last collection of each generation; Python's own are 700, 10 and 10. A
# command makes many containers that stay, modules above all, and few circles: with Python's
# thresholds the collector took a seventh of the time of a small check that was not a model's.
_THRESHOLDS = (50_000, 20, 50)


def collect_seldom() -> None:
    """Let Python's collector run less often; for processes that are ours alone."""
    gc.set_threshold(*_THRESHOLDS)
