"""One-sided errors and coverage of every interval: python benchmarks/statistics/coverage.py.

Draws data sets whose truth is known and counts how often each end of an interval misses it. Each
cell prints the error below, the error above (2.5 % each are allowed) and the two-sided coverage.

singles      sources with 1, 4 or 26 variants of one mind to some degree
pairs        the graph of the BigCloneBench test pairs, with an effect of each function
gap          signed calibration gap of two models that answer the same sources
difference   paired proportions, and the ratio of two drops, of attacks

``--part`` chooses, ``--replications`` sets the data sets per cell, ``--json FILE`` keeps the table.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from metacompress.stats.differences import mean_of_clusters, paired_proportions, ratio_of_means
from metacompress.stats.rates import estimate_rate
from metacompress.stats.variances import Dependence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    # One data set: low, high, truth; None where no interval is given.
    Draw = Callable[[Generator], tuple[float, float, float] | None]

GRAPH = Path("../shared/data/bigclonebench/test_pairs.tsv.gz")
CONFIDENCE = 0.95


def singles() -> Iterator[tuple[str, Draw]]:
    for sources, variants, correlation, rate in itertools.product(
        (50, 300, 1000, 3000), (1, 4, 26), (0.0, 0.2, 0.8), (0.01, 0.05, 0.2)
    ):
        if variants == 1 and correlation:
            continue

        def draw(
            rng: Generator,
            sources: int = sources,
            variants: int = variants,
            correlation: float = correlation,
            rate: float = rate,
        ) -> tuple[float, float, float]:
            chance = np.full(sources, rate)
            if correlation:
                precision = 1 / correlation - 1
                chance = rng.beta(rate * precision, (1 - rate) * precision, sources)
            violated = rng.binomial(variants, chance) / variants
            found = estimate_rate(
                violated,
                np.ones(sources),
                Dependence.of(np.arange(sources)),
                rows=sources * variants,
                confidence=CONFIDENCE,
            )
            return found.low, found.high, rate

        yield f"singles n={sources} variants={variants} rho={correlation} rate={rate}", draw


def pairs() -> Iterator[tuple[str, Draw]]:
    if not GRAPH.exists():
        print(f"{GRAPH} is missing: pairs are left out", file=sys.stderr)
        return
    with gzip.open(GRAPH, "rt") as lines:
        rows = [line.split("\t") for line in lines]
    start = 0 if rows[0][0].isdigit() else 1
    graph = np.array([[int(row[0]), int(row[1])] for row in rows[start:]])
    for count, shared, rate in itertools.product(
        (len(graph), 500), (0.0, 0.1, 0.25, 0.45), (0.02, 0.05, 0.2)
    ):

        def draw(
            rng: Generator, count: int = count, shared: float = shared, rate: float = rate
        ) -> tuple[float, float, float]:
            # Which pairs are asked does not depend on their answers.
            chosen = graph[: len(graph)] if count == len(graph) else rng.choice(graph, count, False)
            dependence = Dependence.of(chosen)
            effects = rng.normal(size=dependence.count)
            latent = np.sqrt(shared) * effects[dependence.members].sum(axis=1)
            latent += np.sqrt(1 - 2 * shared) * rng.normal(size=count)
            violated = (latent > -ndtri(rate)).astype(float)
            found = estimate_rate(violated, np.ones(count), dependence, confidence=CONFIDENCE)
            return found.low, found.high, rate

        yield f"pairs n={count} shared={shared} rate={rate}", draw


def gaps() -> Iterator[tuple[str, Draw]]:
    for sources, variants, shift in itertools.product((50, 300, 3000), (1, 4), (0.0, 0.055)):

        def draw(
            rng: Generator, sources: int = sources, variants: int = variants, shift: float = shift
        ) -> tuple[float, float, float]:
            # Two calibrated models, the student with spread confidences and then over-confident.
            teacher = rng.uniform(0.55, 0.75, (sources, 1))
            student = rng.uniform(0.5, 0.95, (sources, 1))
            # A hard source is hard for both models and in all of its variants.
            hardness = 0.8 * rng.normal(size=(sources, 1)) + 0.6 * rng.normal(
                size=(sources, variants)
            )
            right_teacher = hardness < ndtri(teacher)
            right_student = hardness < ndtri(student)
            gap = (student + shift - right_student) - (teacher - right_teacher)
            found = mean_of_clusters(
                gap.mean(axis=1),
                np.ones(sources),
                Dependence.of(np.arange(sources)),
                bound=2.0,
                confidence=CONFIDENCE,
            )
            return found.low, found.high, shift

        yield f"calibration gap n={sources} variants={variants} gap={shift}", draw


def differences() -> Iterator[tuple[str, Draw]]:
    for n, teacher, extra in itertools.product((50, 200, 500), (0.01, 0.1, 0.4), (0.0, 0.1, 0.3)):

        def outcomes(
            rng: Generator, n: int = n, teacher: float = teacher, extra: float = extra
        ) -> tuple[np.ndarray, np.ndarray]:
            # An example that yields under one model tends to yield under the other.
            latent = np.sqrt(0.5) * rng.normal(size=n)
            own = [latent + np.sqrt(0.5) * rng.normal(size=n) for _ in range(2)]
            return own[0] < ndtri(teacher), own[1] < ndtri(teacher + extra)

        def paired(
            rng: Generator,
            outcomes: Callable[[Generator], tuple[np.ndarray, np.ndarray]] = outcomes,
            extra: float = extra,
        ) -> tuple[float, float, float]:
            first, second = outcomes(rng)
            dependence = Dependence.of(np.arange(len(first)))
            found = paired_proportions(first, second, dependence, confidence=CONFIDENCE)
            return found.low, found.high, extra

        def ratio(
            rng: Generator,
            outcomes: Callable[[Generator], tuple[np.ndarray, np.ndarray]] = outcomes,
            n: int = n,
            teacher: float = teacher,
            extra: float = extra,
        ) -> tuple[float, float, float] | None:
            first, second = outcomes(rng)
            found = ratio_of_means(
                second.astype(float),
                first.astype(float),
                Dependence.of(np.arange(n)),
                confidence=CONFIDENCE,
            )
            return None if found is None else (found.low, found.high, (teacher + extra) / teacher)

        yield f"difference n={n} teacher={teacher} more={extra}", paired
        yield f"ratio of drops n={n} teacher={teacher} more={extra}", ratio


PARTS = {"singles": singles, "pairs": pairs, "gap": gaps, "difference": differences}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=list(PARTS), action="append", help="repeatable (all)")
    parser.add_argument("--replications", type=int, default=1000, help="per cell (1000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    table = []
    for part in arguments.part or PARTS:
        start = time.process_time()
        for number, (name, draw) in enumerate(PARTS[part]()):
            rng = np.random.default_rng([arguments.seed, list(PARTS).index(part), number])
            drawn = [draw(rng) for _ in range(arguments.replications)]
            given = np.array([one for one in drawn if one is not None])
            if not len(given):
                print(f"{name:58} no interval in any data set")
                continue
            # Half of the level each: truth above the high end, truth below the low end.
            above = float(np.mean(given[:, 1] < given[:, 2]))
            below = float(np.mean(given[:, 0] > given[:, 2]))
            row = {
                "cell": name,
                "part": part,
                "truth_above": above,
                "truth_below": below,
                "coverage": 1 - above - below,
                "width": float(np.mean(given[:, 1] - given[:, 0])),
                "given": len(given) / arguments.replications,
            }
            table.append(row)
            print(
                f"{name:58} truth above {above:6.3f}  below {below:6.3f}  "
                f"coverage {row['coverage']:.3f}  width {row['width']:.4f}"
                + ("" if row["given"] == 1 else f"  given in {row['given']:.2f}"),
                flush=True,
            )
        print(f"{part}: {time.process_time() - start:.0f} s of processor time", flush=True)
    for part in sorted({row["part"] for row in table}):
        rows = [row for row in table if row["part"] == part]
        worst = max(max(row["truth_above"], row["truth_below"]) for row in rows)
        print(
            f"{part}: largest one-sided error {worst:.3f} (allowed 0.025); two-sided coverage "
            f"{min(row['coverage'] for row in rows):.3f} to "
            f"{max(row['coverage'] for row in rows):.3f}"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
