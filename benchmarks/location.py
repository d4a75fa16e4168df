"""How much of a parting the edits carry that locating blames, and after how many queries.

    python benchmarks/location.py TEACHER STUDENT DATA [LIMIT [RUN]] > location.json

A check with renamings as in docs/results.md, on a sample of the sources, locates all of its
counterexamples. Deletion test: how often the violation ends where one edit is undone, for the edit
that is blamed most and for one drawn at random (the mean over all edits, so nothing is drawn), on
counterexamples of two edits or more. Edits are blamed in four ways:

- share: undone and alone. It is made of the answer to the same question, and so shows how
  much there is to find, and not that it is found;
- alone: by the magnitude where nothing else is done;
- gradients: by gradient times input on the edit's tokens, without signs;
- places: by how often the renamed name occurs, which asks no model at all.

All but the first know nothing of what undoing does. Ties count by their mean. Prints JSON;
intervals are clustered by source.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import metacompress
from metacompress.stats.intervals.differences import mean_of
from metacompress.stats.intervals.rates import estimate_rate
from metacompress.stats.intervals.variances import Dependence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.study.check.locating_summary import LocatedCounterexample
    from metacompress.study.location import GradientReading, LocatedEdit, Location

_ALL = 1_000_000
_Outcomes = list[tuple[str, float, float]]


def measured(teacher: str, student: str, data: str, limit: int, run: Path) -> dict[str, object]:
    """Check, locate and sum up."""
    checked = metacompress.check(
        teacher,
        student,
        data,
        task="vulnerability-prediction",
        transforms="rename-identifiers",
        variants=2,
        seed=0,
        limit=limit,
        slices=False,
        locate=_ALL,
        report=False,
        run=run,
    )
    found = checked.summary.location
    if found is None or not found.counterexamples:
        sys.exit("no counterexample was found; take a larger LIMIT")
    read = [(one, _location(one)) for one in found.counterexamples]
    located = [(one, where) for one, where in read if where.by_edits is not None]
    several = [(one, where) for one, where in located if len(_edits(where)) > 1]
    return {
        "sources": checked.summary.data.sources,
        "counterexamples": found.found,
        "not_located": len(read) - len(located),
        "several_edits": len(several),
        "deletion": _deletion(several),
        "quartiles": {
            name: [round(one, 4) for one in statistics.quantiles(values, method="inclusive")]
            for name, values in {
                "edits": [len(_edits(where)) for _, where in located],
                "queries": [where.by_edits.queries for _, where in located if where.by_edits],
                "first_edit": [_edits(where)[0].share or 0 for _, where in several],
                "explained": [
                    where.by_edits.explained
                    for _, where in several
                    if where.by_edits and where.by_edits.explained is not None
                ],
                **_gradient_figures(several),
            }.items()
            if len(values) > 1
        },
    }


def _location(one: LocatedCounterexample) -> Location:
    found = one.counterexample.location
    assert found is not None
    return found


def _edits(where: Location) -> list[LocatedEdit]:
    return [] if where.by_edits is None else where.by_edits.edits


def _deletion(
    several: list[tuple[LocatedCounterexample, Location]],
) -> dict[str, dict[str, object]]:
    """By how edits are blamed: how often undoing one ends the violation, and against chance."""
    outcomes: dict[str, _Outcomes] = {}
    for one, where in several:
        edits = [edit for edit in _edits(where) if edit.undone_violates is not None]
        ends = [float(not edit.undone_violates) for edit in edits]
        blamed = {
            "share": [edit.share or 0.0 for edit in edits],
            "alone": [edit.alone if edit.alone is not None else 0.0 for edit in edits],
            "places": [float(len(edit.variant)) for edit in edits],
        }
        if where.by_gradients is not None:
            blamed["gradients"] = [_gradient_of(edit, where.by_gradients) for edit in edits]
        for name, sizes in blamed.items():
            first = [end for end, size in zip(ends, sizes, strict=True) if size == max(sizes)]
            outcomes.setdefault(name, []).append(
                (one.source_id, statistics.fmean(first), statistics.fmean(ends))
            )
    return {
        name: {
            "counterexamples": len(found),
            "first": _rate(found, [first for _, first, _ in found]),
            "random": _rate(found, [chance for *_, chance in found]),
            "difference": _difference(found, [first - chance for _, first, chance in found]),
        }
        for name, found in outcomes.items()
    }


def _gradient_of(edit: LocatedEdit, read: GradientReading) -> float:
    """What the tokens of an edit carry, as far as the record names them."""
    return sum(
        abs(token.share)
        for token in read.tokens
        for place in edit.variant
        if place.program == token.place.program
        and place.start < token.place.end
        and token.place.start < place.end
    )


def _gradient_figures(
    several: Iterable[tuple[LocatedCounterexample, Location]],
) -> dict[str, list[float]]:
    read = [
        (edits, where.by_gradients)
        for edits, where in ((_edits(where), where) for _, where in several)
        if where.by_gradients is not None
    ]
    return {
        "edits_by_gradients": [
            sum(_gradient_of(edit, found) for edit in edits) for edits, found in read
        ],
        "first_line_by_gradients": [abs(found.lines[0].share) for _, found in read if found.lines],
    }


def _rate(found: _Outcomes, values: list[float]) -> dict[str, float]:
    rate = estimate_rate(np.array(values), np.ones(len(values)), _dependence(found))
    return {"value": round(rate.rate, 4), "low": round(rate.low, 4), "high": round(rate.high, 4)}


def _difference(found: _Outcomes, values: list[float]) -> dict[str, float]:
    one = mean_of((np.array(values), np.ones(len(values))), _dependence(found))
    return {"value": round(one.value, 4), "low": round(one.low, 4), "high": round(one.high, 4)}


def _dependence(found: _Outcomes) -> Dependence:
    _, clusters = np.unique([source for source, *_ in found], return_inverse=True)
    return Dependence.of(clusters.astype(np.int64))


if __name__ == "__main__":
    teacher, student, data = sys.argv[1:4]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else 200
    with tempfile.TemporaryDirectory() as scratch:
        run = Path(sys.argv[5]) if len(sys.argv) > 5 else Path(scratch) / "run"
        print(json.dumps(measured(teacher, student, data, limit, run), indent=2))
