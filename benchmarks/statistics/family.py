"""Errors of a whole verdict at the boundary: python benchmarks/statistics/family.py RUN.

Prints JSON.

Takes the predictions of a finished check of one student as a population of sources, and each
relation's value there as its tolerance: every row then sits at its boundary, and the rows are as
dependent on each other as real ones are. Draws studies of sources from the population with
replacement and counts how often any row fails, and how often all rows pass: 2.5 % each are
allowed. Rows without a violation in the population have no boundary and take no part.

``--sources`` sets the sources per study (those of the run), ``--replications`` the studies.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq

from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.stats.intervals.multiplicity import holm
from metacompress.stats.intervals.variances import Dependence

if TYPE_CHECKING:
    from numpy.random import Generator

    from metacompress.relations.estimand import SourceScores

CONFIDENCE = 0.95


def rows_of(run: Path) -> dict[str, SourceScores]:
    """Read the scores per source of every relation on sources and variants of a run."""
    table = pq.read_table(run / "predictions.parquet").to_pandas()
    sources = table[table["part"] == "sources"].reset_index(drop=True)
    # A variant that equals its source to both models is in no rate.
    same = table["teacher_identical"] & table["student_identical"]
    variants = table[(table["part"] == "follow_ups") & ~same]
    teacher, student = (np.stack(sources[role].to_numpy()) for role in ("teacher", "student"))
    labels = sources["label"].fillna(-1).to_numpy().astype(np.int64)
    asked = Outputs.of_sources(teacher, student, labels, np.arange(len(sources)))
    place = {name: row for row, name in enumerate(sources["id"])}
    after = asked.follow_ups(
        np.stack(variants["teacher"].to_numpy()),
        np.stack(variants["student"].to_numpy()),
        np.array([place[name] for name in variants["source_id"]]),
        Kinds.of(["variant"] * len(variants)),
    )
    count = len(asked)
    with_variants = np.unique([place[name] for name in variants["source_id"]])
    found = {}
    for name in DEFAULT_RELATIONS:
        relation = make_relation(name, {})
        if relation.on_sources:
            found[f"{name}, sources"] = _of_all(relation.scores(asked), np.arange(count), count)
        found[f"{name}, variants"] = _of_all(relation.scores(after), with_variants, count)
    return found


def _of_all(scores: SourceScores, rows: np.ndarray, count: int) -> SourceScores:
    """Place scores of some sources among all ``count``, so that one draw serves every row."""
    values, applicable = np.zeros(count), np.zeros(count)
    values[rows], applicable[rows] = scores.values, scores.applicable
    return dataclasses.replace(
        scores, values=values, applicable=applicable, dependence=Dependence.of(np.arange(count))
    )


def at_the_boundary(scores: SourceScores) -> SourceScores | None:
    """Give scores their own value as the limit; None where that is no inner point of the range."""
    weight = scores.applicable.sum()
    value = scores.values.sum() / weight if weight else np.nan
    if np.isnan(value) or value in scores.bounds or not np.any(scores.values):
        return None
    low, high = scores.limits
    # A range that a difference may lie in keeps its width: the other end is far.
    limits = (
        (value, value + high - low)
        if value < 0 and np.isfinite(low)
        else (value - high + low, value)
    )
    return dataclasses.replace(scores, limits=(0, value) if scores.is_rate else limits)


def study(rows: list[SourceScores], sources: int, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw one study; return which rows fail by Holm's test, and which pass."""
    drawn = rng.integers(0, len(rows[0].values), sources)
    dependence = Dependence.of(np.arange(sources))
    estimates = []
    for row in rows:
        values, applicable = row.values[drawn], row.applicable[drawn]
        share = row.inputs / max(int(np.count_nonzero(row.applicable)), 1)
        sample = dataclasses.replace(
            row,
            values=values,
            applicable=applicable,
            dependence=dependence,
            inputs=round(share * np.count_nonzero(applicable)),
        )
        estimates.append(sample.estimate(CONFIDENCE))
    alpha = (1 - CONFIDENCE) / 2
    fails = holm(np.array([one.p_outside for one in estimates]), alpha)
    return fails, np.array([one.p_within for one in estimates]) <= alpha


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("--sources", type=int)
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    found = {name: at_the_boundary(scores) for name, scores in rows_of(arguments.run).items()}
    rows = {name: scores for name, scores in found.items() if scores is not None}
    left_out = [name for name in found if name not in rows]
    if not rows:
        raise SystemExit(f"{arguments.run}: no relation has a violation")
    kept = list(rows.values())
    sources = arguments.sources or len(kept[0].values)
    rng = np.random.default_rng(arguments.seed)
    drawn = [study(kept, sources, rng) for _ in range(arguments.replications)]
    fails, passes = (np.array(one) for one in zip(*drawn, strict=True))
    measured = {
        "sources": sources,
        "studies": arguments.replications,
        "rows": len(rows),
        "any_wrong_fail": float(fails.any(axis=1).mean()),
        "check_passes": float(passes.all(axis=1).mean()),
        "row_passes_at_most": float(passes.mean(axis=0).max()),
        "by_row": {
            name: {
                "limit": float(scores.values.sum() / scores.applicable.sum()),
                "wrong_fail": float(fails[:, number].mean()),
                "wrong_pass": float(passes[:, number].mean()),
            }
            for number, (name, scores) in enumerate(rows.items())
        },
        "at_no_boundary": left_out,
    }
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
