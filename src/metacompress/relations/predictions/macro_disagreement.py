"""Ours: no class of the teacher's answers is one that the student gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from metacompress.relations.base import Relation
from metacompress.relations.estimand import SourceScores
from metacompress.relations.judgement import Judgement, predictions

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class MacroDisagreement(Relation):
    """Disagreement, as the mean over the classes that the teacher predicts (MR1 by class).

    A student that always answers the majority class agrees with its teacher nearly everywhere and
    disagrees on every input of the other classes; here each class counts alike. An input violates
    the relation where the two disagree. Magnitude: as for prediction-agreement. The interval takes
    the shares of the teacher's classes as they were found.
    """

    name: ClassVar[str] = "macro-disagreement"

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation."""
        violated = predictions(outputs.teacher) != predictions(outputs.student)
        confidence = np.minimum(outputs.teacher.max(axis=1), outputs.student.max(axis=1))
        return Judgement(np.ones(len(outputs), dtype=bool), violated, confidence * violated)

    def scores(self, outputs: Outputs) -> SourceScores:
        """The mean over classes of the rate of disagreement on each.

        Each source weighs as much as its teacher's classes weigh: 1 over the share of the class.
        The weights are scaled to at most 1, so that the mean is a ratio of bounded sums.
        """
        judgement = self.judge(outputs)
        classes = predictions(outputs.teacher)
        mass = np.bincount(
            classes, weights=outputs.weights, minlength=outputs.teacher.shape[1]
        ).astype(np.float64)
        inverse = np.divide(1.0, mass, out=np.zeros_like(mass), where=mass > 0)
        weights = outputs.weights * inverse[classes]
        count = len(outputs.dependence)
        applicable = np.bincount(outputs.units, weights=weights, minlength=count)
        violated = np.bincount(outputs.units, weights=weights * judgement.violated, minlength=count)
        largest = max(float(applicable.max(initial=0)), np.finfo(float).tiny)
        return SourceScores(
            violated / largest,
            applicable / largest,
            outputs.dependence,
            len(outputs),
            bounds=(0, 1),
            limits=(0, self.tolerance),
            unit="share of inputs, mean over the teacher's classes",
        )

    def strata(self, outputs: Outputs) -> list[SourceScores]:
        """The rate of disagreement on each class of the task, one after another.

        A class that the teacher never predicts may have any rate.
        """
        violated = self.judge(outputs).violated
        classes = predictions(outputs.teacher)
        count = len(outputs.dependence)

        def of_class(one: int) -> SourceScores:
            weights = outputs.weights * (classes == one)
            values = np.bincount(outputs.units, weights=weights * violated, minlength=count)
            applicable = np.bincount(outputs.units, weights=weights, minlength=count)
            return SourceScores(
                values.astype(np.float64),
                applicable.astype(np.float64),
                outputs.dependence,
                int(np.count_nonzero(classes == one)),
                bounds=(0, 1),
                limits=(0, self.tolerance),
                unit="share of the inputs of a class",
            )

        return [of_class(one) for one in range(outputs.teacher.shape[1])]
