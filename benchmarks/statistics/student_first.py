"""Share of the teacher's calls that a survey of its answers needs, student first.

The student has answered all N inputs, the teacher is asked without replacement, 16 inputs at a
time, until "the rate among these N inputs is above the tolerance", or "at most" it, is refuted at
2.5 % (after every batch). Three designs:

plain         every input has the same chance
allocations   strata of the student's margin; every allocation of the violations to strata must be
              refuted (Spertus, Sridhar and Stark; allocations.py beside this file)
survey        strata of the student's margin, draws of unequal chances
              (metacompress.stats.betting.survey)

Populations: ``latent`` has two models whose scores differ by normal noise, ``flat`` has
disagreements that the margin says nothing about, and ``--run`` reads the answers of a check.
``--boundary`` counts wrong decisions at rates beside the tolerance instead. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq
from allocations import Drawn, allocation_chances, evidence, expectations_of

from metacompress.stats.betting.stratified import evidence_of_fail, evidence_of_pass
from metacompress.stats.betting.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    Population = tuple[str, np.ndarray, np.ndarray]  # name, margins, violated (0 or 1)

ALPHA = 0.025
BATCH = 16
RATES = (0.005, 0.02, 0.035, 0.04, 0.06, 0.07, 0.1, 0.2)


def by_survey(
    margins: np.ndarray, violated: np.ndarray, tolerance: float, rng: Generator, strata: int = 8
) -> tuple[int, str]:
    survey = Survey(margins, np.ones(len(margins)), [tolerance], rng, count=strata)
    looked = 0
    while True:
        # Draws do not depend on looks: where one of them decided is found afterwards.
        while not survey.is_complete and len(survey) < 1.25 * looked + 64:
            survey.tell(violated[survey.draw(BATCH, [0])][np.newaxis])
        looked = len(survey)
        estimates = survey.estimates(0)
        reached = {
            verdict: np.flatnonzero(log_e[_looks(looked)] >= -np.log(ALPHA))
            for verdict, log_e in (
                ("pass", np.maximum.accumulate(evidence_of_pass(estimates, tolerance))),
                ("fail", np.maximum.accumulate(evidence_of_fail(estimates, tolerance))),
            )
        }
        if any(len(batches) for batches in reached.values()):
            first = {verdict: batches[0] for verdict, batches in reached.items() if len(batches)}
            verdict = min(first, key=lambda one: first[one])
            return int(_looks(looked)[first[verdict]]) + 1, verdict


def _looks(draws: int) -> np.ndarray:
    """Positions of the last draw of each batch."""
    return np.unique(np.append(np.arange(BATCH, draws + 1, BATCH), draws)) - 1


def by_plain_draws(
    margins: np.ndarray, violated: np.ndarray, tolerance: float, rng: Generator
) -> tuple[int, str]:
    return by_survey(margins, violated, tolerance, rng, strata=1)


def by_allocations(
    margins: np.ndarray, violated: np.ndarray, tolerance: float, rng: Generator
) -> tuple[int, str]:
    order = np.argsort(margins, kind="stable")
    parts = [rng.permutation(violated[part]) for part in np.array_split(order, 8)]
    sizes = np.array([float(len(part)) for part in parts])
    expectations = expectations_of(sizes)
    draws = np.zeros(8)
    while True:
        sums = np.array([part[: int(n)].sum() for part, n in zip(parts, draws, strict=True)])
        drawn = Drawn(sizes, draws, sums)
        of_pass, of_fail = evidence(drawn, expectations, tolerance)
        if of_pass >= -np.log(ALPHA):
            return int(draws.sum()), "pass"
        if of_fail >= -np.log(ALPHA):
            return int(draws.sum()), "fail"
        chances = allocation_chances(drawn, expectations, tolerance)
        for _ in range(int(min(BATCH, (sizes - draws).sum()))):
            # Where the hardest allocation and what is expected differ most, each in turn.
            stratum = int(np.argmax(np.where(draws < sizes, chances, -1)))
            chances[stratum] *= 0.9
            draws[stratum] += 1


DESIGNS: dict[str, Callable[[np.ndarray, np.ndarray, float, Generator], tuple[int, str]]] = {
    "plain": by_plain_draws,
    "allocations": by_allocations,
    "survey": by_survey,
}


def with_rate(violated: np.ndarray, chances: np.ndarray, rate: float, rng: Generator) -> np.ndarray:
    """Add violations by the chances, or remove some, until the rate is right."""
    violated = violated.astype(float)
    excess = int(violated.sum()) - round(rate * len(violated))
    if excess > 0:
        violated[rng.choice(np.flatnonzero(violated), excess, replace=False)] = 0
    elif excess < 0:
        free = np.flatnonzero(violated == 0)
        chance = chances[free] / chances[free].sum()
        violated[rng.choice(free, -excess, replace=False, p=chance)] = 1
    return violated


def latent(n: int, rate: float, rng: Generator) -> Population:
    student = rng.normal(size=n)
    teacher = student + np.tan(np.pi * rate) * rng.normal(size=n)
    margins = np.abs(student)
    chances = np.exp(-margins / np.tan(np.pi * rate))
    return "latent", margins, with_rate((student > 0) != (teacher > 0), chances, rate, rng)


def flat(n: int, rate: float, rng: Generator) -> Population:
    none = np.zeros(n, dtype=bool)
    return "flat", rng.random(n), with_rate(none, np.ones(n), rate, rng)


def recorded(run: Path) -> Iterator[Population]:
    """Disagreements of the pair in a check's table of predictions, on sources and follow-ups."""
    table = pq.read_table(run / "predictions.parquet").to_pandas()
    for part, rows in table.groupby("part", sort=False):
        teacher, student = (np.stack(rows[name].to_numpy()) for name in ("teacher", "student"))
        ordered = np.sort(student, axis=1)
        violated = (teacher.argmax(axis=1) != student.argmax(axis=1)).astype(float)
        yield f"{run.name} {part}", ordered[:, -1] - ordered[:, -2], violated


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--design", choices=list(DESIGNS), action="append", help="repeatable (all)")
    parser.add_argument("--inputs", type=int, default=2732, help="N (2732)")
    parser.add_argument("--tolerance", type=float, default=0.05)
    parser.add_argument("--replications", type=int, default=100, help="per cell (100)")
    parser.add_argument(
        "--run", type=Path, action="append", help="directory of a check; repeatable"
    )
    parser.add_argument("--boundary", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    n = arguments.inputs
    rates: tuple[float, ...] = RATES
    if arguments.boundary:
        limit = int(arguments.tolerance * n)
        rates = (limit / n, (limit + 1) / n)
    populations = [kind(n, rate, rng) for kind in (latent, flat) for rate in rates]
    if arguments.run:
        populations = [found for run in arguments.run for found in recorded(run)]
    measured = []
    for name, margins, violated in populations:
        right = "pass" if violated.mean() <= arguments.tolerance else "fail"
        for design in arguments.design or DESIGNS:
            start = time.process_time()
            found = [
                DESIGNS[design](margins, violated, arguments.tolerance, rng)
                for _ in range(arguments.replications)
            ]
            calls = np.array([asked for asked, _ in found]) / len(margins)
            wrong = np.mean([verdict != right for _, verdict in found])
            cell = {
                "population": name,
                "rate": float(violated.mean()),
                "inputs": len(margins),
                "design": design,
                "share_of_calls": float(calls.mean()),
                "median_share": float(np.median(calls)),
                "wrong": float(wrong),
                "cpu_seconds": round(time.process_time() - start, 1),
            }
            measured.append(cell)
            print(cell, file=sys.stderr, flush=True)
    content = {"replications": arguments.replications, "cells": measured}
    print(json.dumps(content, indent=1))


if __name__ == "__main__":
    main()
