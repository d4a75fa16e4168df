"""What a student would reach, estimated from a few that were trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.special import expit, logit
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import BayesianRidge
from sklearn.model_selection import GridSearchCV, KFold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FOLDS = 3
# Ours: with some twenty trained students, deeper trees fit noise.
_GRID = {"n_estimators": [30, 100], "max_depth": [1, 2], "learning_rate": [0.05, 0.2]}
# Shares of 0 and 1 have no logit.
_EDGE = 1e-3


class Surrogate(Protocol):
    """Estimates a share in [0, 1] from features."""

    def predict(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shares (n,) for features (n, f)."""


class RidgeSurrogate:
    """Bayesian ridge regression, of AVATAR.

    Args:
        features: of the trained students, (n, f).
        shares: what they reached, (n,), in [0, 1].
    """

    def __init__(self, features: NDArray[np.float64], shares: NDArray[np.float64]) -> None:
        self._model = BayesianRidge().fit(features, shares)

    def predict(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """See Surrogate."""
        shares: NDArray[np.float64] = np.clip(self._model.predict(features), 0.0, 1.0)
        return shares


class BoostingSurrogate:
    """Gradient boosting on the logit scale, of MORPH, with constants by cross-validation.

    Args:
        features: of the trained students, (n, f).
        shares: what they reached, (n,), in [0, 1].
        seed: of the trees and the folds.
    """

    def __init__(
        self, features: NDArray[np.float64], shares: NDArray[np.float64], seed: int
    ) -> None:
        target = logit(np.clip(shares, _EDGE, 1 - _EDGE))
        model = GradientBoostingRegressor(random_state=seed)
        if len(features) >= 2 * _FOLDS:
            folds = KFold(_FOLDS, shuffle=True, random_state=seed)
            search = GridSearchCV(model, _GRID, cv=folds, scoring="neg_mean_absolute_error")
            self._model = search.fit(features, target).best_estimator_
        else:
            self._model = model.set_params(n_estimators=30, max_depth=1).fit(features, target)

    def predict(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """See Surrogate."""
        shares: NDArray[np.float64] = expit(self._model.predict(features))
        return shares
