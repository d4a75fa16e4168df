"""Base class of relations that judge completions."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from metacompress.relations.completions.outputs import CompletionOutputs
from metacompress.relations.toleranced import TolerancedRelation

THRESHOLDS = np.linspace(0, 1, 101)
"""Of curves over a distance of texts; the grid holds the default."""


class CompletionRelation(TolerancedRelation[CompletionOutputs]):
    """A relation between the completions of teacher and student.

    ``distance`` is ours: of greedy completions, a single other token early on makes all behind it
    another text, so that equal texts are more than most compressions can keep.
    """

    distance: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="largest normalised edit distance of two texts that count as alike; 0 for "
        "equal ones",
    )
