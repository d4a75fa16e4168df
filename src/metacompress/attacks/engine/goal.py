"""What an attack looks for: another prediction of one model, or two models that part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy.special import ndtr

from metacompress.stats.scores.divergences import jensen_shannon

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TINY = 1e-12
# Of Gauss-Hermite quadrature over a standard normal distribution.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(5)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


class Goal(ABC):
    """What an attack looks for, read off the answers to its candidates.

    An answer (w,) holds the class probabilities of each model that is asked, one model after the
    other; w is their number times that of the classes.

    Args:
        label: what every model predicts for the source.

    Attributes:
        models: how many are asked.
        label: see above.
    """

    models: ClassVar[int]

    def __init__(self, label: int) -> None:
        self.label = label

    @abstractmethod
    def is_reached(self, answers: Floats) -> NDArray[np.bool_]:
        """Whether each of m answers is one that is looked for, (m,)."""

    @abstractmethod
    def margins(self, answers: Floats) -> Floats:
        """How far m answers are from it in log odds, (m,); at most 0 where it is reached."""

    @abstractmethod
    def margins_of(self, odds: Floats) -> Floats:
        """The same by the log odds (m, models) that a search expects; exact for two classes."""

    @abstractmethod
    def chances(self, odds: Floats, common: Floats, own: Floats) -> Floats:
        """Probability of the goal where odds are normally distributed, (m,).

        Args:
            odds: expected, (m, models).
            common: standard deviation of their mean over the models, (m,).
            own: standard deviation of each model's from that mean, (m,).
        """

    @abstractmethod
    def scores(self, answers: Floats) -> Floats:
        """What a search lowers, in [0, 1], (m,)."""

    @abstractmethod
    def ranks(self, answers: Floats) -> Floats:
        """Order of variants, the best one lowest, where a search fails; in [0, 1], (m,)."""

    @abstractmethod
    def slopes(self, answer: Floats) -> Floats:
        """By how much the margin changes with log P(label) of each model, at one answer (w,)."""

    def odds(self, answers: Floats) -> Floats:
        """Log odds of the label against all other classes, by model, (m, models)."""
        p = self.likelihoods(answers)
        odds: Floats = np.log(p + _TINY) - np.log1p(_TINY - p)
        return odds

    def likelihoods(self, answers: Floats) -> Floats:
        """P(label) by model, (m, models)."""
        return np.stack([one[:, self.label] for one in self._by_model(answers)], axis=1)

    def _by_model(self, answers: Floats) -> list[Floats]:
        """The answers (m, w) model by model, each (m, k)."""
        return np.split(answers, self.models, axis=1)


class Flip(Goal):
    """One model predicts another class than the label."""

    models = 1

    def is_reached(self, answers: Floats) -> NDArray[np.bool_]:
        """See Goal."""
        reached: NDArray[np.bool_] = answers.argmax(axis=1) != self.label
        return reached

    def margins(self, answers: Floats) -> Floats:
        """See Goal; log P(label) less that of the best other class."""
        others = np.delete(answers, self.label, axis=1).max(axis=1)
        logs: Floats = np.log(answers[:, self.label] + _TINY) - np.log(others + _TINY)
        return logs

    def margins_of(self, odds: Floats) -> Floats:
        """See Goal."""
        return odds[:, 0]

    def chances(self, odds: Floats, common: Floats, own: Floats) -> Floats:
        """See Goal."""
        chances: Floats = ndtr(-odds[:, 0] / np.hypot(common, own))
        return chances

    def scores(self, answers: Floats) -> Floats:
        """See Goal; P(label)."""
        column: Floats = answers[:, self.label]
        return column

    def ranks(self, answers: Floats) -> Floats:
        """See Goal; P(label)."""
        return self.scores(answers)

    def slopes(self, answer: Floats) -> Floats:
        """See Goal; of one model, nothing but the sign matters."""
        return np.ones(1)


class Disagreement(Goal):
    """Teacher and student predict different classes, or differ as much as they will.

    They part where one of them leaves the class that both predict, and the other does not follow.
    So the margin is that of the model which is nearer to its border. Where both have left for
    another class, it is the way back: a search stays about the border that the two do not share.
    The margin is ours.
    """

    models = 2

    def is_reached(self, answers: Floats) -> NDArray[np.bool_]:
        """See Goal."""
        teacher, student = self._by_model(answers)
        parted: NDArray[np.bool_] = teacher.argmax(axis=1) != student.argmax(axis=1)
        return parted

    def margins(self, answers: Floats) -> Floats:
        """See Goal; the fewest log odds by which one model would have to change."""
        nearest = np.min([_top_margins(one) for one in self._by_model(answers)], axis=0)
        margins: Floats = np.where(self.is_reached(answers), -nearest, nearest)
        return margins

    def margins_of(self, odds: Floats) -> Floats:
        """See Goal."""
        parted = (odds > 0).any(axis=1) & (odds <= 0).any(axis=1)
        nearest = np.abs(odds).min(axis=1)
        margins: Floats = np.where(parted, -nearest, nearest)
        return margins

    def chances(self, odds: Floats, common: Floats, own: Floats) -> Floats:
        """See Goal; the mean of the odds has to be nearer to 0 than each model to the mean."""
        middle = -np.abs(odds.mean(axis=1))
        apart = np.abs((odds[:, :1] - odds[:, 1:]) / 2 + own[:, None] * _NODES)
        inside = ndtr((middle[:, None] + apart) / common[:, None])
        beyond = ndtr((middle[:, None] - apart) / common[:, None])
        chances: Floats = (inside - beyond) @ _WEIGHTS
        return chances

    def scores(self, answers: Floats) -> Floats:
        """See Goal; the logistic of the margin, as P(label) is of two classes."""
        scores: Floats = 1 / (1 + np.exp(-self.margins(answers)))
        return scores

    def ranks(self, answers: Floats) -> Floats:
        """See Goal; 1 less the Jensen-Shannon divergence in bits."""
        ranks: Floats = 1 - jensen_shannon(*self._by_model(answers))
        return ranks

    def slopes(self, answer: Floats) -> Floats:
        """See Goal; only the model that is nearer to its border counts."""
        models = self._by_model(answer[None])
        nearest = int(np.argmin([_top_margins(one)[0] for one in models]))
        p = models[nearest][0]
        slopes = np.zeros(self.models)
        # The log odds of the label change by 1 / (1 - P) of what log P does.
        towards = 1.0 if p.argmax() == self.label else -1.0
        slopes[nearest] = towards / max(1 - float(p[self.label]), _TINY)
        return slopes


def _top_margins(probabilities: Floats) -> Floats:
    """Log of the highest probability less that of the next, (m,)."""
    top = np.log(np.partition(probabilities, -2, axis=1)[:, -2:] + _TINY)
    margins: Floats = top[:, 1] - top[:, 0]
    return margins
