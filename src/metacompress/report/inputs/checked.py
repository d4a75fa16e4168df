"""The inputs of a check that violate relations, the worst first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.report.inputs.shown import ShownInput, ShownInputs, ShownSource, Violation
from metacompress.study.check import predicting, sources
from metacompress.study.check.readings.judging import VIOLATIONS
from metacompress.study.check.readings.properties import PROPERTIES
from metacompress.study.players import TEACHER
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary

# Beyond so many, a page names the worst: a table of more rows is a file, not a page.
_MOST = 20_000
_SEPARATOR = "/"


def violating_inputs(run: RunDirectory, summary: CheckSummary, most: int = _MOST) -> ShownInputs:
    """The inputs that violate a relation, each once, with the answers of all models.

    The worst of every student and relation come first, then the second worst, and so on, so that
    those that are left out are nobody's worst.

    Args:
        run: a finished check.
        summary: of it.
        most: inputs that are read at most.
    """
    violations = _violations(run)
    keys = list(violations)
    chosen = keys[:most]
    ids = [key.partition(_SEPARATOR)[2] for key in chosen]
    rows = _rows(run, predicting.TABLE, ids)
    predictions = {f"{row['part']}{_SEPARATOR}{row['id']}": row for row in rows}
    shown_sources = _sources(run, summary, {row["source_id"] for row in rows})
    variants = {row["id"]: row for row in _rows(run, VARIANTS, ids)}
    models = [TEACHER, *summary.students]
    inputs = []
    for key in chosen:
        row = predictions[key]
        source = shown_sources[row["source_id"]]
        follow_up = row["part"] == Part.FOLLOW_UPS
        variant = variants[row["id"]] if follow_up else None
        inputs.append(
            ShownInput(
                key,
                row["id"],
                source,
                {
                    "inputs": "follow-up" if follow_up else "source",
                    "transformation": "" if variant is None else variant["transformation"],
                },
                {name: row[name] for name in models} if follow_up else {},
                source.programs if variant is None else variant["programs"],
                violations[key],
            )
        )
    return ShownInputs(models, summary.labels, inputs, len(keys))


def _violations(run: RunDirectory) -> dict[str, list[Violation]]:
    """Violations by part and id, the worst first: by the best rank among those of a student and
    relation.
    """
    table = run.read_table(VIOLATIONS)
    table = table.filter(table["violated"])
    ranks = _ranks(table)
    keys = pc.binary_join_element_wise(table["part"], table["id"], _SEPARATOR).to_pylist()
    found: dict[str, list[Violation]] = defaultdict(list)
    best: dict[str, int] = {}
    columns = (table[name].to_pylist() for name in ("student", "relation", "magnitude"))
    for key, rank, *violation in zip(keys, ranks, *columns, strict=True):
        found[key].append(Violation(*violation))
        best[key] = min(rank, best.get(key, rank))
    return {key: found[key] for key in sorted(found, key=lambda one: (best[one], one))}


def _ranks(table: pa.Table) -> list[int]:
    """The place of each row among the rows of its student and relation, by magnitude."""
    ranks = np.zeros(len(table), dtype=np.int64)
    groups = pc.binary_join_element_wise(table["student"], table["relation"], _SEPARATOR)
    codes = groups.combine_chunks().dictionary_encode().indices.to_numpy()
    magnitudes = table["magnitude"].to_numpy()
    for code in np.unique(codes):
        rows = np.flatnonzero(codes == code)
        ranks[rows[np.argsort(-magnitudes[rows], kind="stable")]] = np.arange(len(rows))
    return [int(rank) for rank in ranks]


def _sources(
    run: RunDirectory, summary: CheckSummary, ids: Collection[str]
) -> dict[str, ShownSource]:
    predictions = {
        row["id"]: row for row in _rows(run, predicting.TABLE, ids) if row["part"] == Part.SOURCES
    }
    slices = _slices(run, ids)
    models = [TEACHER, *summary.students]
    return {
        row["id"]: ShownSource(
            row["id"],
            None if row["label"] is None else summary.labels[row["label"]],
            row["language"],
            slices.get(row["id"], ()),
            {name: predictions[row["id"]][name] for name in models},
            row["programs"],
            sources.places_of(row),
        )
        for row in _rows(run, sources.EXAMPLES, ids)
    }


def _slices(run: RunDirectory, ids: Collection[str]) -> Mapping[str, list[str]]:
    """Names of slices by source; of a check without slices, none."""
    found: dict[str, list[str]] = defaultdict(list)
    if run.has(PROPERTIES):
        for row in _rows(run, PROPERTIES, ids, "source_id"):
            found[row["source_id"]].append(row["name"])
    return found


def _rows(
    run: RunDirectory, name: str, ids: Collection[str], column: str = "id"
) -> list[dict[str, Any]]:
    table = run.read_table(name)
    wanted = pa.array(sorted(set(ids)), pa.string())
    rows: list[dict[str, Any]] = table.filter(pc.is_in(table[column], value_set=wanted)).to_pylist()
    return rows
