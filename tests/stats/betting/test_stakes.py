from __future__ import annotations

import math

import numpy as np
import pytest

from metacompress.stats.betting.stakes import BOLD, CAREFUL, log_wealth


@pytest.mark.parametrize("stakes", [BOLD, CAREFUL])
def test_wealth_is_the_mean_over_stakes_of_products(stakes):
    gains = [0.5, -1.0, 3.0]
    for bets in (1, 2, 3):
        wealth = [math.prod(1 + stake * gain for gain in gains[:bets]) for stake in stakes]
        found = log_wealth(np.array(gains), stakes)[bets - 1]
        assert found == pytest.approx(math.log(sum(wealth) / len(wealth)))
    assert log_wealth(np.zeros(0), stakes).shape == (0,)
