"""What a relation is: a judgement of every input, a curve over its constant, a verdict."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

# Violation rates up to this are tolerated unless the user says otherwise. The constant is ours:
# the paper reports rates and sets no limit.
DEFAULT_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Outputs:
    """What teacher and student answered to n inputs.

    Attributes:
        teacher: float64 (n, k), rows sum to 1.
        student: float64 (n, k).
        labels: int (n,), -1 where unknown.
        clusters: int (n,); inputs of one cluster are not independent.
        sources: for follow-up inputs, the outputs on their source inputs, row by row.
    """

    teacher: NDArray[np.float64]
    student: NDArray[np.float64]
    labels: NDArray[np.int64]
    clusters: NDArray[np.int64]
    sources: Outputs | None = None

    def __len__(self) -> int:
        return len(self.teacher)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a relation says of each of n inputs.

    Attributes:
        applicable: bool (n,); the relation speaks of this input (the denominator).
        violated: bool (n,); only where applicable.
        magnitude: float64 (n,); how far the input is from satisfying the relation, larger is
            worse, in the unit that the relation states; nan where not applicable.
    """

    applicable: NDArray[np.bool_]
    violated: NDArray[np.bool_]
    magnitude: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Violations as the relation's constant varies.

    Attributes:
        parameter: name of the constant.
        thresholds: float64 (m,).
        violations: int (m,).
        n: int (m,); the denominators.
    """

    parameter: str
    thresholds: NDArray[np.float64]
    violations: NDArray[np.int64]
    n: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GroupStatistic:
    """A statistic of all inputs together that must not exceed a limit."""

    name: str
    value: float
    low: float
    high: float
    limit: float


class Relation(BaseModel, ABC):
    """A metamorphic relation with its constants.

    ``tolerance`` is the largest violation rate that passes, in [0, 1].
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    on_sources: ClassVar[bool] = True

    tolerance: float = Field(default=DEFAULT_TOLERANCE, ge=0, le=1)

    @abstractmethod
    def judge(self, outputs: Outputs) -> Judgement:
        """Judge every input."""

    def curve(self, outputs: Outputs) -> Curve | None:
        """Violations over a range of the relation's constant; None if it has none."""

    def group_statistic(
        self, outputs: Outputs, *, confidence: float, resamples: int, rng: Generator
    ) -> GroupStatistic | None:
        """The statistic that decides in place of the violation rate; None if the rate does."""


def predictions(p: NDArray[np.float64]) -> NDArray[np.intp]:
    """Predicted classes (n,); a tie goes to the lowest class index."""
    classes: NDArray[np.intp] = p.argmax(axis=1)
    return classes


def threshold_curve(
    parameter: str, magnitude: NDArray[np.float64], thresholds: NDArray[np.float64]
) -> Curve:
    """The curve of a relation that is violated where ``magnitude`` exceeds its constant."""
    ordered = np.sort(magnitude[~np.isnan(magnitude)])
    above = len(ordered) - np.searchsorted(ordered, thresholds, side="right")
    return Curve(parameter, thresholds, above, np.full(len(thresholds), len(ordered)))
