"""What a relation says of one source and one follow-up input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.relations.kinds import Kinds
from metacompress.relations.outputs import Outputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.relations.base import Relation


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """The judgement of one follow-up input.

    Attributes:
        applicable: whether the relation speaks of it.
        violated: whether it is violated there.
        magnitude: see Judgement; nan where it is not applicable.
        source_violated: whether its source violates the relation, too; False where the relation
            does not speak of sources.
    """

    applicable: bool
    violated: bool
    magnitude: float
    source_violated: bool


def judge_pair(
    relation: Relation,
    label: int | None,
    teacher: tuple[Sequence[float], Sequence[float]],
    student: tuple[Sequence[float], Sequence[float]],
) -> JudgedPair:
    """Judge one follow-up input by itself.

    Args:
        relation: that it is held against.
        label: of the source; None where it is unknown.
        teacher: class probabilities (k,) on the source and on the follow-up.
        student: likewise.
    """
    rows = np.zeros(1, dtype=np.int64)
    labels = np.array([-1 if label is None else label])
    (of_teacher, then_teacher), (of_student, then_student) = (
        tuple(np.array([one], dtype=np.float64) for one in answers)
        for answers in (teacher, student)
    )
    source = Outputs.of_sources(of_teacher, of_student, labels, rows)
    follow_up = source.follow_ups(then_teacher, then_student, rows, Kinds.of([""]))
    found = relation.judge(follow_up)
    return JudgedPair(
        bool(found.applicable[0]),
        bool(found.violated[0]),
        float(found.magnitude[0]),
        relation.on_sources and bool(relation.judge(source).violated[0]),
    )
