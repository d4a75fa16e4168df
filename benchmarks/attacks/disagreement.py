"""How many disagreements of the Devign pair attacks find, and random variants with equal queries.

    export OMP_NUM_THREADS=1
    python benchmarks/attacks/disagreement.py > benchmarks/results/disagreement.json

The functions are others than those that constants were chosen on (rows below 100 of the test
split). Prints JSON: what the study of attacks says, the same by how many queries were allowed, and
by how sure the less sure model is of the source. Random variants get, on each function, as many
queries as the attack made there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from subjects import DATA, SHARED, SUBSTITUTES, TASK

import metacompress
from metacompress.data.dataset import Dataset

ATTACKS = ("combined", "guided")
# The kind of random variants that each is compared with.
CONTROLS = {"combined": "random-control-both", "guided": "random-control-names"}
BUDGETS = (4, 8, 16, 32, 64)
# P(class) of the less sure model.
SURE = ((0.5, 0.6), (0.6, 0.75), (0.75, 1.0))


def counts(attempts: list[dict], control: dict[int, dict], queries: int) -> dict[str, object]:
    """Functions, and disagreements of an attack and of random variants within so many queries."""
    attack = sum(0 < row["found_at"] <= queries for row in attempts)
    chance = sum(
        0 < control[row["index"]]["found_at"] <= min(queries, row["queries"]) for row in attempts
    )
    return {
        "queries": queries,
        "functions": len(attempts),
        "attack": attack,
        "random": chance,
        "times": attack / chance if chance else None,
    }


def measured(first: int, count: int) -> dict[str, object]:
    """Attack the pair on rows of the test split."""
    dataset = metacompress.load_dataset(DATA, TASK)
    with tempfile.TemporaryDirectory() as scratch:
        result = metacompress.attack(
            SHARED / "models/devign_teacher",
            SHARED / "models/devign_student",
            Dataset(dataset.task, dataset.examples[first : first + count]),
            task=TASK,
            goal="disagreement",
            attacks=ATTACKS,
            substitutes=f"recorded:{SUBSTITUTES}",
            max_queries=max(BUDGETS),
            run=Path(scratch) / "run",
        )
        rows = result.attempts.to_pylist()
        sources = sureness_of_sources(Path(scratch) / "run")
    found: dict[str, object] = {"first": first, "examples": count, "attacks": {}}
    for name in ATTACKS:
        attempts = [r for r in rows if r["attack"] == name and r["queries"] - r["gradients"] > 1]
        control = {r["index"]: r for r in rows if r["attack"] == CONTROLS[name]}
        found["attacks"][name] = {
            "summary": result.disagreement(name).content(),
            "by_queries": [counts(attempts, control, queries) for queries in BUDGETS],
            "by_sureness": [
                {"sure": f"{low} to {high}"}
                | counts(
                    [row for row in attempts if low <= sources[row["index"]] < high],
                    control,
                    max(BUDGETS),
                )
                for low, high in SURE
            ],
        }
    return found


def sureness_of_sources(run: Path) -> list[float]:
    """How sure the less sure model is of its class, by source."""
    import pyarrow.parquet as pq

    rows = pq.read_table(run / "sources.parquet").to_pylist()
    return [float(min(np.max(row["teacher"]), np.max(row["student"]))) for row in rows]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--first", type=int, default=1200, help="row to start from")
    parser.add_argument("--count", type=int, default=80, help="functions")
    given = parser.parse_args()
    print(json.dumps(measured(given.first, given.count), indent=1))
