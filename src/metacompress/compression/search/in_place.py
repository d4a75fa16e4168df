"""A quirk of AVATAR's published search: mutation changes the parents themselves.

Where two parents are not crossed, the children are the parents, not copies. Mutating them leaves
the parents, and the archive that holds them, with configurations that their recorded objectives
do not belong to: the Pareto front of the published program lists students that were never
evaluated.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from pymoo.core.mating import Mating


class InPlaceMating(Mating):  # type: ignore[misc]  # pymoo has no types
    """pymoo's mating, with children that share what they are made of with uncrossed parents."""

    def _do(
        self,
        problem: Any,
        pop: Any,
        n_offsprings: int,
        parents: Any = None,
        random_state: Any = None,
        **options: Any,
    ) -> Any:
        pairs = self.selection(
            problem,
            pop,
            -(-n_offsprings // self.crossover.n_offsprings),
            n_parents=self.crossover.n_parents,
            random_state=random_state,
            **options,
        )
        children = self.crossover(problem, pairs, random_state=random_state, **options)
        # Children stand in the order of their place in a pair, then of their pair.
        owners = [pair[place] for place in range(self.crossover.n_offsprings) for pair in pairs]
        uncrossed = [
            np.array_equal(child.X, owner.X) for child, owner in zip(children, owners, strict=True)
        ]
        children = self.mutation(problem, children, random_state=random_state, **options)
        for child, owner, shares in zip(children, owners, uncrossed, strict=True):
            if shares:
                owner.X = child.X
        return children


def mutating_in_place(mating: Any) -> InPlaceMating:
    """The same mating with the quirk."""
    return InPlaceMating(
        mating.selection,
        mating.crossover,
        mating.mutation,
        repair=mating.repair,
        eliminate_duplicates=mating.eliminate_duplicates,
        n_max_iterations=mating.n_max_iterations,
    )
