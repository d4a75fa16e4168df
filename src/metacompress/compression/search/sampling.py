"""The configurations that are really trained, before a surrogate can be fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import qmc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metacompress.compression.search.feasibility import FeasibleSpace

# Random candidates for each next point; AVATAR's script draws as many as it wants points.
_CANDIDATES = 20
# A small space may hold fewer points than are wanted.
_ATTEMPTS = 50


def adaptive_random(
    feasible: FeasibleSpace, count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Points far from each other: adaptive random testing (Chen et al., ASIAN 2004), for AVATAR.

    Each next point is, of some random ones, the one whose nearest earlier point is farthest. The
    distance is Euclidean, with every dimension scaled to [0, 1].

    Returns:
        at most ``count`` distinct points, (n, d).
    """
    last = np.maximum(feasible.space.last, 1)
    chosen = [feasible.random(rng)]
    while len(chosen) < count:
        candidates = np.array([feasible.random(rng) for _ in range(_CANDIDATES)])
        gaps = (candidates[:, None, :] - np.array(chosen)[None, :, :]) / last
        nearest = np.sqrt((gaps**2).sum(axis=2)).min(axis=1)
        if nearest.max() == 0:
            break
        chosen.append(candidates[int(nearest.argmax())])
    return np.array(chosen)


def latin_hypercube(
    feasible: FeasibleSpace, count: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Points whose values are spread evenly in each dimension (McKay et al. 1979), for MORPH.

    Repairing them takes some of the evenness.

    Returns:
        at most ``count`` distinct points, (n, d).
    """
    last = feasible.space.last
    unit = qmc.LatinHypercube(d=len(last), rng=rng).random(count)
    points = [feasible.repair(np.floor(row * (last + 1))) for row in unit]
    distinct = {point.tobytes(): point for point in points}
    for _ in range(_ATTEMPTS * count):
        if len(distinct) >= count:
            break
        point = feasible.random(rng)
        distinct.setdefault(point.tobytes(), point)
    return np.array(list(distinct.values()))
