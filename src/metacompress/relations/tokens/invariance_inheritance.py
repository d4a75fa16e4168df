"""What does not move the teacher at a token does not move a student that agreed with it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.judgement import Judgement
from metacompress.relations.tokens.base import TokenRelation
from metacompress.relations.tokens.outputs import TokenOutputs


class TokenInvarianceInheritance(TokenRelation[TokenOutputs]):
    """Where both agree on a token of the source and the teacher keeps its most likely token, so
    does the student.

    The tokens are those of a variant that no edit touched, and that are the same in its source.
    With ``tau``, a student violates it as well where its distribution comes to lie further from
    the teacher's than tau, in total variation, and did not on the source. Magnitude: how much
    further it lies than on the source, in [-1, 1].
    """

    name: ClassVar[str] = "token-invariance-inheritance"
    on_sources: ClassVar[bool] = False

    tau: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="largest total variation of the two distributions; null for any",
    )

    def inputs(self, outputs: TokenOutputs) -> TokenOutputs:
        """See TokenRelation."""
        return outputs

    def judge(self, outputs: TokenOutputs, /) -> Judgement:
        """See TokenRelation."""
        applicable = np.zeros(len(outputs), dtype=np.bool_)
        violated = np.zeros(len(outputs), dtype=np.bool_)
        further = np.full(len(outputs), np.nan)
        kept, source = outputs.at_sources()
        same_teacher = source.teacher_top == outputs.teacher_top[kept]
        speaks = ~source.parts & same_teacher
        moved = source.student_top != outputs.student_top[kept]
        distance = outputs.total_variation[kept]
        if self.tau is not None:
            moved |= (source.total_variation <= self.tau) & (distance > self.tau)
        applicable[kept], violated[kept] = speaks, speaks & moved
        further[kept] = np.where(speaks, distance - source.total_variation, np.nan)
        return Judgement(applicable, violated, further)
