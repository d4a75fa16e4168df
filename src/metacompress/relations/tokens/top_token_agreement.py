"""Both models find the same token most likely."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from metacompress.relations.judgement import Judgement
from metacompress.relations.tokens.base import TokenRelation
from metacompress.relations.tokens.outputs import TokenOutputs


class TopTokenAgreement(TokenRelation[TokenOutputs]):
    """Both models find the same token most likely; where several are, that of the lowest id.

    Magnitude: the total variation of the two distributions.
    """

    name: ClassVar[str] = "top-token-agreement"

    def inputs(self, outputs: TokenOutputs) -> TokenOutputs:
        """See TokenRelation."""
        return outputs

    def judge(self, outputs: TokenOutputs, /) -> Judgement:
        """See TokenRelation."""
        every = np.ones(len(outputs), dtype=bool)
        return Judgement(every, outputs.parts, outputs.total_variation)
