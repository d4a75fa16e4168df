"""Similarity of two representations of the same inputs, whatever their widths.

A representation gives each of n inputs a vector. Only how the inputs lie to each other counts: no
measure here changes where the vectors are rotated, mirrored, moved or scaled by one factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.stats.arrays import BoolArray, FloatArray

LEAST_INPUTS = 5
"""Inputs from which on a similarity is estimated: without one of them, four are left."""

# Vectors whose distances from their mean are so small a share of their lengths are constant up to
# the rounding of float32. The constant is ours.
_ROUNDING = 1e-5
# The same of products of unit vectors in float64, where all inputs are equally far apart.
_EQUIDISTANT = 1e-12


@dataclass(frozen=True, slots=True)
class Geometry:
    """How n inputs lie to each other in one representation.

    Attributes:
        products: float64 (n, n), symmetric; inner products off the diagonal, which is 0, with the
            means of rows and columns taken out (U-centred). All 0 where vectors are constant, or
            all equally far apart.
        distances: float64 (n, n); squared Euclidean distances.
        constant: whether all inputs have the same vector, up to rounding.
    """

    products: FloatArray
    distances: FloatArray
    constant: bool

    @classmethod
    def of(cls, vectors: NDArray[np.floating]) -> Geometry:
        """The geometry of vectors (n, width).

        Raises:
            UsageError: another shape, fewer than 5 inputs, or numbers that are not finite.
        """
        if vectors.ndim != 2 or len(vectors) < LEAST_INPUTS:
            raise UsageError(
                f"representations are compared on vectors of at least {LEAST_INPUTS} inputs, of "
                f"shape (n, width), not on shape {vectors.shape}"
            )
        if not np.isfinite(vectors).all():
            raise UsageError("representations are compared on finite numbers; there are others")
        exact = vectors.astype(np.float64)
        # Any factor is left out, so that no square is beyond what a float holds.
        exact /= max(float(np.abs(exact).max(initial=0)), np.finfo(float).tiny)
        length = float(np.linalg.norm(exact))
        exact -= exact.mean(axis=0)
        n = len(exact)
        if np.linalg.norm(exact) <= _ROUNDING * length:
            return cls(np.zeros((n, n)), np.zeros((n, n)), constant=True)
        exact /= np.linalg.norm(exact)
        inner = exact @ exact.T
        squares = np.diag(inner)
        distances = np.maximum(squares[:, None] + squares - 2 * inner, 0)
        return cls(_u_centred(inner), distances, constant=False)


def debiased_cka(first: Geometry, second: Geometry) -> float:
    """Linear centred kernel alignment without the bias of few inputs, in [-1, 1].

    1 where both are the same up to rotation and scale, 0 on average where they are independent.
    The plain estimate of Kornblith et al. is far above 0 for independent vectors that are wider
    than there are inputs; this is the ratio of unbiased estimates.

    Source: Kornblith et al. 2019, arXiv 1905.00414; unbiased inner products of Song et al. 2012
    (JMLR 13) and Székely and Rizzo 2014, doi:10.1214/14-AOS1255.

    Returns:
        nan where one of the two is constant, or has all inputs equally far apart.

    Raises:
        UsageError: they are of different numbers of inputs.
    """
    _require_same_inputs(len(first.products), len(second.products))
    one, other = first.products, second.products
    square = float(np.vdot(one, one)) * float(np.vdot(other, other))
    if not square > 0:
        return float("nan")
    return float(np.clip(np.vdot(one, other) / np.sqrt(square), -1, 1))


def cka_without_each(first: Geometry, second: Geometry) -> FloatArray:
    """``debiased_cka`` n times, each time without one of the inputs; (n,).

    A U-centred matrix has rows of sum 0. Without input i, the inner product of two of them is less
    by ``2 (n - 2) / (n - 3)`` times that of their rows i: no centring has to be done again.

    Raises:
        UsageError: they are of different numbers of inputs.
    """
    _require_same_inputs(len(first.products), len(second.products))
    n = len(first.products)
    factor = 2 * (n - 2) / (n - 3)

    def without(one: FloatArray, other: FloatArray) -> FloatArray:
        rows = np.einsum("ij,ij->i", one, other)
        left: FloatArray = rows.sum() - factor * rows
        return left

    one, other = first.products, second.products
    # Four inputs of five may be constant.
    squares = np.maximum(without(one, one), 0) * np.maximum(without(other, other), 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: FloatArray = np.where(squares > 0, without(one, other) / np.sqrt(squares), np.nan)
    return np.clip(found, -1, 1)


def influences(estimate: float, without_each: FloatArray) -> FloatArray:
    """Numbers (n,), one per input, whose mean is ``estimate`` and whose spread is its own.

    They are the jackknife's pseudo-values, moved to have the estimate itself as their mean: the
    variance of their mean, by clusters where inputs have some, is that of the estimate.

    Source: Efron and Stein 1981, doi:10.1214/aos/1176345462.

    Args:
        estimate: on all n inputs.
        without_each: the same without each input, (n,).
    """
    moved: FloatArray = estimate + (len(without_each) - 1) * (without_each.mean() - without_each)
    return moved


def nearest_neighbours(geometry: Geometry, count: int) -> BoolArray:
    """Which ``count`` other inputs (column) are nearest to each input (row), bool (n, n).

    Of inputs that are equally far the first come first; where all vectors are the same, no input
    has a neighbour.

    Raises:
        UsageError: there are not more inputs than that.
    """
    n = len(geometry.distances)
    if not 1 <= count < n:
        raise UsageError(f"each of {n} inputs has 1 to {n - 1} neighbours, not {count}")
    found = np.zeros((n, n), dtype=np.bool_)
    if not geometry.constant:
        distances = geometry.distances.copy()
        np.fill_diagonal(distances, np.inf)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, :count]
        np.put_along_axis(found, nearest, values=True, axis=1)
    return found


def neighbour_overlap(first: BoolArray, second: BoolArray) -> FloatArray:
    """Share of the nearest neighbours of each input that two representations have in common, (n,).

    Of independent representations the mean is the number of neighbours over n - 1. Neighbours are
    near by Euclidean distance; the source takes the cosine, of which the large vector that hidden
    states have in common hides the rest.

    Source: Huh et al. 2024, arXiv 2405.07987 (mutual nearest neighbours).

    Args:
        first: see ``nearest_neighbours``, with as many for each input as ``second``.
        second: of the other representation.

    Returns:
        nan where an input has no neighbours.

    Raises:
        UsageError: they are of different numbers of inputs.
    """
    _require_same_inputs(len(first), len(second))
    counts = np.minimum(first.sum(axis=1), second.sum(axis=1))
    with np.errstate(invalid="ignore"):
        share: FloatArray = (first & second).sum(axis=1) / counts
    return share


def _u_centred(inner: FloatArray) -> FloatArray:
    """Take means out of rows and columns so that rows without the diagonal have the sum 0."""
    n = len(inner)
    centred = inner.copy()
    np.fill_diagonal(centred, 0)
    rows = centred.sum(axis=1) / (n - 2)
    centred -= rows[:, None] + rows - rows.sum() / (n - 1)
    np.fill_diagonal(centred, 0)
    return centred if np.linalg.norm(centred) > _EQUIDISTANT else np.zeros((n, n))


def _require_same_inputs(first: int, second: int) -> None:
    if first != second:
        raise UsageError(
            f"two representations of the same inputs are compared, not of {first} and {second} "
            f"inputs"
        )
