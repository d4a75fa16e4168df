"""Cost and errors of sequential verdicts: python benchmarks/statistics/sequential.py.

reference    one row, one input per source: mean sources until a decision, and errors, by rate
hybrid       a run of 2,732 sources with 4 variants each (5 inputs), one variant per source in
             sequence and one last test of all: share of the calls of the full run, right verdicts
family       all rows of a check at once, each exactly at its limit: sources of a real check of the
             demo pair are drawn with replacement, and the limits of each relation are its own value
             over all of them. Any pass of the whole check, and any fail, is an error

``--part`` chooses, ``--runs`` sets the runs per cell, ``--json FILE`` keeps the figures by part, as
benchmarks/results/sequential.json has them. ``--check RUN`` takes the models' answers from the run
directory of another check.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq

import metacompress
from metacompress.relations import DEFAULT_RELATIONS, make_relation
from metacompress.relations.estimand import SourceScores
from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs
from metacompress.relations.sequential.family import SequentialFamily, split_error
from metacompress.stats.betting.e_processes import Bet, Wager
from metacompress.stats.intervals.variances import Dependence
from metacompress.stats.verdict import Verdict
from metacompress.study.check.sequential.order import batch_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from metacompress.relations.base import Relation

SOURCES = 2732
TOLERANCE = 0.05
RATES = (0.005, 0.02, 0.035, 0.05, 0.07, 0.10, 0.20)
VARIANTS = 4
CORRELATION = 0.2
ALPHA, ALPHA_LAST = split_error(0.95)


def reference(runs: int, rng: Generator) -> Iterator[dict[str, Any]]:
    needed = -np.log(ALPHA)
    for rate in RATES:
        asked, passes, fails = [], 0, 0
        for _ in range(runs):
            violated = (rng.random(SOURCES) < rate).astype(float)
            times = []
            for bet in (Bet.against_at_least(TOLERANCE), Bet.against_at_most(TOLERANCE)):
                reached = Wager(bet).add(violated, np.ones(SOURCES)) >= needed
                times.append(int(reached.argmax()) + 1 if reached.any() else np.inf)
            passes += times[0] < times[1]
            fails += times[1] < times[0]
            asked.append(min(*times, SOURCES))
        yield {
            "rate": rate,
            "sources": float(np.mean(asked)),
            "pass": passes / runs,
            "fail": fails / runs,
        }


def hybrid(runs: int, rng: Generator) -> Iterator[dict[str, Any]]:
    precision = 1 / CORRELATION - 1
    for rate in RATES:
        calls, verdicts, tested = [], [], 0
        for _ in range(runs):
            chance = rng.beta(rate * precision, (1 - rate) * precision, SOURCES)
            violated = rng.random((SOURCES, VARIANTS)) < chance[:, None]
            family = SequentialFamily(["row"], alpha=ALPHA)
            for start, end in pairwise([0, *batch_ends(SOURCES)]):
                family.add(end - start, {"row": [_scores(violated[start:end, :1])]})
                if not family.open:
                    break
            asked = 2 * family.sources
            if family.open:
                family.last_test({"row": _scores(violated)}, ALPHA_LAST)
                asked, tested = SOURCES * (1 + VARIANTS), tested + 1
            calls.append(asked / (SOURCES * (1 + VARIANTS)))
            verdicts.append(family.verdict)
        right = Verdict.PASS if rate < TOLERANCE else Verdict.FAIL
        yield {
            "rate": rate,
            "calls": float(np.mean(calls)),
            "pass": verdicts.count(Verdict.PASS) / runs,
            "fail": verdicts.count(Verdict.FAIL) / runs,
            "right": None if rate == TOLERANCE else verdicts.count(right) / runs,
            "last_test": tested / runs,
        }


def _scores(violated: NDArray[np.bool_]) -> SourceScores:
    return SourceScores(
        violated.mean(axis=1),
        np.ones(len(violated)),
        Dependence.of(np.arange(len(violated))),
        violated.size,
        bounds=(0.0, 1.0),
        limits=(0.0, TOLERANCE),
        unit="",
    )


def family(runs: int, rng: Generator, run: Path) -> Iterator[dict[str, Any]]:
    answers = _Answers(run)
    relations = [make_relation(name, {}) for name in DEFAULT_RELATIONS]
    everything = answers.outputs(np.arange(answers.count), None)
    rows: dict[tuple[str, str], Relation] = {}
    for relation in relations:
        for part, found in everything.items():
            if part == "sources" and not relation.on_sources:
                continue
            scores = relation.scores(found)
            value = float(scores.values.sum() / scores.applicable.sum())
            two_sided = scores.limits[0] == -scores.limits[1]
            limit = "eps" if relation.name == "calibration-alignment" else "tolerance"
            at_limit = abs(value) if two_sided else max(value, 0.0)
            rows[relation.name, part] = relation.model_copy(update={limit: at_limit})
    print(", ".join(f"{name} {part}" for name, part in rows), flush=True)
    sources = answers.count
    passes = fails = 0
    row_passes = np.zeros(len(rows))
    for _ in range(runs):
        drawn = rng.integers(0, answers.count, sources)
        followed = SequentialFamily(rows, alpha=ALPHA)
        for start, end in pairwise([0, *batch_ends(sources)]):
            batch = answers.outputs(drawn[start:end], rng)
            followed.add(
                end - start,
                {
                    (name, part): relation.strata(batch[part])
                    for (name, part), relation in rows.items()
                    if part in batch
                },
            )
        every = answers.outputs(drawn, None)
        followed.last_test(
            {(name, part): one.scores(every[part]) for (name, part), one in rows.items()},
            ALPHA_LAST,
        )
        passed = [row.verdict is Verdict.PASS for row in followed.rows.values()]
        passes += all(passed)
        row_passes += passed
        fails += followed.verdict is Verdict.FAIL
    yield {
        "sources": sources,
        "rows": len(rows),
        "studies": runs,
        "check_passes": passes / runs,
        "row_passes_mean": float(row_passes.mean()) / runs,
        "row_passes_at_most": float(row_passes.max()) / runs,
        "any_wrong_fail": fails / runs,
    }


class _Answers:
    """What teacher and student answered in a check, source by source."""

    def __init__(self, run: Path) -> None:
        table = pq.read_table(run / "predictions.parquet").to_pylist()
        kinds = {
            row["id"]: row["transformation"]
            for row in pq.read_table(run / "variants.parquet").to_pylist()
        }
        sources = [row for row in table if row["part"] == "sources"]
        place = {row["id"]: number for number, row in enumerate(sources)}
        self.count = len(sources)
        self.labels = np.array([-1 if r["label"] is None else r["label"] for r in sources])
        self.answers = [np.array([row[name] for row in sources]) for name in ("teacher", "student")]
        followed = [
            row
            for row in table
            if row["part"] == "follow_ups"
            and not (row["teacher_identical"] and row["student_identical"])
        ]
        self.variant_answers = [
            np.array([row[name] for row in followed]) for name in ("teacher", "student")
        ]
        self.kinds = np.array([kinds[row["id"]] for row in followed])
        self.of_source: list[list[int]] = [[] for _ in sources]
        for number, row in enumerate(followed):
            self.of_source[place[row["source_id"]]].append(number)

    def outputs(self, drawn: NDArray[np.int64], rng: Generator | None) -> dict[str, Outputs]:
        """Outputs on drawn sources, with one variant each, or with all (``rng`` None)."""
        sources = Outputs.of_sources(
            *(p[drawn] for p in self.answers), self.labels[drawn], np.arange(len(drawn))
        )
        chosen, rows = [], []
        for row, source in enumerate(drawn):
            variants = self.of_source[source]
            if rng is not None and variants:
                # First a transformation, then one of its variants: each weighs alike.
                kinds = self.kinds[variants]
                kind = rng.choice(np.unique(kinds))
                variants = [int(rng.choice(np.array(variants)[kinds == kind]))]
            chosen += variants
            rows += [row] * len(variants)
        follow_ups = sources.follow_ups(
            *(p[chosen] for p in self.variant_answers),
            np.array(rows, dtype=np.intp),
            Kinds.of(self.kinds[chosen].tolist()),
        )
        return {"sources": sources, "follow_ups": follow_ups}


def demo_check(directory: Path) -> Path:
    found = metacompress.check(
        "demo:teacher",
        "demo:student",
        "demo",
        task="clone-detection",
        split="test",
        transforms=("rename-identifiers", "flip-comparison"),
        run=directory / "demo",
        report=False,
    )
    return Path(found.run)


PARTS = ("reference", "hybrid", "family")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, action="append", help="repeatable (all)")
    parser.add_argument("--runs", type=int, default=300, help="per cell (300)")
    parser.add_argument("--check", type=Path, help="run directory of a check (one of the demo)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    table: dict[str, list[dict[str, Any]]] = {}
    for part in arguments.part or PARTS:
        start = time.process_time()
        rng = np.random.default_rng([arguments.seed, PARTS.index(part)])
        with tempfile.TemporaryDirectory() as scratch:
            if part == "reference":
                cells = reference(arguments.runs, rng)
            elif part == "hybrid":
                cells = hybrid(arguments.runs, rng)
            else:
                run = arguments.check or demo_check(Path(scratch))
                cells = family(arguments.runs, rng, run)
            for cell in cells:
                table.setdefault(part, []).append(cell)
                shown = "  ".join(
                    f"{name} {value:.4g}" for name, value in cell.items() if value is not None
                )
                print(f"{part:10} {shown}", flush=True)
        print(f"{part}: {time.process_time() - start:.0f} s of processor time", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps({"runs": arguments.runs, **table}, indent=1) + "\n")


if __name__ == "__main__":
    main()
