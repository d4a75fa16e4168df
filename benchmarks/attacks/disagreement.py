"""How many disagreements of the Devign pair attacks find, and random variants with equal queries.

    export OMP_NUM_THREADS=1
    python benchmarks/attacks/disagreement.py > benchmarks/results/disagreement.json

The functions are others than those that constants were chosen on (rows below 100 of the test
split). Prints JSON: what the study of attacks says, the same by how many queries were allowed, and
by how sure the less sure model is of the source. Random variants get, on each function, as many
queries as the attack made there. Then, ``yields``: how many different disagreements the same
search finds that does not stop at the first, and as many random variants.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from subjects import DATA, SHARED, SUBSTITUTES, TASK, VOCABULARY, load_victim

import metacompress
from metacompress.attacks import make_attack
from metacompress.attacks.engine.attempt import Budget
from metacompress.attacks.engine.base import GradientsAt
from metacompress.attacks.engine.goal import Disagreement
from metacompress.attacks.engine.scheduler import Scheduler
from metacompress.attacks.engine.subject import Subject
from metacompress.attacks.engine.victim import Victim
from metacompress.attacks.substitutes.recorded import RecordedSubstitutes
from metacompress.data.dataset import Dataset
from metacompress.lang.program import AnalysedProgram
from metacompress.models.storing.store import PredictionStore
from metacompress.transforms.naming import CorpusNaming

ATTACKS = ("combined", "guided")
# The kind of random variants that each is compared with.
CONTROLS = {"combined": "random-control-both", "guided": "random-control-names"}
BUDGETS = (4, 8, 16, 32, 64)
# Of each function, where a search goes on behind its first disagreement.
QUERIES = 32
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


class GoesOn(Disagreement):
    """Keeps a search going behind a disagreement."""

    def is_reached(self, answers):
        return np.zeros(len(answers), dtype=bool)

    def margins(self, answers):
        return self.margins_of(self.odds(answers))


class Counted:
    """An attack whose valid disagreements are kept, by example."""

    patience = 0.0

    def __init__(self, attack: str) -> None:
        self._attack = make_attack(attack)
        self.name = self._attack.name
        self.found: dict[str, set[str]] = {}

    def search(self, subject, rng):
        found = self.found.setdefault(subject.example.id, set())
        search = self._attack.search(subject, rng)
        answers = None
        while True:
            try:
                request = search.send(answers)
            except StopIteration as end:
                return end.value
            answers = yield request
            if not isinstance(request, GradientsAt):
                parted = Disagreement.is_reached(subject.goal, answers)
                found.update(
                    candidate.example.content_key()
                    for candidate, differs in zip(request, parted, strict=False)
                    if differs and subject.is_valid(candidate)
                )


def yields(first: int, count: int, queries: int) -> dict[str, object]:
    """Different disagreements within so many queries of each function, on and on."""
    examples = metacompress.load_dataset(DATA, TASK).examples
    models = {role: load_victim(f"devign_{role}") for role in ("teacher", "student")}
    recorded = RecordedSubstitutes(SUBSTITUTES)

    def analysed(example):
        return AnalysedProgram.of(example.programs[0].text, example.programs[0].language)

    vocabulary = CorpusNaming.of(map(analysed, examples[:VOCABULARY]))
    totals = {}
    with (
        tempfile.TemporaryDirectory() as scratch,
        PredictionStore(Path(scratch) / "store.sqlite") as store,
    ):
        victim = Victim(models, store)
        rows = examples[first : first + count]
        answers = victim.answer(rows).probabilities
        subjects = [
            (
                row,
                Subject(
                    example,
                    int(answer[:2].argmax()),
                    {0: analysed(example)},
                    substitutes=recorded,
                    vocabulary=vocabulary,
                    goal=GoesOn(int(answer[:2].argmax())),
                    name_tokens=victim.name_tokens,
                ),
            )
            for row, (example, answer) in enumerate(zip(rows, answers, strict=True), first)
            if answer[:2].argmax() == answer[2:].argmax()
        ]
        for name in (f"combined?renamings={queries}", f"random?queries={queries}&variants=both"):
            attack = Counted(name)
            budget = Budget(queries=queries)
            attempts = list(Scheduler(victim, budget=budget).run(attack, subjects))
            counted = [len(found) for found in attack.found.values()]
            totals[attack.name] = {
                "queries": sum(one.queries for one in attempts),
                "disagreements": sum(counted),
                "functions": sum(one > 0 for one in counted),
            }
    per_query = {name: one["disagreements"] / one["queries"] for name, one in totals.items()}
    return {
        "functions": len(subjects),
        "queries": queries,
        **totals,
        "per_query": per_query,
        "times": per_query["combined"] / per_query["random"] if per_query["random"] else None,
    }


def sureness_of_sources(run: Path) -> list[float]:
    """How sure the less sure model is of its class, by source."""
    import pyarrow.parquet as pq

    rows = pq.read_table(run / "sources.parquet").to_pylist()
    return [float(min(np.max(row["teacher"]), np.max(row["student"]))) for row in rows]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--first", type=int, default=1200, help="row to start from")
    parser.add_argument("--count", type=int, default=80, help="functions")
    parser.add_argument("--part", choices=("first", "yields"), help="default: both")
    given = parser.parse_args()
    found = {} if given.part == "yields" else measured(given.first, given.count)
    if given.part != "first":
        found["yields"] = yields(given.first, given.count, QUERIES)
    print(json.dumps(found, indent=1))
