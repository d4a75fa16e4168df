"""One-sided errors of differences of two students: python benchmarks/statistics/differences.py.

Draws what two students violate on the same inputs, where the true difference of their rates is
known, and counts how often each end of the interval misses it (2.5 % each are allowed).

singles      sources with 1, 4 or 26 variants, of one mind to some degree
parted       the same, where the second rate applies to a part of the sources only
pairs        the graph of the BigCloneBench test pairs, with an effect of each function

A cell names the shares of inputs that both violate, only the first and only the second.
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
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from metacompress.stats.intervals.differences import difference_of_ratios
from metacompress.stats.intervals.variances import Dependence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    # One data set: low and high end, and the true difference.
    Draw = Callable[[Generator], tuple[float, float, float]]

GRAPH = Path("../shared/data/bigclonebench/test_pairs.tsv.gz")
CONFIDENCE = 0.95
# Shares of inputs that both students violate, only the first, and only the second.
SHARES = (
    (0.02, 0.0, 0.0),
    (0.02, 0.001, 0.001),
    (0.02, 0.01, 0.0),
    (0.02, 0.01, 0.01),
    (0.0, 0.02, 0.01),
    (0.05, 0.1, 0.02),
)


def singles(*, parted: bool = False) -> Iterator[tuple[str, Draw]]:
    for sources, variants, correlation, shares in itertools.product(
        (50, 300, 1000, 3000), (1, 4, 26), (0.0, 0.2, 0.8), SHARES
    ):
        if variants == 1 and correlation:
            continue

        def draw(
            rng: Generator,
            sources: int = sources,
            variants: int = variants,
            correlation: float = correlation,
            shares: tuple[float, float, float] = shares,
        ) -> tuple[float, float, float]:
            counts = _outcomes(rng, sources, variants, correlation, shares)
            first, second = (counts[:, 0] + counts[:, k] for k in (1, 2))
            # Each source weighs the same; the second rate leaves some out, or parts of them.
            weights, others = np.ones(sources), np.ones(sources)
            if parted:
                others = rng.choice([0.0, 0.5, 1.0], sources, p=[0.2, 0.1, 0.7])
            found = difference_of_ratios(
                (first / variants, weights),
                (second / variants * others, others),
                Dependence(np.arange(sources)[:, np.newaxis], sources),
                confidence=CONFIDENCE,
            )
            return found.low, found.high, shares[1] - shares[2]

        yield f"n={sources} variants={variants} rho={correlation} {_text(shares)}", draw


def _outcomes(
    rng: Generator,
    sources: int,
    variants: int,
    correlation: float,
    shares: tuple[float, float, float],
) -> np.ndarray:
    """Count per source the variants that both, only the first, only the second, none violates."""
    chance = np.array([*shares, 1 - sum(shares)])
    if not correlation:
        return rng.multinomial(variants, chance, sources)
    # Of Dirichlet weights, what is 0 stays 0.
    weights = rng.standard_gamma(chance * (1 / correlation - 1), (sources, 4))
    weights[:, 3] += np.where(weights.sum(axis=1) > 0, 0, 1)
    return rng.multinomial(variants, weights / weights.sum(axis=1, keepdims=True))


def pairs() -> Iterator[tuple[str, Draw]]:
    if not GRAPH.exists():
        print(f"{GRAPH} is missing: pairs are left out", file=sys.stderr)
        return
    with gzip.open(GRAPH, "rt") as lines:
        rows = [line.split("\t") for line in lines]
    start = 0 if rows[0][0].isdigit() else 1
    graph = np.array([[int(row[0]), int(row[1])] for row in rows[start:]])
    for count, shared, alike, rates in itertools.product(
        (len(graph), 500), (0.0, 0.25, 0.45), (0.0, 0.8), ((0.05, 0.05), (0.03, 0.02), (0.2, 0.1))
    ):

        def draw(
            rng: Generator,
            count: int = count,
            shared: float = shared,
            alike: float = alike,
            rates: tuple[float, float] = rates,
        ) -> tuple[float, float, float]:
            # Which pairs are asked does not depend on their answers.
            chosen = graph if count == len(graph) else rng.choice(graph, count, replace=False)
            dependence = Dependence.of(chosen)
            latent = [_latent(rng, dependence, shared) for _ in range(2)]
            latent[1] = alike * latent[0] + np.sqrt(1 - alike**2) * latent[1]
            first, second = (
                (one > -ndtri(rate)).astype(float) for one, rate in zip(latent, rates, strict=True)
            )
            ones = np.ones(count)
            found = difference_of_ratios(
                (first, ones), (second, ones), dependence, confidence=CONFIDENCE
            )
            return found.low, found.high, rates[0] - rates[1]

        name = f"pairs n={count} shared={shared} alike={alike} rates={rates[0]},{rates[1]}"
        yield name, draw


def _latent(rng: Generator, dependence: Dependence, shared: float) -> np.ndarray:
    """Standard normal numbers per pair, of which each function's effect is the shared variance."""
    effects = rng.normal(size=dependence.count)[dependence.members].sum(axis=1)
    own = rng.normal(size=len(dependence))
    latent: np.ndarray = np.sqrt(shared) * effects + np.sqrt(1 - 2 * shared) * own
    return latent


def _text(shares: tuple[float, float, float]) -> str:
    return "both={} first={} second={}".format(*shares)


PARTS = {"singles": singles, "parted": lambda: singles(parted=True), "pairs": pairs}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=list(PARTS), action="append", help="repeatable (all)")
    parser.add_argument("--replications", type=int, default=2000, help="per cell (2000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    table: list[dict[str, Any]] = []
    for part in arguments.part or PARTS:
        start = time.process_time()
        for number, (name, draw) in enumerate(PARTS[part]()):
            rng = np.random.default_rng([arguments.seed, list(PARTS).index(part), number])
            low, high, truth = np.array([draw(rng) for _ in range(arguments.replications)]).T
            # Both ends are sums of many terms: a difference that is met exactly is not missed.
            above, below = float(np.mean(high < truth - 1e-12)), float(np.mean(low > truth + 1e-12))
            width = float(np.mean(high - low))
            row = {"cell": name, "part": part, "truth_above": above, "truth_below": below}
            table.append({**row, "width": width})
            print(
                f"{name:62} truth above {above:6.4f}  below {below:6.4f}  width {width:.4f}",
                flush=True,
            )
        print(f"{part}: {time.process_time() - start:.0f} s of processor time", flush=True)
    for part in dict.fromkeys(row["part"] for row in table):
        rows = [row for row in table if row["part"] == part]
        worst = max(rows, key=lambda row: max(row["truth_above"], row["truth_below"]))
        missed = max(worst["truth_above"], worst["truth_below"])
        over = sum(max(row["truth_above"], row["truth_below"]) > 0.03 for row in rows)
        print(
            f"{part}: largest one-sided error {missed:.4f} (allowed 0.025) at {worst['cell']}; "
            f"over 0.03 in {over} of {len(rows)} cells"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
