"""The distributions of the next token are close on the whole of a program."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.judgement import Curve, Judgement, threshold_curve
from metacompress.relations.tokens.base import TokenRelation
from metacompress.relations.tokens.outputs import ProgramOutputs, TokenOutputs
from metacompress.relations.tokens.token_divergence import THRESHOLDS


class ProgramDivergence(TokenRelation[ProgramOutputs]):
    """The mean of KL(teacher || student) over the tokens of a program is at most eps nats.

    Magnitude: the mean. The constant is ours.
    """

    name: ClassVar[str] = "program-divergence"

    eps: float = Field(default=0.05, ge=0, description="largest mean divergence, in nats")

    def inputs(self, outputs: TokenOutputs) -> ProgramOutputs:
        """See TokenRelation."""
        return outputs.by_program()

    def judge(self, outputs: ProgramOutputs, /) -> Judgement:
        """See TokenRelation."""
        mean = outputs.mean_kl
        return Judgement(np.ones(len(outputs), dtype=bool), mean > self.eps, mean)

    def curve(self, outputs: ProgramOutputs, /) -> Curve:
        """See TokenRelation."""
        return threshold_curve("eps", outputs.mean_kl, THRESHOLDS)
