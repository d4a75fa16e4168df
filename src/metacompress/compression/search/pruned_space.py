"""A search space without the values that no student of the target size can have (AVATAR)."""

from __future__ import annotations

import itertools
import signal
from typing import TYPE_CHECKING

import z3

from metacompress.errors import UsageError
from metacompress.models.costs.encoder import BYTES_PER_PARAMETER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.compression.search.feasibility import CostOf
    from metacompress.compression.search.space import Configuration, SearchSpace

# For given layers and width, parameters grow evenly with each of these.
_EVEN = ("vocabulary", "feed_forward", "max_length")
_CONSTRAINED = ("layers", "hidden", "heads", *_EVEN)


def prune(space: SearchSpace, cost: CostOf, limit_mb: float) -> SearchSpace:
    """Keep the values of each dimension that some configuration within the constraints has.

    The constraints, that heads share the width and that the size is at most ``limit_mb``, go to
    the solver z3, as in AVATAR (Shi et al., ICSE-SEIS 2024). It is given the cost model itself:
    for each number of layers and each width, parameters are an affine function of the other
    dimensions, whose coefficients are differences of the cost.

    Args:
        space: has the dimensions layers, hidden, heads, vocabulary, feed_forward, max_length.
        cost: of a configuration.
        limit_mb: largest size in MB.

    Raises:
        UsageError: no configuration meets the constraints.
    """
    solver = z3.SolverFor("QF_LIA")
    variables = {name: z3.Int(name) for name in _CONSTRAINED}
    for name, variable in variables.items():
        solver.add(_one_of(variable, space[name].values))
    limit = int(limit_mb * 1e6 / BYTES_PER_PARAMETER)
    first = {dimension.name: dimension.values[0] for dimension in space.dimensions}
    cases = []
    for layers, hidden in itertools.product(space["layers"].values, space["hidden"].values):
        shared = [heads for heads in space["heads"].values if hidden % heads == 0]
        corner = {**first, "layers": layers, "hidden": hidden}
        if shared and cost(corner).parameters <= limit:
            cases.append(
                z3.And(
                    variables["layers"] == layers,
                    variables["hidden"] == hidden,
                    _one_of(variables["heads"], shared),
                    _parameters(corner, cost, variables) <= limit,
                )
            )
    solver.add(z3.Or(cases))
    try:
        if solver.check() != z3.sat:
            raise UsageError(
                f"no student of the space has at most {limit_mb:g} MB; raise --target-mb, or make "
                f"the space wider with --space",
                option="target_mb",
            )
        return space.restricted(
            {
                name: [value for value in space[name].values if _can_be(solver, variable, value)]
                for name, variable in variables.items()
            }
        )
    finally:
        # z3 listens to Ctrl-C while it solves, and puts the handler back so that the signal no
        # longer ends a wait (SA_RESTART): Python would not hear of it until the wait is over.
        signal.siginterrupt(signal.SIGINT, True)


def _one_of(variable: z3.ArithRef, values: Sequence[int]) -> z3.BoolRef:
    return z3.Or([variable == value for value in values])


def _parameters(
    corner: Configuration, cost: CostOf, variables: dict[str, z3.ArithRef]
) -> z3.ArithRef:
    """Parameters of a student with the layers and the width of ``corner``."""
    at_corner = cost(corner).parameters
    total = z3.IntVal(at_corner)
    for name in _EVEN:
        more = cost({**corner, name: corner[name] + 1}).parameters - at_corner
        total = total + more * (variables[name] - corner[name])
    return total


def _can_be(solver: z3.Solver, variable: z3.ArithRef, value: int) -> bool:
    return bool(solver.check(variable == value) == z3.sat)
