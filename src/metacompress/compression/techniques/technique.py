"""What the three techniques have in common: a space, a search in it, and a way to train."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.errors import ModelError
from metacompress.training.losses import KL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.compression.search.candidates import Candidates
    from metacompress.compression.search.feasibility import CostOf, FeasibleSpace
    from metacompress.compression.search.space import Configuration, SearchSpace
    from metacompress.data.task import Task
    from metacompress.runs.progress import Progress

# A student counts as of the target size down to this share of it; ours.
_SIZE_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Trial:
    """A student that was trained for a short time, to learn from.

    Attributes:
        configuration: of the student.
        accuracy: share of the validation examples that it predicts right; where they have no
            labels, as its teacher does. None if the training failed.
        flips: share of the validation variants that it predicts otherwise than their source;
            None if it failed or there are no variants.
        seconds: of its training.
        failure: why there is no student, or None.
    """

    configuration: Configuration
    accuracy: float | None
    flips: float | None
    seconds: float
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class FrontMember:
    """A configuration that no other one is better than in everything.

    Attributes:
        configuration: of the student.
        objectives: name to value, as estimated: megabytes, gflops, accuracy, flips.
    """

    configuration: Configuration
    objectives: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ends with.

    Attributes:
        front: the Pareto front; of a search with one objective, its best configuration.
        chosen: the configuration to train.
    """

    front: tuple[FrontMember, ...]
    chosen: Configuration


@dataclass(frozen=True, slots=True)
class Search:
    """What a technique searches with.

    Attributes:
        feasible: the students that there are.
        cost: of a configuration.
        target_mb: size that is wanted, in MB.
        budget: configurations that may be trained.
        seed: of everything random.
        faithful: quirks of the published programs to reproduce.
        train: trains configurations for a short time; those that fail say so.
        candidates: is given every configuration that the search evaluates.
        progress: shows the stages.
    """

    feasible: FeasibleSpace
    cost: CostOf
    target_mb: float
    budget: int
    seed: int
    faithful: frozenset[str]
    train: Callable[[Sequence[Configuration]], list[Trial]]
    candidates: Candidates
    progress: Progress


class Technique(ABC):
    """A published compression technique."""

    name: ClassVar[str]
    space: ClassVar[SearchSpace]
    soft_loss: ClassVar[str] = KL
    # Whether students learn from variants too, and are judged by their flips.
    uses_variants: ClassVar[bool] = False
    # Whether no student may be larger than the target; else the search sees to it.
    limits_size: ClassVar[bool] = True

    @abstractmethod
    def temperature(self, task: Task) -> float:
        """Of the soft loss."""

    def prepared(self, space: SearchSpace, cost: CostOf, target_mb: float) -> SearchSpace:
        """The space to search in: without what cannot be, where the technique sees to it."""
        return space

    @abstractmethod
    def search(self, search: Search) -> Found:
        """Find a configuration.

        Raises:
            ModelError: too few students could be trained to learn from.
        """


def published_temperature(task: Task) -> float:
    """1 for clones, 10 for vulnerabilities, as Compressor's programs have it."""
    return 1.0 if task.arity == 2 else 10.0


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
