"""What trials teach, and which member of a front is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.compression.search.problem import FrontMember, Trial
    from metacompress.compression.search.space import Configuration, SearchSpace

# A student counts as of the target size down to this share of it; ours.
_SIZE_TOLERANCE = 0.1


def usable(trials: Sequence[Trial]) -> list[Trial]:
    """The trials with a student.

    Raises:
        ModelError: fewer than two.
    """
    good = [trial for trial in trials if trial.failure is None]
    if len(good) < 2:
        reasons = [f"{trial.configuration}: {trial.failure}" for trial in trials if trial.failure]
        hint = f" ({reasons[0]})" if reasons else "; raise --budget"
        raise ModelError(f"{len(good)} of {len(trials)} students could be trained{hint}")
    return good


def choose(front: Sequence[FrontMember], target_mb: float) -> Configuration:
    """The member of about the target size whose accuracy less its flips is best.

    Which member the papers train is the reader's choice; this one is ours. About the target size
    is up to a tenth below it; where none is, the nearest size counts.
    """

    def distance(member: FrontMember) -> float:
        return abs(member.objectives["megabytes"] - target_mb)

    near = [
        member
        for member in front
        if distance(member) <= _SIZE_TOLERANCE * target_mb
        and member.objectives["megabytes"] <= target_mb
    ]
    if not near:
        return dict(min(front, key=distance).configuration)

    def quality(member: FrontMember) -> float:
        return member.objectives["accuracy"] - member.objectives.get("flips", 0.0)

    return dict(max(near, key=quality).configuration)


def points_of(trials: Sequence[Trial], space: SearchSpace) -> NDArray[np.int64]:
    """Where the trials' configurations are, (n, d)."""
    return np.array([space.point(trial.configuration) for trial in trials])
