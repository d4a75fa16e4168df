"""Counts of trials by part and group."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from outcome import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Keys of the counts of missed goals.
_COUNTS = {
    "lost": "lost",
    "changed": "changed_silently",
    "traceback": "tracebacks",
    "over": "over_the_limit",
}


def read_rows(path: Path, state: str) -> list[dict[str, Any]]:
    """Outcomes of trials of this state of the project, the last one of each trial."""
    rows: dict[str, dict[str, Any]] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["state"] == state:
                rows[row["trial"]] = row
    return list(rows.values())


def missed(rows: Iterable[dict[str, Any]]) -> list[str]:
    """A line for every trial that missed a goal."""
    return [
        f"{row['trial']}: " + "; ".join(f"{kind}: {what}" for kind, what in row["faults"])
        for row in rows
        if row["faults"]
    ]


def counts(
    parts: dict[str, list[dict[str, Any]]], *, by_group: bool = False
) -> list[dict[str, Any]]:
    """Counts of each part, or of each group of its trials."""
    found = []
    for part, rows in parts.items():
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row["trial"].partition("/")[0] if by_group else "", []).append(row)
        found += [
            {"part": f"{part} {group}".strip(), **_count(one)} for group, one in groups.items()
        ]
    return found


def _count(rows: list[dict[str, Any]]) -> dict[str, Any]:
    # A trial that misses a goal in two ways counts in both, once in each.
    faults = Counter(kind for row in rows for kind in {kind for kind, _ in row["faults"]})
    peak = max(row["peak"] for row in rows)
    return {
        "inputs": sum(row["inputs"] for row in rows),
        "refused_in_one_line": sum(row["refused"] for row in rows),
        **{_COUNTS[kind]: faults[kind] for kind in KINDS},
        "slowest_seconds": max(row["seconds"] for row in rows),
        "megabytes_at_most": peak >> 20 if peak else None,
    }
