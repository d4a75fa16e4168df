"""pymoo's view of a space of students: integer vectors, their objectives, and their repair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from pymoo.core.callback import Callback
from pymoo.core.problem import Problem
from pymoo.core.repair import Repair
from pymoo.core.sampling import Sampling
from pymoo.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from metacompress.compression.search.feasibility import FeasibleSpace
    from metacompress.runs.progress import Progress

    Objectives = Callable[[NDArray[np.int64]], NDArray[np.float64]]


class StudentProblem(Problem):  # type: ignore[misc]  # pymoo has no types
    """Objectives over the points of a space; all are to be small.

    Args:
        feasible: the space.
        objectives: of points (n, d), as (n, m).
        count: m.
    """

    def __init__(self, feasible: FeasibleSpace, objectives: Objectives, count: int) -> None:
        last = feasible.space.last
        super().__init__(
            n_var=len(last), n_obj=count, xl=np.zeros(len(last)), xu=last.astype(float), vtype=int
        )
        self._objectives = objectives

    def _evaluate(self, points: Any, out: dict[str, Any], *args: Any, **options: Any) -> None:
        out["F"] = self._objectives(np.asarray(points, dtype=np.int64))


class RepairToFeasible(Repair):  # type: ignore[misc]
    """Makes students of whatever crossover and mutation leave.

    Args:
        feasible: knows how.
    """

    def __init__(self, feasible: FeasibleSpace) -> None:
        super().__init__()
        self._feasible = feasible

    def _do(self, problem: Any, points: Any, **options: Any) -> NDArray[np.int64]:
        return np.array([self._feasible.repair(point) for point in np.asarray(points, dtype=float)])


class RandomStudents(Sampling):  # type: ignore[misc]
    """A first population of feasible students.

    Args:
        feasible: where they come from.
        start: points that are in it in any case, (n, d).
    """

    def __init__(self, feasible: FeasibleSpace, start: NDArray[np.int64] | None = None) -> None:
        super().__init__()
        self._feasible = feasible
        self._start = [] if start is None else list(start)

    def _do(
        self, problem: Any, count: int, *args: Any, random_state: Any = None, **options: Any
    ) -> NDArray[np.int64]:
        random = [self._feasible.random(random_state) for _ in range(count - len(self._start))]
        return np.array([*self._start, *random])[:count]


class _Generations(Callback):  # type: ignore[misc]
    def __init__(self, advance: Callable[[int], None]) -> None:
        super().__init__()
        self._advance = advance

    def notify(self, algorithm: Any) -> None:
        self._advance(1)


def evolve(
    problem: StudentProblem, algorithm: Any, generations: int, seed: int, progress: Progress
) -> Any:
    """Run an algorithm of pymoo to its end.

    Returns:
        pymoo's result; its ``algorithm`` is the one that ran.
    """
    with progress.stage("searching", generations) as advance:
        return minimize(
            problem,
            algorithm,
            ("n_gen", generations),
            seed=seed,
            callback=_Generations(advance),
            copy_algorithm=False,
        )


def age_moea(feasible: FeasibleSpace, population: int, start: NDArray[np.int64]) -> Any:
    """AGE-MOEA (Panichella, GECCO 2019) over students; ``start`` (n, d) is in its population."""
    from pymoo.algorithms.moo.age import AGEMOEA
    from pymoo.operators.crossover.sbx import SBX
    from pymoo.operators.mutation.pm import PM
    from pymoo.operators.repair.rounding import RoundingRepair

    return AGEMOEA(
        pop_size=population,
        sampling=RandomStudents(feasible, start),
        crossover=SBX(prob=0.9, eta=15, vtype=float, repair=RoundingRepair()),
        mutation=PM(eta=20, vtype=float, repair=RoundingRepair()),
        repair=RepairToFeasible(feasible),
        eliminate_duplicates=True,
    )
