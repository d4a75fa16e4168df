"""Where each relation is violated: by transformation, by language and by slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.study.check import predicting, sources
from metacompress.study.check.readings.judging import VIOLATIONS
from metacompress.study.check.readings.properties import PROPERTIES
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.summary import CheckSummary

_SHADES = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """A relation on the inputs of one row.

    Attributes:
        violations: inputs that violate it, unweighted.
        inputs: inputs that it applies to, at least one.
    """

    violations: int
    inputs: int

    @property
    def rate(self) -> float:
        """Share of the inputs, in [0, 1]."""
        return self.violations / self.inputs

    @property
    def shade(self) -> int:
        """How dark the cell is, from 0 (no violation) to 9; the square root tells small apart."""
        return min(int(np.ceil(_SHADES * np.sqrt(self.rate))), _SHADES)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The relations on inputs that are divided in one way.

    Attributes:
        facet: what divides them, as the table of inputs has it: transformation, say.
        relations: the columns.
        rows: cells by value of the facet; None where a relation applies to no such input.
    """

    facet: str
    relations: list[str]
    rows: dict[str, list[Cell | None]]


class HeatMaps:
    """The heat maps of every student of a check.

    Args:
        run: a finished check.
        summary: of it.
    """

    def __init__(self, run: RunDirectory, summary: CheckSummary) -> None:
        self._relations = list(next(iter(summary.students.values())).relations)
        self._violations = run.read_table(VIOLATIONS)
        self._divisions = _Divisions(run)

    def of(self, student: str) -> list[HeatMap]:
        """One for each way to divide the inputs that gives two rows or more."""
        rows = self._violations.filter(pc.equal(self._violations["student"], student))
        counts = {relation: self._counts(rows, relation) for relation in self._relations}
        maps = []
        for facet, members in self._divisions.all():
            shown = {
                name: [_cell(*counts[relation], chosen) for relation in self._relations]
                for name, chosen in members
            }
            shown = {name: cells for name, cells in shown.items() if any(cells)}
            maps.append(HeatMap(facet, self._relations, shown))
        return [one for one in maps if len(one.rows) > 1]

    def _counts(self, rows: pa.Table, relation: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the relation applies to each input of the study, and whether it is violated."""
        rows = rows.filter(pc.equal(rows["relation"], relation))
        places = self._divisions.places(rows)
        found = np.zeros((2, self._divisions.count), dtype=np.bool_)
        found[0, places] = rows["applicable"].to_numpy()
        found[1, places] = rows["violated"].to_numpy()
        return found[0], found[0] & found[1]


class _Divisions:
    """The inputs of a study, and the ways to divide them."""

    def __init__(self, run: RunDirectory) -> None:
        inputs = run.read_table(predicting.TABLE).select(["part", "id", "source_id"])
        self.count = len(inputs)
        self._keys = _keys(inputs)
        examples = run.read_table(sources.EXAMPLES).select(["id", "language"])
        self._source = pc.index_in(inputs["source_id"], examples["id"]).to_numpy()
        self._languages = np.asarray(examples["language"].to_pylist(), dtype=np.str_)
        self._transformations = _transformations(run, inputs)
        self._slices: dict[str, NDArray[np.bool_]] = {}
        if run.has(PROPERTIES):
            table = run.read_table(PROPERTIES)
            of_source = pc.index_in(table["source_id"], examples["id"]).to_numpy()
            names = np.asarray(table["name"].to_pylist(), dtype=np.str_)
            for name in dict.fromkeys(names.tolist()):
                inside = np.zeros(len(examples), dtype=np.bool_)
                inside[of_source[names == name]] = True
                self._slices[name] = inside

    def places(self, rows: pa.Table) -> NDArray[np.int64]:
        """The places among the inputs of rows that have part and id."""
        found: NDArray[np.int64] = pc.index_in(_keys(rows), self._keys).to_numpy()
        return found

    def all(self) -> Iterator[tuple[str, list[tuple[str, NDArray[np.bool_]]]]]:
        """Facets, and for each value the inputs that have it, bool (n,)."""
        for facet, values in (
            ("transformation", self._transformations),
            ("language", self._languages[self._source]),
        ):
            names = sorted(set(values.tolist()))
            yield facet, [(name, values == name) for name in names]
        yield (
            "slice",
            [(name, inside[self._source]) for name, inside in self._slices.items()],
        )


def _transformations(run: RunDirectory, inputs: pa.Table) -> NDArray[np.str_]:
    """The transformation of each input; empty for sources."""
    variants = run.read_table(VARIANTS).select(["id", "transformation"])
    names = np.asarray([*variants["transformation"].to_pylist(), ""], dtype=np.str_)
    found = pc.index_in(inputs["id"], variants["id"]).fill_null(-1).to_numpy()
    # The id of a source may look like that of a variant.
    is_source = pc.equal(inputs["part"], str(Part.SOURCES)).to_numpy()
    return names[np.where(is_source, -1, found)]


def _keys(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["part"], table["id"], "/")


def _cell(
    applies: NDArray[np.bool_], violated: NDArray[np.bool_], chosen: NDArray[np.bool_]
) -> Cell | None:
    inputs = int(np.count_nonzero(applies & chosen))
    return Cell(int(np.count_nonzero(violated & chosen)), inputs) if inputs else None
