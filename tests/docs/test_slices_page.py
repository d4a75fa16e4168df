from __future__ import annotations

from pathlib import Path

from metacompress.analysis.constructs import Construct

PAGE = Path(__file__).parents[2] / "docs/reference/slices.md"


def test_every_construct_is_explained() -> None:
    rows = PAGE.read_text().split("## Constructs")[1].splitlines()
    told = {
        name
        for row in rows
        if row.startswith("| ")
        for name in row.split("|")[1].strip().split(", ")
    }
    assert told >= set(map(str, Construct))
