"""The two distributions of the next token are close."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field

from metacompress.relations.judgement import Curve, Judgement, threshold_curve
from metacompress.relations.tokens.base import TokenRelation
from metacompress.relations.tokens.outputs import TokenOutputs

THRESHOLDS = np.logspace(-4, 1, 101)
"""Of curves over a divergence in nats; the grid holds the defaults."""


class TokenDivergence(TokenRelation[TokenOutputs]):
    """KL(teacher || student) of the next token is at most eps nats.

    Magnitude: the divergence. The constant is ours: a student may take a tenth of the probability
    of what a teacher is sure of.
    """

    name: ClassVar[str] = "token-divergence"

    eps: float = Field(default=0.1, ge=0, description="largest divergence, in nats")

    def inputs(self, outputs: TokenOutputs) -> TokenOutputs:
        """See TokenRelation."""
        return outputs

    def judge(self, outputs: TokenOutputs, /) -> Judgement:
        """See TokenRelation."""
        return Judgement(np.ones(len(outputs), dtype=bool), outputs.kl > self.eps, outputs.kl)

    def curve(self, outputs: TokenOutputs, /) -> Curve:
        """See TokenRelation."""
        return threshold_curve("eps", outputs.kl, THRESHOLDS)
