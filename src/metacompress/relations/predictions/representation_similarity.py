"""Ours: the student's last layer stays as similar to the teacher's on follow-ups as on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.estimand import SourceScores
from metacompress.relations.judgement import Judgement
from metacompress.relations.source_outputs import FollowUpRelation

if TYPE_CHECKING:
    from metacompress.relations.outputs import Outputs


class RepresentationSimilarity(FollowUpRelation):
    """The similarity of the two models' last layers falls on follow-ups by at most tolerance.

    Teacher and student are compared by how they place the inputs to each other, which needs neither
    the same width nor the same depth: by linear CKA (Kornblith et al. 2019, arXiv 1905.00414),
    debiased, of the vectors that their last layers give a sample of sources and one follow-up input
    of each. The verdict is about the similarity on the sources minus that on the follow-ups, paired
    by source, with a jackknife by cluster; a rise passes. No input violates the relation by
    itself. The other layers, and neighbours that both have in common, are shown, not tested. It
    needs models that tell their hidden states, and both answers to be known at once: a sequential
    check cannot have it.
    """

    name: ClassVar[str] = "representation-similarity"

    tolerance: float = Field(default=0.05, ge=0, le=1, description="largest fall that passes")
    sample: int = Field(
        default=256,
        ge=5,
        le=1024,
        description="sources at most that hidden states are asked of, drawn by the seed",
    )
    neighbours: int = Field(
        default=10, ge=1, description="neighbours of an input that are compared, at most"
    )

    def judge(self, outputs: Outputs) -> Judgement:
        """See Relation; it applies to all inputs together, and to none by itself."""
        none = np.zeros(len(outputs), dtype=np.bool_)
        return Judgement(none, none, np.full(len(outputs), np.nan))

    def scores(self, outputs: Outputs) -> SourceScores:
        """The influence of each source on the fall, whose mean is the fall, in [-2, 2].

        Without hidden states, or where they are the same for all inputs, nothing is applicable.
        """
        values, applicable = np.zeros((2, len(outputs.dependence)))
        found = outputs.representations
        if found is not None and found.suffice:
            fall = found.pair().cka_fall()
            if np.isfinite(fall).all():
                places = np.searchsorted(outputs.origins, found.origins)
                values[places], applicable[places] = fall, 1.0
        return SourceScores(
            values,
            applicable,
            outputs.dependence,
            int(applicable.sum()),
            bounds=(-2, 2),
            limits=(-np.inf, self.tolerance),
            unit="fall of the similarity of the last layers (CKA)",
        )
