"""Relations of language models on their parts, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.report.tables.fitting import SHORT_PARTS, hundredths
from metacompress.report.tables.levels import NOTHING
from metacompress.report.tables.shown import ShownTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.study.judged import RelationOnParts


def relations_table(relations: Mapping[str, RelationOnParts], title: str) -> ShownTable:
    """A row per relation and part of the inputs."""
    table = ShownTable(
        title,
        ["relation", "inputs"],
        ["violated", "value %", "interval", "limit %", "verdict"],
        ["violated", "limit %"],
    )
    for name, relation in relations.items():
        for part, judged in relation.parts():
            table.add_row(
                name,
                SHORT_PARTS[part],
                f"{judged.violations}/{judged.inputs}",
                hundredths(judged.value),
                f"{100 * judged.low:z.2f} – {100 * judged.high:z.2f}",
                f"≤ {100 * judged.most:g}",
                judged.verdict or NOTHING,
            )
    return table
