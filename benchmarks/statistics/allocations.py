"""Evidence about a finite population from strata, by the hardest allocation; for comparison only.

Inputs violate or do not. Of N_k inputs in stratum k, n_k were drawn without replacement and S_k
violate. An allocation says that T_k of the N_k do; the draws then have a likelihood without
unknowns. The evidence against it is the likelihood under a mixture of expectations, made before
the draws, over that. A rate is refuted where every allocation that makes it up is. The logarithm of
the likelihood is concave in each T_k: giving violations one by one to the stratum where each costs
least is exact.

Source: Spertus, Sridhar and Stark 2024, arXiv 2409.06680; Waudby-Smith and Ramdas 2020, arXiv
2006.04347, for the ratio of likelihoods. The expectations are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln, logsumexp, xlogy

STRENGTH = 10.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Sizes, draws and violations found, each (K,)."""

    sizes: np.ndarray
    draws: np.ndarray
    sums: np.ndarray


def expectations_of(sizes: np.ndarray) -> np.ndarray:
    """Means (G, K) of beta distributions: rates that fall with the stratum, fast or not at all."""
    share = sizes / sizes.sum()
    middle = np.cumsum(share) - share / 2
    means = []
    for decay in (0, 3, 10, 30):
        shape = np.exp(-decay * middle)
        shape /= share @ shape
        means += [np.clip(rate * shape, 1e-4, 0.9) for rate in np.geomspace(0.003, 0.5, 12)]
    return np.array(means)


def evidence(drawn: Drawn, means: np.ndarray, tolerance: float) -> tuple[float, float]:
    """Log evidence against "above the tolerance" and against "at most the tolerance"."""
    profile, _ = _profile(drawn)
    expected = logsumexp(_by_component(drawn, means)) - np.log(len(means))
    totals = drawn.sums.sum() + np.arange(len(profile))
    above = totals > tolerance * drawn.sizes.sum() + 1e-9
    return tuple(
        float(expected - profile[side].max()) if side.any() else np.inf for side in (above, ~above)
    )


def allocation_chances(drawn: Drawn, means: np.ndarray, tolerance: float) -> np.ndarray:
    """Divergence (K,) of the hardest allocation at the tolerance from what is expected next."""
    _, strata = _profile(drawn)
    more = int(np.clip(tolerance * drawn.sizes.sum() + 1 - drawn.sums.sum(), 0, len(strata)))
    hardest = np.bincount(strata[:more], minlength=len(drawn.sizes))
    by_component = _by_component(drawn, means)
    share = np.exp(by_component - logsumexp(by_component))
    p = share @ ((STRENGTH * means + drawn.sums) / (STRENGTH + drawn.draws))
    m = np.clip(hardest / np.maximum(drawn.sizes - drawn.draws, 1), 1e-9, 1 - 1e-9)
    return xlogy(p, p / m) + xlogy(1 - p, (1 - p) / (1 - m))


def _by_component(drawn: Drawn, means: np.ndarray) -> np.ndarray:
    a, b = STRENGTH * means, STRENGTH * (1 - means)
    others = drawn.draws - drawn.sums
    return (betaln(a + drawn.sums, b + others) - betaln(a, b)).sum(axis=1)


def _profile(drawn: Drawn) -> tuple[np.ndarray, np.ndarray]:
    """Largest log-likelihood by total from the least on, and the stratum of each more violation."""
    base, steps, strata = 0.0, [], []
    for stratum, (size, n, found) in enumerate(
        zip(drawn.sizes, drawn.draws, drawn.sums, strict=True)
    ):
        totals = found + np.arange(int(size - n) + 1)
        likelihood = gammaln(totals + 1) - gammaln(totals - found + 1)
        likelihood += gammaln(size - totals + 1) - gammaln(size - totals - (n - found) + 1)
        likelihood += gammaln(size - n + 1) - gammaln(size + 1)
        base += likelihood[0]
        steps.append(np.diff(likelihood))
        strata.append(np.full(len(totals) - 1, stratum))
    joined = np.concatenate(steps)
    order = np.argsort(-joined, kind="stable")
    profile = base + np.concatenate([[0.0], np.cumsum(joined[order])])
    return profile, np.concatenate(strata)[order]
