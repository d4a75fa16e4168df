"""One-sided errors of the interval of a mean difference, for independent inputs.

Differences are -1, 0 and 1. Many data sets are drawn for each design, all at once.

    python benchmarks/statistics/contrasts.py > benchmarks/results/contrasts.json
"""

from __future__ import annotations

import argparse
import itertools
import json

import numpy as np

from metacompress.stats.intervals.contrasts import Contrast

INPUTS = (50, 100, 300, 1000, 3000)
# Shares of inputs that differ, and shares of these that differ upwards.
DIFFERENT = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3, 0.5)
UPWARDS = (1.0, 0.8, 0.6, 0.5)


def errors(
    n: int, different: float, upwards: float, sets: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Shares of data sets in which the truth lies above and below the 95 % interval."""
    up, down = different * upwards, different * (1 - upwards)
    counts = rng.multinomial(n, [up, down, 1 - up - down], size=sets)
    above = below = 0
    for (gained, lost, _), times in zip(
        *np.unique(counts, axis=0, return_counts=True), strict=True
    ):
        value = (gained - lost) / n
        spread = ((gained + lost) / n - value**2) * n / (n - 1)
        low, high = Contrast(value, spread, n, n - 1).interval(0.95)
        above += times * (high < up - down)
        below += times * (low > up - down)
    return above / sets, below / sets


def main() -> None:
    """Print as JSON how many designs are beyond 1.2 times the nominal error, and the worst."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sets", type=int, default=20_000, help="data sets per design")
    given = parser.parse_args()
    rng = np.random.default_rng(0)
    found = []
    for n, different, upwards in itertools.product(INPUTS, DIFFERENT, UPWARDS):
        above, below = errors(n, different, upwards, given.sets, rng)
        worse = float(max(above, below))
        found.append({"worst_end": worse, "inputs": n, "different": different, "upwards": upwards})
    found.sort(key=lambda one: -one["worst_end"])
    measured = {
        "sets": given.sets,
        "designs": len(found),
        "above": sum(one["worst_end"] > 0.03 for one in found),
        "worst": found[:5],
    }
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
