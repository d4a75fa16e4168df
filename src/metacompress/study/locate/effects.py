"""Violation rates of mixtures against those of the models that they were mixed of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.stats.intervals.differences import mean_of
from metacompress.study.locate.summary import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from metacompress.relations.base import Relation
    from metacompress.relations.outputs import Outputs

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Violations:
    """How much each of the N sources of a study violates a relation.

    Attributes:
        shares: float64 (N,) in [0, 1]; of its inputs.
        present: float64 (N,); 1 where it has any input, else 0.
    """

    shares: FloatArray
    present: FloatArray

    @classmethod
    def of(cls, relation: Relation, outputs: Outputs, sources: int) -> Violations:
        """Judge the inputs of one part."""
        origins = outputs.origins[outputs.units]
        weights = outputs.weights * relation.judge(outputs).violated
        shares = np.zeros(sources)
        np.add.at(shares, origins, weights)
        present = np.zeros(sources)
        present[origins] = 1.0
        return cls(shares, present)

    @property
    def rate(self) -> float:
        """Mean over the sources; nan without any."""
        count = self.present.sum()
        return float(self.shares.sum() / count) if count else float("nan")


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges what a model answers to the inputs of a study.

    Attributes:
        relation: that is judged.
        outputs: of teacher and student, by part.
        rows: int (n,); of each follow-up in ``outputs``, the row of its source.
    """

    relation: Relation
    outputs: Mapping[Part, Outputs]
    rows: NDArray[np.intp]

    @classmethod
    def of(
        cls, relation: Relation, outputs: Mapping[Part, Outputs], rows: NDArray[np.intp]
    ) -> Judge:
        """A judge of a relation whose value is a violation rate.

        Raises:
            UsageError: the relation's is another one, or it has no input to speak of.
        """
        judge = cls(relation, outputs, rows)
        if not judge.parts:
            raise UsageError(
                f"{relation.name} speaks of variants, and there are none; name transformations",
                option="transforms",
            )
        if not all(relation.scores(outputs[part]).is_rate for part in judge.parts):
            raise UsageError(
                f"the value of {relation.name} is no violation rate, so that no input violates it "
                f"by itself; locate another relation, prediction-agreement say",
                option="relation",
            )
        return judge

    @property
    def parts(self) -> list[Part]:
        """The parts that the relation speaks of."""
        return [p for p in self.outputs if p is not Part.SOURCES or self.relation.on_sources]

    def violations(self, answers: FloatArray) -> dict[Part, Violations]:
        """Judge the answers of a model in the student's place, by part.

        Args:
            answers: float64 (m + n, k), to the m sources, and to the n follow-ups in ``outputs``.
        """
        sources = self.outputs[Part.SOURCES]
        on_sources, on_follow_ups = answers[: len(sources)], answers[len(sources) :]
        others = {
            Part.SOURCES: (on_sources, on_sources),
            Part.FOLLOW_UPS: (on_follow_ups, on_sources[self.rows]),
        }
        return {
            part: Violations.of(
                self.relation, self.outputs[part].with_student(*others[part]), len(sources)
            )
            for part in self.parts
        }

    def effect(self, more: Violations, fewer: Violations, *, confidence: float) -> Effect:
        """How much more is violated in the one than in the other, paired by source."""
        differences = (more.shares - fewer.shares) * more.present
        dependence = self.outputs[Part.SOURCES].dependence
        found = mean_of((differences, more.present), dependence, confidence=confidence)
        # Of a few sources that all changed alike, the estimate knows no end.
        return Effect(value=found.value, low=max(found.low, -1.0), high=min(found.high, 1.0))
