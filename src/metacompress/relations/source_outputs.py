"""Relations that compare a follow-up input with its source."""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, ClassVar

from metacompress.relations.base import Relation
from metacompress.relations.judgement import predictions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from metacompress.relations.outputs import Outputs


class FollowUpRelation(Relation, ABC):
    """A relation that speaks of follow-up inputs only: it needs the outputs on their sources."""

    on_sources: ClassVar[bool] = False


def source_outputs(outputs: Outputs) -> Outputs:
    """The outputs on the sources of follow-up inputs, row by row.

    Raises:
        ValueError: the outputs are on sources themselves.
    """
    if outputs.sources is None:
        raise ValueError("the relation needs the outputs on the source inputs")
    return outputs.sources


def disagree(outputs: Outputs) -> NDArray[np.bool_]:
    """Where teacher and student predict different classes, (n,)."""
    apart: NDArray[np.bool_] = predictions(outputs.teacher) != predictions(outputs.student)
    return apart
