"""AVATAR (Shi et al., ICSE-SEIS 2024, doi 10.1145/3639475.3640097)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.compression.search.choice import choose, points_of, usable
from metacompress.compression.search.many_objectives import STUDENT_SPACE, Objectives
from metacompress.compression.search.problem import Found, FrontMember, Search
from metacompress.compression.techniques.technique import Technique, published_temperature
from metacompress.training.faithful import IN_PLACE_MUTATION

if TYPE_CHECKING:
    from metacompress.compression.search.feasibility import CostOf
    from metacompress.compression.search.space import SearchSpace
    from metacompress.data.task import Task

_POPULATION = 20
_GENERATIONS = 100
_CROSSOVER, _CROSSOVER_SPREAD, _MUTATION_SPREAD = 0.6, 10, 20


class Avatar(Technique):
    """Pruned space, spread-out trials, a Bayesian ridge surrogate, and three objectives."""

    name = "avatar"
    space = STUDENT_SPACE

    def temperature(self, task: Task) -> float:
        """See Technique."""
        return published_temperature(task)

    def prepared(self, space: SearchSpace, cost: CostOf, target_mb: float) -> SearchSpace:
        """See Technique."""
        from metacompress.compression.search.pruned_space import prune

        return prune(space, cost, target_mb)

    def search(self, search: Search) -> Found:
        """See Technique. NSGA-II with an archive stands for the paper's own evolution."""
        from pymoo.algorithms.moo.nsga2 import NSGA2
        from pymoo.operators.crossover.sbx import SBX
        from pymoo.operators.mutation.pm import PM
        from pymoo.operators.repair.rounding import RoundingRepair
        from pymoo.util.archive import MultiObjectiveArchive

        from metacompress.compression.search.evolution import (
            RandomStudents,
            RepairToFeasible,
            StudentProblem,
            evolve,
        )
        from metacompress.compression.search.in_place import mutating_in_place
        from metacompress.compression.search.sampling import adaptive_random
        from metacompress.compression.search.surrogates import RidgeSurrogate

        feasible, space = search.feasible, search.feasible.space
        rng = np.random.default_rng(search.seed)
        sample = adaptive_random(feasible, search.budget, rng)
        trials = usable(search.train([space.configuration(point) for point in sample]))
        trained = points_of(trials, space)
        reached = np.array([trial.accuracy for trial in trials], dtype=np.float64)
        objectives = Objectives(search, RidgeSurrogate(space.features(trained), reached))
        algorithm: Any = NSGA2(
            pop_size=_POPULATION,
            sampling=RandomStudents(feasible, trained),
            crossover=SBX(
                prob=_CROSSOVER, eta=_CROSSOVER_SPREAD, vtype=float, repair=RoundingRepair()
            ),
            mutation=PM(eta=_MUTATION_SPREAD, vtype=float, repair=RoundingRepair()),
            repair=RepairToFeasible(feasible),
            eliminate_duplicates=True,
            archive=MultiObjectiveArchive(max_size=None, truncate_size=None),
        )
        is_faithful = IN_PLACE_MUTATION in search.faithful
        if is_faithful:
            algorithm.mating = mutating_in_place(algorithm.mating)
        problem = StudentProblem(feasible, objectives, objectives.count)
        result = evolve(problem, algorithm, _GENERATIONS, search.seed, search.progress)
        if is_faithful:
            front = _as_recorded(result.archive, objectives, search)
        else:
            front = objectives.front(result.archive.get("X"))
        return Found(front, choose(front, search.target_mb))


def _as_recorded(archive: Any, objectives: Objectives, search: Search) -> tuple[FrontMember, ...]:
    """The archive with the objectives that it recorded, which may be those of other students."""
    space = search.feasible.space
    members = []
    for individual in archive:
        point = search.feasible.repair(individual.X)
        size_gap, gflops, error = (float(value) for value in individual.F)
        megabytes = search.target_mb - size_gap  # no student is above the target
        recorded = {"megabytes": megabytes, "gflops": gflops, "accuracy": 1 - error}
        members.append(FrontMember(space.configuration(point), recorded))
    return tuple(members)
