from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.errors import UsageError
from metacompress.stats.intervals.tokens import TokenSample
from metacompress.stats.intervals.variances import Dependence


def sample(units: list[int], count: int | None = None) -> TokenSample:
    size = count or max(units, default=-1) + 1
    return TokenSample(np.array(units, dtype=np.int64), Dependence.of(np.arange(size)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.floats(-5, 5, allow_subnormal=False)),
        min_size=1,
        max_size=60,
    )
)
def test_values_are_those_of_all_tokens(rows: list[tuple[int, float]]) -> None:
    units, values = [unit for unit, _ in rows], np.array([value for _, value in rows])
    found = sample(units, 6)
    mean = found.mean(values)
    assert mean.value == pytest.approx(values.mean(), abs=1e-12)
    assert mean.low <= mean.value <= mean.high
    share = found.share(values > 0)
    assert share.value == pytest.approx((values > 0).mean(), abs=1e-12)
    assert 0 <= share.low <= share.value <= share.high <= 1
    for level in (0, 0.5, 0.95, 1):
        quantile = found.quantile(values, level)
        assert quantile.value == pytest.approx(np.quantile(values, level), abs=1e-12)
        assert quantile.low <= quantile.value <= quantile.high


@pytest.mark.parametrize("sources", [30, 200])
def test_intervals_hold_where_tokens_of_a_program_are_alike(sources: int) -> None:
    """With intervals as of independent tokens, a third would miss on either side."""
    rng = np.random.default_rng(0)

    def draw(count: int) -> tuple[np.ndarray, np.ndarray]:
        units = np.repeat(np.arange(count), rng.integers(20, 120, count))
        effect = rng.normal(0, 0.5, count)[units]
        return units, np.exp(effect + rng.normal(0, 1, len(units)))

    _, all_of_them = draw(8000)
    truths = [all_of_them.mean(), (all_of_them > 1).mean(), np.quantile(all_of_them, 0.95)]
    missed = np.zeros(3)
    for _ in range(100):
        units, values = draw(sources)
        found = TokenSample(units, Dependence.of(np.arange(sources)))
        estimates = [found.mean(values), found.share(values > 1), found.quantile(values, 0.95)]
        missed += [not e.low <= t <= e.high for e, t in zip(estimates, truths, strict=True)]
    # Nominally 5 of 100; 12 or more have a chance of 0.4 %.
    assert (missed < 12).all(), missed


def test_sources_that_are_all_alike_say_little_about_others() -> None:
    found = sample([0, 1, 2, 2, 3, 4, 5])
    for value in (0.0, 0.5, 1.0):
        alike = np.full(7, value)
        mean, share = found.mean_share(alike), found.share(alike)
        assert (mean.value, mean.low, mean.high) == (share.value, share.low, share.high)
        assert mean.value == pytest.approx(value)
        assert mean.high - mean.low > 0.4
    assert found.mean_share(np.ones(7)).low == pytest.approx(found.share(np.ones(7) > 0).low)


def test_an_interval_ends_where_values_do() -> None:
    values = np.array([0.0, 0.0, 0.0, 0.9])
    found = sample([0, 1, 2, 3])
    assert found.mean(values).low < 0
    assert found.mean(values, least=0.0).low == 0
    assert found.mean_share(values).low == 0
    assert found.mean_share(1 - values).high == 1
    # What rounding leaves of 0 lies within its own interval.
    assert found.mean(values - 1, least=0.0).low <= values.mean() - 1
    assert np.isnan(sample([], 2).mean_share(np.zeros(0)).value)
    assert sample([0, 0], 1).mean_share(np.array([0.5, 1.0])).low == -np.inf


def test_edges() -> None:
    empty = sample([], 2)
    assert np.isnan(empty.mean(np.zeros(0)).value)
    assert np.isnan(empty.quantile(np.zeros(0), 0.5).value)
    assert np.isnan(empty.share(np.zeros(0, dtype=bool)).value)
    one = sample([0, 0], 1).mean(np.array([1.0, 3.0]))
    assert (one.value, one.low, one.high) == (2.0, -np.inf, np.inf)
    same = sample([0, 1, 1]).mean(np.zeros(3))
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    infinite = sample([0, 1]).mean(np.array([1.0, np.inf]))
    assert infinite.value == infinite.high == np.inf
    assert sample([0, 1]).quantile(np.array([1.0, np.inf]), 0.0).value == 1.0
    with pytest.raises(UsageError, match="from 0 to 1"):
        empty.quantile(np.zeros(0), 1.5)
