"""Confidence intervals of rates whose observations come in clusters.

Variants of one program, or programs of one project, resemble each other: a hundred of them tell
less than a hundred independent ones. Hence whole clusters are resampled, or the number of rows is
reduced to the number of independent rows that would tell as much. All intervals are two-sided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from metacompress.errors import UsageError
from metacompress.stats.arrays import require_same_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from metacompress.stats.arrays import BoolArray, ClusterArray, FloatArray, IntArray

MIN_EVENT_CLUSTERS = 30

# Values per block of resamples: 8 MiB of float64, whatever the number of rows and resamples.
_BLOCK_VALUES = 2**20


@dataclass(frozen=True, slots=True)
class Rate:
    """A violation rate and its confidence interval.

    Attributes:
        violations: rows on which the relation is violated.
        n: rows on which it could be.
        rate: violations / n, in [0, 1]; nan for n = 0.
        low: lower end, in [0, rate]; 0 for n = 0.
        high: upper end, in [rate, 1]; 1 for n = 0.
        confidence: level of the interval, in (0, 1).
        method: "wilson", "wilson-effective" or "cluster-bootstrap"; see `rate_of`.
        clusters: number of clusters that the rows come from.
    """

    violations: int
    n: int
    rate: float
    low: float
    high: float
    confidence: float
    method: str
    clusters: int


def wilson(violations: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a binomial proportion; (0, 1) for n = 0.

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.

    Raises:
        UsageError: not 0 <= violations <= n, or ``confidence`` is not in (0, 1).
    """
    _require_confidence(confidence)
    if not 0 <= violations <= n:
        raise UsageError(f"violations must be 0 to n = {n}, not {violations}", option="violations")
    return _score_interval(violations / n, n, confidence) if n else (0.0, 1.0)


def rate_of(
    violated: BoolArray,
    clusters: ClusterArray | None,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    rng: np.random.Generator,
) -> Rate:
    """Estimate a violation rate with the interval that the clustering calls for.

    - Every cluster has one row: `wilson`.
    - At least 30 clusters contain a violation and at least 30 a row without one:
      `bootstrap_interval`.
    - Otherwise, where the percentile bootstrap is too narrow (without any violation it is [0, 0]):
      `effective_interval`.

    The threshold comes from benchmarks/coverage.py (--replications 1000) at 95 % over 216 cells:
    30, 100 and 300 clusters of 2, 10 or geometrically many rows, rates 0 to 0.95, intra-cluster
    correlations 0 to 1. With 30, coverage is 0.965 on average, 0.896 at the lowest and below 0.92
    in 3 % of the cells. The bootstrap alone falls to 0.033 and is below 0.92 in 42 % of them, a
    threshold of 10 in 5 %; from 20 to 50 the tables hardly differ, and 30 is between. No threshold
    helps where a few huge clusters of one mind carry the rate: with Pareto-distributed sizes and
    correlations of 0.5 and 1, coverage falls to 0.80.

    The result does not depend on the names of the clusters.

    Args:
        violated: shape (n,).
        clusters: the cluster of each row, shape (n,); None if the rows are independent.
        confidence: level of the interval, in (0, 1).
        resamples: number of bootstrap resamples.
        rng: source of the resamples; not used by the other two methods.

    Raises:
        UsageError: the shapes differ, or a setting is out of its range.
    """
    _require_confidence(confidence)
    labels = np.arange(len(violated)) if clusters is None else clusters
    require_same_length(violated=violated, clusters=labels)
    members = _cluster_of_each(labels)
    sizes = np.bincount(members)
    events = np.bincount(members, weights=violated).astype(np.int64)
    n, violations = len(violated), int(events.sum())

    if n == len(sizes):
        method, (low, high) = "wilson", wilson(violations, n, confidence)
    elif _rarer_outcome_clusters(events, sizes) < MIN_EVENT_CLUSTERS:
        method, (low, high) = "wilson-effective", effective_interval(events, sizes, confidence)
    else:
        method = "cluster-bootstrap"
        low, high = bootstrap_interval(
            events, sizes, confidence=confidence, resamples=resamples, rng=rng
        )
    rate = violations / n if n else float("nan")
    return Rate(violations, n, rate, low, high, confidence, method, clusters=len(sizes))


def effective_interval(
    events: IntArray, sizes: IntArray, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the Wilson interval of clustered rows, as if ``n / design effect`` were independent.

    The design effect is the variance of the ratio estimator between clusters over that of as many
    independent rows. Few clusters with an event say little about it, so it is averaged with its
    worst case, in which each cluster is of one mind: the worst case weighs as much as one of those
    clusters. The effective size lies between that of the worst case, (sum of sizes)^2 / (sum of
    squared sizes), and the number of rows. Where all rows agree nothing speaks against the worst
    case and each cluster is one observation.

    Source: Kish 1965, Survey Sampling, sections 2.6 and 8.2; Rao and Scott 1992,
    doi:10.2307/2532311.

    Args:
        events: rows with the event per cluster, shape (c,), with c and all sizes at least 1.
        sizes: rows per cluster, shape (c,).
        confidence: level of the interval, in (0, 1).

    Raises:
        UsageError: ``confidence`` is not in (0, 1).
    """
    _require_confidence(confidence)
    clusters, n = len(sizes), int(sizes.sum())
    rate = float(events.sum() / n)
    informative = _rarer_outcome_clusters(events, sizes)
    if clusters == 1 or informative == 0:
        return _score_interval(rate, clusters, confidence)
    residuals = events - rate * sizes
    variance = clusters / (clusters - 1) * float(residuals @ residuals) / n**2
    observed = variance / (rate * (1 - rate) / n)
    worst = float(sizes @ sizes) / n
    design_effect = (worst + informative * observed) / (1 + informative)
    return _score_interval(rate, n / min(max(design_effect, 1.0), worst), confidence)


def bootstrap_interval(
    events: IntArray,
    sizes: IntArray,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Return the percentile interval of sum of events / sum of sizes over resampled clusters.

    The interval is widened to the estimate where the percentiles leave it out.

    Source: Efron 1979, doi:10.1214/aos/1176344552; for clusters, Field and Welsh 2007,
    doi:10.1111/j.1467-9868.2007.00593.x.

    Args:
        events: rows with the event per cluster, shape (c,), with c and all sizes at least 1.
        sizes: rows per cluster, shape (c,).
        confidence: level of the interval, in (0, 1).
        resamples: number of resamples, at least 1.
        rng: source of the resamples.

    Raises:
        UsageError: a setting is out of its range.
    """
    # Equal clusters are interchangeable: drawing how many of each kind is the same resampling.
    kinds, frequencies = np.unique(np.stack([events, sizes], axis=1), axis=0, return_counts=True)
    clusters = len(sizes)
    ratios = [
        (counts @ kinds[:, 0]) / (counts @ kinds[:, 1])
        for counts in (
            rng.multinomial(clusters, frequencies / clusters, size=block)
            for block in _blocks(resamples, len(kinds))
        )
    ]
    low, high = percentile_interval(np.concatenate(ratios), confidence)
    rate = float(events.sum() / sizes.sum())
    return min(low, rate), max(high, rate)


def cluster_weights(
    clusters: ClusterArray, resamples: int, rng: np.random.Generator
) -> Iterator[FloatArray]:
    """Yield, in blocks that stay small, how often each row occurs in each cluster resample.

    The weights depend on which rows share a cluster, not on the names of the clusters. They are
    the resamples that `cluster_bootstrap` draws from a Generator in the same state.

    Args:
        clusters: the cluster of each row, shape (n,).
        resamples: number of resamples in all blocks together.
        rng: source of the resamples.

    Yields:
        Weights of shape (block, n), whole numbers.

    Raises:
        UsageError: ``clusters`` is not of shape (n,), or ``resamples`` is below 1.
    """
    require_same_length(clusters=clusters)
    members = _cluster_of_each(clusters)
    count = _count(members)
    for block in _blocks(resamples, len(members)):
        drawn = _draw(count, block, rng)
        cells = drawn + count * np.arange(block)[:, np.newaxis]
        multiplicities = np.bincount(cells.ravel(), minlength=block * count)
        yield multiplicities.reshape(block, count)[:, members].astype(np.float64)


def cluster_bootstrap(
    statistic: Callable[[IntArray], float],
    clusters: ClusterArray,
    *,
    confidence: float = 0.95,
    resamples: int = 2000,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Return the percentile interval of any statistic of the rows over resampled clusters.

    Where few clusters decide the statistic the interval is too narrow; `rate_of` knows better for
    rates. It is (nan, nan) without rows and where the statistic of a resample is nan.

    Source: Efron 1979, doi:10.1214/aos/1176344552; for clusters, Field and Welsh 2007,
    doi:10.1111/j.1467-9868.2007.00593.x.

    Args:
        statistic: maps the row indices of a resample, shape (m,), to a number; a cluster drawn
            twice has its rows in there twice.
        clusters: the cluster of each row, shape (n,).
        confidence: level of the interval, in (0, 1).
        resamples: number of resamples, at least 1.
        rng: source of the resamples.

    Raises:
        UsageError: ``clusters`` is not of shape (n,), or a setting is out of its range.
    """
    require_same_length(clusters=clusters)
    members = _cluster_of_each(clusters)
    count = _count(members)
    if not count:
        return float("nan"), float("nan")
    by_cluster = np.argsort(members, kind="stable")
    sizes = np.bincount(members)
    starts = np.cumsum(sizes) - sizes

    def rows_of(drawn: IntArray) -> IntArray:
        lengths = sizes[drawn]
        ends = np.cumsum(lengths)
        shifts = np.repeat(starts[drawn] - (ends - lengths), lengths)
        rows: IntArray = by_cluster[np.arange(ends[-1]) + shifts]
        return rows

    values = [
        statistic(rows_of(drawn))
        for block in _blocks(resamples, len(members))
        for drawn in _draw(count, block, rng)
    ]
    return percentile_interval(np.array(values, dtype=np.float64), confidence)


def percentile_interval(values: FloatArray, confidence: float = 0.95) -> tuple[float, float]:
    """Return the central interval that holds ``confidence`` of bootstrap values, shape (r,).

    It is (nan, nan) if any value is nan.

    Raises:
        UsageError: there is no value, or ``confidence`` is not in (0, 1).
    """
    _require_confidence(confidence)
    if not len(values):
        raise UsageError("a percentile interval needs at least one bootstrap value, got none")
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _score_interval(rate: float, n: float, confidence: float) -> tuple[float, float]:
    z = -float(ndtri((1 - confidence) / 2))
    centre = rate + z * z / (2 * n)
    half_width = z * np.sqrt(rate * (1 - rate) / n + (z / (2 * n)) ** 2)
    shrinkage = 1 + z * z / n
    low, high = (centre - half_width) / shrinkage, (centre + half_width) / shrinkage
    # At the rates 0 and 1 one end is the rate itself, which rounding may miss.
    return float(min(max(low, 0.0), rate)), float(max(min(high, 1.0), rate))


def _rarer_outcome_clusters(events: IntArray, sizes: IntArray) -> int:
    return int(min(np.count_nonzero(events), np.count_nonzero(events < sizes)))


def _cluster_of_each(clusters: ClusterArray) -> IntArray:
    """Number the clusters in the order in which they first occur."""
    _, first, inverse = np.unique(clusters, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _count(members: IntArray) -> int:
    return int(members.max(initial=-1)) + 1


def _draw(clusters: int, resamples: int, rng: np.random.Generator) -> IntArray:
    return rng.integers(0, max(clusters, 1), size=(resamples, clusters))


def _blocks(resamples: int, width: int) -> Iterator[int]:
    """Split ``resamples`` rows of ``width`` values into blocks of bounded size."""
    if resamples < 1:
        raise UsageError(f"resamples must be at least 1, not {resamples}", option="resamples")
    block = max(1, _BLOCK_VALUES // max(width, 1))
    for start in range(0, resamples, block):
        yield min(block, resamples - start)


def _require_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise UsageError(
            f"confidence must lie between 0 and 1, not {confidence}", option="confidence"
        )
