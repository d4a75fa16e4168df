"""MORPH: metamorphic-based many-objective distillation (Panichella, ICSE 2025)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from metacompress.compression.search.choice import choose, points_of, usable
from metacompress.compression.search.many_objectives import STUDENT_SPACE, Objectives
from metacompress.compression.search.problem import Found, Search
from metacompress.compression.techniques.technique import Technique
from metacompress.training.losses import CROSS_ENTROPY_AND_COSINE

if TYPE_CHECKING:
    from metacompress.data.task import Task

_POPULATION = 50
_GENERATIONS = 100
_TEMPERATURE = 10.0


class Morph(Technique):
    """Latin hypercube trials, boosted surrogates, and AGE-MOEA over four objectives."""

    name = "morph"
    space = STUDENT_SPACE
    soft_loss = CROSS_ENTROPY_AND_COSINE
    uses_variants = True

    def temperature(self, task: Task) -> float:
        """See Technique; as published."""
        return _TEMPERATURE

    def search(self, search: Search) -> Found:
        """See Technique."""
        from metacompress.compression.search.evolution import (
            StudentProblem,
            age_moea,
            evolve,
        )
        from metacompress.compression.search.sampling import latin_hypercube
        from metacompress.compression.search.surrogates import BoostingSurrogate

        feasible, space = search.feasible, search.feasible.space
        rng = np.random.default_rng(search.seed)
        sample = latin_hypercube(feasible, search.budget, rng)
        trials = usable(search.train([space.configuration(point) for point in sample]))
        trained = points_of(trials, space)
        features = space.features(trained)
        accuracies = np.array([trial.accuracy for trial in trials], dtype=np.float64)
        flips = np.array([trial.flips for trial in trials], dtype=np.float64)
        with search.progress.stage("fitting surrogates", 2) as advance:
            accuracy = BoostingSurrogate(features, accuracies, search.seed)
            advance(1)
            flip = BoostingSurrogate(features, flips, search.seed)
            advance(1)
        objectives = Objectives(search, accuracy, flip)
        algorithm = age_moea(feasible, _POPULATION, trained)
        problem = StudentProblem(feasible, objectives, objectives.count)
        result = evolve(problem, algorithm, _GENERATIONS, search.seed, search.progress)
        front = objectives.front(np.vstack([result.pop.get("X"), trained]))
        return Found(front, choose(front, search.target_mb))
