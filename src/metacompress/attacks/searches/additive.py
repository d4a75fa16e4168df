"""What single edits change, learnt from answers about several of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# All are ours, rounded from what renamings changed of a teacher and its student on other functions
# than those of benchmarks/attacks/disagreement.py. Of what gradients promise of one model beside
# the other, so much comes true; the rest is noise.
_OWN_SHARE = 0.1
# Standard deviations in log odds. Of what an edit changes of all models alike: a part that it has
# in any case, and a share of the promise.
_COMMON, _COMMON_SHARE = 0.25, 0.3
# Of what it changes of one model beside the others.
_OWN = 0.045
# Of several edits together from their sum, alike and beside the others.
_TOGETHER, _OWN_TOGETHER = 0.1, 0.03


class AdditiveChanges:
    """Changes of the models' log odds by n edits, taken to add up.

    A change is normally distributed about its promise: what is common to all models, and what each
    has of its own. An answer about some edits corrects them in proportion to their variances, as
    in a Kalman filter without covariances.

    Args:
        promises: what each edit is expected to change, (n, models).

    Attributes:
        means: what is expected by now, (n, models).
        common, own: variances of both parts, (n,).
    """

    def __init__(self, promises: Floats) -> None:
        common = promises.mean(axis=1, keepdims=True)
        self.means = common + _OWN_SHARE * (promises - common)
        self.common = (_COMMON + _COMMON_SHARE * np.abs(common[:, 0])) ** 2
        self.own = np.full(len(promises), _OWN**2)

    def learn(self, edits: Sequence[int], change: Floats) -> None:
        """These edits together changed the log odds by so much, (models,)."""
        rows = list(edits)
        wrong = change - self.means[rows].sum(axis=0)
        common = wrong.mean()
        for part, variances, noise in (
            (common, self.common, _TOGETHER),
            (wrong - common, self.own, _OWN_TOGETHER),
        ):
            before = variances[rows]
            gains = before / (before.sum() + noise**2)
            self.means[rows] += gains[:, None] * part
            variances[rows] = before * (1 - gains)
