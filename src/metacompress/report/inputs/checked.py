"""The inputs of a check that violate relations, the worst first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.models.protocols.classifier import input_digests
from metacompress.report.inputs.shown import ShownInput, ShownInputs, ShownSource, Violation
from metacompress.study.check import predictions_table, sources
from metacompress.study.check.readings.judging import VIOLATIONS
from metacompress.study.check.readings.properties import PROPERTIES
from metacompress.study.players import TEACHER
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

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
    violations, found = _violations(run, most)
    inputs = read_inputs(run, summary, violations)
    return ShownInputs([TEACHER, *summary.students], summary.labels, inputs, found)


def read_inputs(
    run: RunDirectory, summary: CheckSummary, violations: Mapping[str, Sequence[Violation]]
) -> list[ShownInput]:
    """Read inputs of a check.

    Args:
        run: a finished check.
        summary: of it.
        violations: by the key of each input; those that the run does not have are left out.
    """
    ids = [key.partition(_SEPARATOR)[2] for key in violations]
    rows = _rows(run, predictions_table.TABLE, ids)
    predictions = {f"{row['part']}{_SEPARATOR}{row['id']}": row for row in rows}
    shown_sources = _sources(run, summary, {row["source_id"] for row in rows})
    variants = {row["id"]: row for row in _rows(run, VARIANTS, ids)}
    models = [TEACHER, *summary.students]
    inputs = []
    for key, of_input in violations.items():
        row = predictions.get(key)
        if row is None:
            continue
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
                of_input,
            )
        )
    return inputs


def _violations(run: RunDirectory, most: int) -> tuple[dict[str, list[Violation]], int]:
    """Violations by part and id, the worst first: by the best rank among those of a student and
    relation; and the number of inputs that violate any.

    Whatever is among the first ``most`` has a rank below that, so no more of any are held.
    """
    worst: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    digests = [np.zeros(0, dtype=np.uint64)]
    for rows in _violated(run):
        keys = _keys(rows).to_pylist()
        digests.append(np.unique(input_digests(key.encode() for key in keys)))
        columns = (rows[name].to_pylist() for name in ("student", "relation", "magnitude"))
        for key, student, relation, magnitude in zip(keys, *columns, strict=True):
            worst[student, relation].append((magnitude, key))
        for place, found in worst.items():
            if len(found) > 2 * most:
                worst[place] = _worst(found, most)
    best: dict[str, int] = {}
    for found in worst.values():
        for rank, (_, key) in enumerate(_worst(found, most)):
            best[key] = min(rank, best.get(key, rank))
    chosen = sorted(best, key=lambda key: (best[key], key))[:most]
    violations: dict[str, list[Violation]] = {key: [] for key in chosen}
    wanted = pa.array(chosen, pa.string())
    for rows in _violated(run):
        shown = rows.filter(pc.is_in(_keys(rows), value_set=wanted))
        columns = (shown[name].to_pylist() for name in ("student", "relation", "magnitude"))
        for key, *violation in zip(_keys(shown).to_pylist(), *columns, strict=True):
            violations[key].append(Violation(*violation))
    return violations, len(np.unique(np.concatenate(digests)))


def _worst(found: list[tuple[float, str]], most: int) -> list[tuple[float, str]]:
    """Those of the largest magnitudes; of equal ones the first stays first."""
    return sorted(found, key=lambda one: -one[0])[:most]


def _violated(run: RunDirectory) -> Iterator[pa.Table]:
    for group in run.open_table(VIOLATIONS).groups():
        yield group.filter(group["violated"])


def _keys(rows: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(rows["part"], rows["id"], _SEPARATOR)


def _sources(
    run: RunDirectory, summary: CheckSummary, ids: Collection[str]
) -> dict[str, ShownSource]:
    predictions = {
        row["id"]: row
        for row in _rows(run, predictions_table.TABLE, ids)
        if row["part"] == Part.SOURCES
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
    wanted = pa.array(sorted(set(ids)), pa.string())
    return [
        row
        for group in run.open_table(name).groups()
        for row in group.filter(pc.is_in(group[column], value_set=wanted)).to_pylist()
    ]
