"""Repair by temperature: confidence alone, which changes no predicted class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.models.identity import fingerprint_of, is_resumable
from metacompress.models.naming.fingerprint import fingerprint
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.stats.scores.temperature import apply_temperature, closest_temperature
from metacompress.study.players import ONLY_STUDENT, TEACHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.repairing.settings import RepairSettings
    from metacompress.study.runner import StudyContext


class Tempered(Classifier):
    """A classifier whose probabilities are softened by a temperature.

    Args:
        model: any classifier.
        temperature: above 0; above 1 softens.
    """

    def __init__(self, model: Classifier, temperature: float) -> None:
        self.labels = model.labels
        self.tells_truncation = model.tells_truncation
        self._model, self.temperature = model, temperature
        if is_resumable(model):
            self.fingerprint = fingerprint((), model=fingerprint_of(model), temperature=temperature)

    def predict(self, examples: Sequence[Example]) -> Predictions:
        """See Classifier."""
        found = self._model.predict(examples)
        softened = apply_temperature(found.probabilities, self.temperature)
        return Predictions(softened, found.truncated, found.read, found.unknown)


def fit_temperature(study: StudyContext[RepairSettings], sources: Sequence[Example]) -> float:
    """The temperature that brings the student closest to its teacher, where their classes agree.

    Args:
        study: asks both.
        sources: to choose by.

    Raises:
        UsageError: they agree on none.
    """
    teacher, student = (
        study.predict(name, sources, f"{name} on sources to choose by").probabilities
        for name in (TEACHER, ONLY_STUDENT)
    )
    alike = teacher.argmax(axis=1) == student.argmax(axis=1)
    if not alike.any():
        raise UsageError(
            f"{study.config.student}: agrees with its teacher on no source; no temperature mends "
            f"that",
            option="student",
        )
    return closest_temperature(student[alike], teacher[alike])
