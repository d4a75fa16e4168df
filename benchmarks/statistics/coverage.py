"""One-sided errors and coverage of every interval: python benchmarks/statistics/coverage.py.

Draws data sets whose truth is known and counts how often each end of an interval misses it. Each
cell prints the error below, the error above (2.5 % each are allowed) and the two-sided coverage.

singles      sources with 1, 5 or 26 variants of one mind to some degree (beta-binomial)
copies       likewise, but a source has either all variants alike, or all independent: rare whole
             sources are what no variance that was estimated without one knows of
pairs        the graph of the BigCloneBench test pairs, with an effect of each function
gap          signed calibration gap of two models that answer the same sources
difference   paired proportions, and the ratio of two drops, of attacks

Singles also print their width as a ratio to that of an oracle who knows the design effect.
``--part`` chooses, ``--replications`` sets the data sets per cell, ``--json FILE`` keeps a summary
of each part, as benchmarks/results/coverage.json has them.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import itertools
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import betabinom, binom

from metacompress.stats.intervals.contrasts import contrast_of_mean
from metacompress.stats.intervals.differences import difference_of_ratios, ratio_of_means
from metacompress.stats.intervals.rates import clopper_pearson, estimate_rate
from metacompress.stats.intervals.variances import Dependence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    # One data set; None where no interval is given.
    Draw = Callable[[Generator], "Interval | None"]
    Cell = tuple[str, Draw]

GRAPH = Path("../shared/data/bigclonebench/test_pairs.tsv.gz")
CONFIDENCE = 0.95


class Interval(NamedTuple):
    """An interval, the truth, and the width that an oracle would give it."""

    low: float
    high: float
    truth: float
    oracle: float = float("nan")


def singles(*, copies: bool = False) -> Iterator[Cell]:
    for sources, variants, correlation, rate in itertools.product(
        (50, 100, 300, 1000, 3000), (1, 5, 26), (0.0, 0.3, 0.8), (0.01, 0.05, 0.1, 0.3)
    ):
        if (variants == 1 and (correlation or copies)) or (copies and not correlation):
            continue
        chances = _violations_of_a_source(variants, correlation, rate, copies)
        dependence = Dependence.of(np.arange(sources))
        design = 1 + (variants - 1) * correlation

        def draw(
            rng: Generator,
            sources: int = sources,
            variants: int = variants,
            rate: float = rate,
            chances: np.ndarray = chances,
            dependence: Dependence = dependence,
            independent: float = sources * variants / design,
        ) -> Interval:
            # Sources are exchangeable: how many have each number of violations is enough.
            counts = rng.multinomial(sources, chances)
            found = estimate_rate(
                np.repeat(np.arange(variants + 1) / variants, counts),
                np.ones(sources),
                dependence,
                rows=sources * variants,
                confidence=CONFIDENCE,
            )
            low, high = clopper_pearson(found.rate * independent, independent, CONFIDENCE)
            return Interval(found.low, found.high, rate, high - low)

        kind = "copies" if copies else "singles"
        yield f"{kind} n={sources} variants={variants} rho={correlation} rate={rate}", draw


def _violations_of_a_source(
    variants: int, correlation: float, rate: float, copies: bool
) -> np.ndarray:
    """Return the chances of 0, 1, ... ``variants`` violations in a source."""
    number = np.arange(variants + 1)
    independent = binom.pmf(number, variants, rate)
    if copies:
        alike = np.zeros(variants + 1)
        alike[[0, -1]] = 1 - rate, rate
        return correlation * alike + (1 - correlation) * independent
    if not correlation:
        return independent
    precision = 1 / correlation - 1
    return betabinom.pmf(number, variants, rate * precision, (1 - rate) * precision)


def pairs() -> Iterator[Cell]:
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
        ) -> Interval:
            # Which pairs are asked does not depend on their answers.
            chosen = graph[: len(graph)] if count == len(graph) else rng.choice(graph, count, False)
            dependence = Dependence.of(chosen)
            effects = rng.normal(size=dependence.count)
            latent = np.sqrt(shared) * effects[dependence.members].sum(axis=1)
            latent += np.sqrt(1 - 2 * shared) * rng.normal(size=count)
            violated = (latent > -ndtri(rate)).astype(float)
            found = estimate_rate(violated, np.ones(count), dependence, confidence=CONFIDENCE)
            return Interval(found.low, found.high, rate)

        yield f"pairs n={count} shared={shared} rate={rate}", draw


def gaps() -> Iterator[Cell]:
    for sources, variants, shift in itertools.product((50, 300, 3000), (1, 4), (0.0, 0.055)):

        def draw(
            rng: Generator, sources: int = sources, variants: int = variants, shift: float = shift
        ) -> Interval:
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
            found = contrast_of_mean(
                (gap.mean(axis=1), np.ones(sources)), Dependence.of(np.arange(sources))
            )
            assert found is not None
            return Interval(*found.interval(CONFIDENCE), shift)

        yield f"calibration gap n={sources} variants={variants} gap={shift}", draw


def differences() -> Iterator[Cell]:
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
        ) -> Interval:
            first, second = outcomes(rng)
            ones = np.ones(len(first))
            found = difference_of_ratios(
                (second.astype(float), ones),
                (first.astype(float), ones),
                Dependence.of(np.arange(len(first))),
                confidence=CONFIDENCE,
            )
            return Interval(found.low, found.high, extra)

        def ratio(
            rng: Generator,
            outcomes: Callable[[Generator], tuple[np.ndarray, np.ndarray]] = outcomes,
            n: int = n,
            teacher: float = teacher,
            extra: float = extra,
        ) -> Interval | None:
            first, second = outcomes(rng)
            found = ratio_of_means(
                second.astype(float),
                first.astype(float),
                Dependence.of(np.arange(n)),
                confidence=CONFIDENCE,
            )
            if found is None:
                return None
            return Interval(found.low, found.high, (teacher + extra) / teacher)

        yield f"difference n={n} teacher={teacher} more={extra}", paired
        yield f"ratio of drops n={n} teacher={teacher} more={extra}", ratio


PARTS = {
    "singles": singles,
    "copies": functools.partial(singles, copies=True),
    "pairs": pairs,
    "gap": gaps,
    "difference": differences,
}


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
            # A data set without an interval rules nothing out: it misses no truth.
            above = np.count_nonzero(given[:, 1] < given[:, 2]) / arguments.replications
            below = np.count_nonzero(given[:, 0] > given[:, 2]) / arguments.replications
            row = {
                "cell": name,
                "part": part,
                "truth_above": above,
                "truth_below": below,
                "coverage": 1 - above - below,
                "width": float(np.mean(given[:, 1] - given[:, 0])),
                "oracle": float(np.mean(given[:, 1] - given[:, 0]) / np.mean(given[:, 3])),
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
    found = {"parts": summaries(table, arguments.replications)}
    print(json.dumps(found, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")


def summaries(table: list[dict[str, Any]], replications: int) -> dict[str, dict[str, Any]]:
    """Of each part, its largest one-sided error, and how many cells are beyond 1.2 times 2.5 %."""
    found = {}
    for part in dict.fromkeys(row["part"] for row in table):
        rows = [row for row in table if row["part"] == part]
        errors = [max(row["truth_above"], row["truth_below"]) for row in rows]
        oracle = float(np.mean([row["oracle"] for row in rows]))
        found[part] = {
            "designs": len(rows),
            "data_sets": replications,
            "worst_end": max(errors),
            "above": sum(int(error > 0.03) for error in errors),
            "coverage": [pick(row["coverage"] for row in rows) for pick in (min, max)],
            "width_over_oracle": None if np.isnan(oracle) else oracle,
            "worst_design": rows[int(np.argmax(errors))]["cell"],
        }
    return found


if __name__ == "__main__":
    main()
