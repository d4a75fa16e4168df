"""Costs of configurations, and a search that trains nothing, for tests of the techniques."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.compression.configuration import StudentConfiguration
from metacompress.compression.search.candidates import Candidates
from metacompress.compression.search.problem import Search, Trial
from metacompress.data.task import VULNERABILITY_PREDICTION
from metacompress.runs.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from metacompress.compression.search.feasibility import FeasibleSpace
    from metacompress.models.costs.encoder import Cost


def cost_of(configuration: dict[str, Any], mode: str = "exact") -> Cost:
    return StudentConfiguration.of(configuration).cost(VULNERABILITY_PREDICTION, mode)


def search_in(
    feasible: FeasibleSpace,
    *,
    reached: Callable[[dict[str, Any]], tuple[float, float]] = lambda configuration: (0.5, 0.5),
    seed: int = 0,
    budget: int = 12,
    target_mb: float = 3.0,
    cost: Callable[[dict[str, Any]], Cost] = cost_of,
    faithful: frozenset[str] = frozenset(),
) -> Search:
    """A search whose trials reach the accuracy and the flips that ``reached`` says."""

    def train(wanted: Sequence[dict[str, Any]]) -> list[Trial]:
        return [Trial(one, *reached(one), seconds=0.0) for one in wanted]

    return Search(
        feasible=feasible,
        cost=cost,
        target_mb=target_mb,
        budget=budget,
        seed=seed,
        faithful=faithful,
        train=train,
        candidates=Candidates(feasible.space),
        progress=NoProgress(),
    )
