"""Disagreement by the class that the teacher predicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.study.check.readings.direction import ClassAgreement, Direction

_MOST = 10


def shown_classes(found: Direction) -> dict[str, ClassAgreement]:
    """Return the classes that the teacher predicts; of more than ten, the worst ten.

    The worst are those whose interval begins highest, so that a class of few inputs does not stand
    before one that is known to be bad.
    """
    predicted = {name: one for name, one in found.classes.items() if one.inputs}
    if len(predicted) <= _MOST:
        return predicted
    worst = sorted(predicted.items(), key=lambda item: (-item[1].low, -(item[1].value or 0.0)))
    return dict(worst[:_MOST])
