"""How often do the intervals of violation rates hold the true rate?

Draws clustered data sets from a beta-binomial model with known rate and intra-cluster correlation,
and prints the share of them whose interval holds the rate, by the number of clusters with (and
without) a violation from which on the bootstrap replaces the effective-size Wilson interval. The
chosen number is `MIN_EVENT_CLUSTERS` in metacompress.stats.intervals.
"""

from __future__ import annotations

import argparse
import itertools
from typing import TYPE_CHECKING

import numpy as np

from metacompress.stats.intervals import bootstrap_interval, effective_interval

if TYPE_CHECKING:
    from numpy.random import Generator

    from metacompress.stats.arrays import IntArray

RATES = (0.0, 0.001, 0.01, 0.05, 0.3, 0.95)
CORRELATIONS = (0.0, 0.1, 0.5, 1.0)
CLUSTERS = (30, 100, 300)
SIZES = ("2", "10", "geometric", "heavy")
NEVER = 10**9
THRESHOLDS = {"boot": 0, "10": 10, "20": 20, "30": 30, "50": 50, "wilson": NEVER}


def draw_sizes(kind: str, clusters: int, rng: Generator) -> IntArray:
    """Geometric: mean 5. Heavy: Pareto with exponent 1.2, cut at 200 rows."""
    if kind == "geometric":
        return rng.geometric(1 / 5, clusters)
    if kind == "heavy":
        return np.clip(np.ceil(2 * rng.pareto(1.2, clusters)), 1, 200).astype(np.int64)
    return np.full(clusters, int(kind))


def draw_events(sizes: IntArray, rate: float, correlation: float, rng: Generator) -> IntArray:
    if correlation == 0 or rate == 0:
        return rng.binomial(sizes, rate)
    if correlation == 1:
        return sizes * (rng.random(len(sizes)) < rate)
    precision = 1 / correlation - 1
    return rng.binomial(sizes, rng.beta(rate * precision, (1 - rate) * precision, len(sizes)))


def measure(
    clusters: int, kind: str, rate: float, correlation: float, args: argparse.Namespace
) -> tuple[np.ndarray, np.ndarray]:
    """Return coverage and mean width, shape (thresholds,) each."""
    rng = np.random.default_rng([args.seed, clusters, SIZES.index(kind), RATES.index(rate)])
    covered = np.zeros(len(THRESHOLDS))
    width = np.zeros(len(THRESHOLDS))
    for _ in range(args.replications):
        sizes = draw_sizes(kind, clusters, rng)
        events = draw_events(sizes, rate, correlation, rng)
        rarer = min(np.count_nonzero(events), np.count_nonzero(events < sizes))
        effective = effective_interval(events, sizes, args.confidence)
        bootstrap = bootstrap_interval(
            events, sizes, confidence=args.confidence, resamples=args.resamples, rng=rng
        )
        chosen = np.array(
            [bootstrap if rarer >= least else effective for least in THRESHOLDS.values()]
        )
        covered += (chosen[:, 0] <= rate) & (rate <= chosen[:, 1])
        width += chosen[:, 1] - chosen[:, 0]
    return covered / args.replications, width / args.replications


def print_row(name: str, values: np.ndarray) -> None:
    print(f"{name:<34}" + "".join(f"{value:>8.3f}" for value in values), flush=True)


def print_header(title: str) -> None:
    print(f"{title:<34}" + "".join(f"{name:>8}" for name in THRESHOLDS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=400)
    parser.add_argument("--resamples", type=int, default=400)
    parser.add_argument("--confidence", type=float, default=0.95)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    coverage: dict[str, list[np.ndarray]] = {}
    widths: dict[str, list[np.ndarray]] = {}
    print_header("clusters  size       icc  rate")
    for clusters, kind, correlation, rate in itertools.product(
        CLUSTERS, SIZES, CORRELATIONS, RATES
    ):
        covered, width = measure(clusters, kind, rate, correlation, args)
        print_row(f"{clusters:<10}{kind:<11}{correlation:<5}{rate}", covered)
        group = "heavy sizes" if kind == "heavy" else "other sizes"
        coverage.setdefault(group, []).append(covered)
        widths.setdefault(group, []).append(width)

    for group in coverage:
        print()
        print_header(group)
        cells = np.array(coverage[group])
        print_row("mean coverage", cells.mean(axis=0))
        print_row("lowest coverage", cells.min(axis=0))
        short = args.confidence - 0.03
        print_row(f"share of cells below {short:.2f}", (cells < short).mean(axis=0))
        print_row("mean width", np.mean(widths[group], axis=0))


if __name__ == "__main__":
    main()
