"""The array types of this package and the shape checks that its functions share."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from metacompress.errors import UsageError

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
ClusterArray: TypeAlias = npt.NDArray[np.integer[Any]] | npt.NDArray[np.str_]

UNLABELLED = -1


def require_same_length(**arrays: npt.NDArray[Any]) -> None:
    """Check that all arrays are one-dimensional and of one length.

    Raises:
        UsageError: an array is not of shape (n,), or two lengths differ.
    """
    shapes = {array.shape for array in arrays.values()}
    if len(shapes) > 1 or any(len(shape) != 1 for shape in shapes):
        found = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise UsageError(f"arrays must all have the same shape (n,), not {found}")


def labelled_rows(p: FloatArray, labels: IntArray) -> tuple[FloatArray, IntArray]:
    """Return the rows of ``p``, shape (n, k), whose label is not -1, and their labels.

    Raises:
        UsageError: the shapes do not fit, or a label is neither -1 nor a class index.
    """
    if p.ndim != 2 or labels.shape != p.shape[:1]:
        raise UsageError(
            f"probabilities must have shape (n, k) and labels shape (n,), "
            f"not {p.shape} and {labels.shape}",
            option="labels",
        )
    wrong = np.flatnonzero((labels < UNLABELLED) | (labels >= p.shape[1]))
    if len(wrong):
        raise UsageError(
            f"label {labels[wrong[0]]} in row {wrong[0]} is no class index; "
            f"it must be 0 to {p.shape[1] - 1}, or -1 for none",
            option="labels",
        )
    kept = labels != UNLABELLED
    return p[kept], labels[kept]
