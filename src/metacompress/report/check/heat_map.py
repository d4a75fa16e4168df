"""Where each relation is violated: by transformation, by language and by slice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.relations.kinds import Kinds
from metacompress.study.check import predictions_table, sources
from metacompress.study.check.readings.judging import VIOLATIONS
from metacompress.study.check.readings.properties import PROPERTIES
from metacompress.study.players import TEACHER
from metacompress.variants.table import TABLE as VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        self._run = run
        self._relations = [
            name
            for name, found in next(iter(summary.students.values())).relations.items()
            if any(judged.judges_inputs for _, judged in found.parts())
        ]
        self._divisions = _Divisions(run, list(summary.students))

    def of(self, student: str) -> list[HeatMap]:
        """One for each way to divide the inputs that gives two rows or more."""
        counts = self._counts(student)
        maps = []
        for facet, members in self._divisions.all():
            shown = {
                name: [_cell(counts[relation], chosen) for relation in self._relations]
                for name, chosen in members
            }
            shown = {name: cells for name, cells in shown.items() if any(cells)}
            maps.append(HeatMap(facet, self._relations, shown))
        return [one for one in maps if len(one.rows) > 1]

    def _counts(self, student: str) -> dict[str, NDArray[np.bool_]]:
        """By relation, whether it applies to each input of the study, and whether it is violated:
        bool (2, n).
        """
        counts = {
            relation: np.zeros((2, self._divisions.count), dtype=np.bool_)
            for relation in self._relations
        }
        places = {part: self._divisions.judged(student, part) for part in Part}
        done: Counter[tuple[str, str]] = Counter()
        for group in self._run.open_table(VIOLATIONS).groups():
            rows = group.filter(pc.equal(group["student"], student))
            for relation, part in dict.fromkeys(
                zip(rows["relation"].to_pylist(), rows["part"].to_pylist(), strict=True)
            ):
                if relation not in counts:
                    continue
                found = rows.filter(
                    pc.and_(pc.equal(rows["relation"], relation), pc.equal(rows["part"], part))
                )
                # Judgements stand in the order of the inputs that they are about.
                first = done[relation, part]
                done[relation, part] += len(found)
                here = places[Part(part)][first : first + len(found)]
                applicable = found["applicable"].to_numpy()
                counts[relation][0, here] = applicable
                counts[relation][1, here] = applicable & found["violated"].to_numpy()
        return counts


class _Divisions:
    """The n inputs of a study in the order of the table of predictions, and the ways to divide
    them.
    """

    def __init__(self, run: RunDirectory, students: Sequence[str]) -> None:
        flags = [f"{name}_identical" for name in (TEACHER, *students)]
        inputs = run.open_table(predictions_table.TABLE).read(["part", "source_id", *flags])
        examples = run.open_table(sources.EXAMPLES).read(["id", "language"])
        self.count = len(inputs)
        self._is_source = pc.equal(inputs["part"], str(Part.SOURCES)).to_numpy()
        self._told_apart = {
            name: ~(inputs[f"{TEACHER}_identical"].to_numpy() & inputs[flag].to_numpy())
            for name, flag in zip(students, flags[1:], strict=True)
        }
        self._source = pc.index_in(inputs["source_id"], examples["id"]).to_numpy()
        self._languages = Kinds.of(examples["language"].to_pylist())
        self._transformations = _transformations(run)
        self._slices: dict[str, NDArray[np.bool_]] = {}
        if run.has(PROPERTIES):
            for group in run.open_table(PROPERTIES).groups():
                of_source = pc.index_in(group["source_id"], examples["id"]).to_numpy()
                kinds = Kinds.of(group["name"].to_pylist())
                for name in kinds.present():
                    inside = self._slices.setdefault(name, np.zeros(len(examples), dtype=np.bool_))
                    inside[of_source[kinds.are(name)]] = True

    def judged(self, student: str, part: Part) -> NDArray[np.intp]:
        """The places of the inputs of a part that judgements of a student are about."""
        of_part = self._is_source == (part is Part.SOURCES)
        return np.flatnonzero(of_part & self._told_apart[student])

    def all(self) -> Iterator[tuple[str, list[tuple[str, NDArray[np.bool_]]]]]:
        """Facets, and for each value the inputs that have it, bool (n,)."""
        made_by = self._transformations
        members = [("", self._is_source)]
        for name in sorted(made_by.present()):
            inside = np.zeros(self.count, dtype=np.bool_)
            inside[~self._is_source] = made_by.are(name)
            members.append((name, inside))
        yield "transformation", members
        languages = sorted(self._languages.present())
        yield "language", [(name, self._languages.are(name)[self._source]) for name in languages]
        yield "slice", [(name, inside[self._source]) for name, inside in self._slices.items()]


def _transformations(run: RunDirectory) -> Kinds:
    """The transformations of the follow-ups."""
    groups = run.open_table(VARIANTS).groups(["transformation", "refusal"])
    made = (group.filter(pc.is_null(group["refusal"]))["transformation"] for group in groups)
    return Kinds.of(name for names in made for name in names.to_pylist())


def _cell(counts: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> Cell | None:
    inputs, violations = (int(np.count_nonzero(found & chosen)) for found in counts)
    return Cell(violations, inputs) if inputs else None
