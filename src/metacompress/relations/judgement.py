"""What a relation says of each input, and how that varies with its constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
