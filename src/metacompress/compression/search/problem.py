"""What a search is given, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from metacompress.compression.search.candidates import Candidates
    from metacompress.compression.search.feasibility import CostOf, FeasibleSpace
    from metacompress.compression.search.space import Configuration
    from metacompress.runs.progress import Progress


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
