from __future__ import annotations

import numpy as np

from metacompress.relations.outputs import Outputs
from metacompress.report.check.classes import shown_classes
from metacompress.study.check.readings.direction import direction_of


def test_of_many_classes_the_worst_ten_are_shown_and_what_was_never_predicted_is_not() -> None:
    # Class k of 12 has 20 inputs, of which the student answers k otherwise; class 12 has one, which
    # it answers otherwise; class 13 has none.
    teacher = np.repeat(np.arange(13), [20] * 12 + [1])
    other = np.concatenate([np.arange(20) < k for k in range(12)] + [np.array([True])])
    student = np.where(other, (teacher + 1) % 13, teacher)
    classes = [str(k) for k in range(14)]

    def shown(rows: np.ndarray) -> list[str]:
        outputs = Outputs.of_sources(
            np.eye(14)[teacher[rows]],
            np.eye(14)[student[rows]],
            np.full(rows.sum(), -1),
            np.arange(rows.sum()),
        )
        return list(shown_classes(direction_of(outputs, classes, confidence=0.95)))

    # One input of one is all, but it says little: it is not the first.
    assert [name for name in shown(teacher >= 0) if name != "12"][:9] == [
        str(k) for k in range(11, 2, -1)
    ]
    assert shown(teacher >= 0)[0] == "11"
    assert len(shown(teacher >= 0)) == 10
    assert shown(teacher < 3) == ["0", "1", "2"]
