"""Counts of trials by part and group, as a Markdown table."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from outcome import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEAD = (
    "| part | inputs | refused in one line | lost | changed silently | tracebacks | over the limit "
    "| slowest | most memory |\n|---|---|---|---|---|---|---|---|---|"
)


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


def table(parts: dict[str, list[dict[str, Any]]], *, by_group: bool = False) -> str:
    """Counts of each part, or of each group of its trials."""
    lines = [_HEAD]
    for part, rows in parts.items():
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row["trial"].partition("/")[0] if by_group else "", []).append(row)
        lines += [_line(f"{part} {group}".strip(), found) for group, found in groups.items()]
    return "\n".join(lines)


def _line(name: str, rows: list[dict[str, Any]]) -> str:
    # A trial that misses a goal in two ways counts in both columns, once in each.
    faults = Counter(kind for row in rows for kind in {kind for kind, _ in row["faults"]})
    peak = max(row["peak"] for row in rows)
    cells = [
        name,
        f"{sum(row['inputs'] for row in rows):,}",
        f"{sum(row['refused'] for row in rows):,}",
        *(str(faults[kind]) for kind in KINDS),
        f"{max(row['seconds'] for row in rows):.1f} s",
        f"{peak >> 20} MB" if peak else "",
    ]
    return f"| {' | '.join(cells)} |"
