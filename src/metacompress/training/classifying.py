"""Trainings of classifiers: new ones, existing ones, and students of a teacher."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.errors import UsageError
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.naming.location import require_location
from metacompress.models.naming.role import Role
from metacompress.models.naming.spec import DEFAULT_KIND, ModelSpec
from metacompress.study.inputs import not_resumable
from metacompress.training.architecture import existing_model, new_model
from metacompress.training.encoded_parts import encode_parts
from metacompress.training.faithful import FROZEN_BIASES, freeze_biases
from metacompress.training.fitting import Best, fit
from metacompress.training.learning import Learned
from metacompress.training.parts import (
    learning_identity,
    load_parts_stage,
    load_teacher_and_parts,
)
from metacompress.training.settings import DistillationSettings
from metacompress.training.trainer import ClassifierTrainer, scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.tracking import Tracker
    from metacompress.training.settings import TrainingSettings


class ClassifierLearner:
    """A classifier to train; see Learner.

    Args:
        settings: what is trained, on what and how.
        teacher: the teacher itself, where it is more than the specification in ``settings``.
        files: that ``settings`` name, by setting.
        progress: shows the loading.

    Raises:
        MetaCompressError: see ``load_teacher_and_parts``.
    """

    def __init__(
        self,
        settings: TrainingSettings,
        teacher: object,
        files: Mapping[str, Path],
        progress: Progress,
    ) -> None:
        task = settings.define(settings.task)
        self.start = None if settings.model is None else Path(settings.model)
        if settings.model is not None:
            require_location(ModelSpec(DEFAULT_KIND, settings.model))
        loaded: Classifier | None = None
        if isinstance(settings, DistillationSettings):
            given = settings.teacher if teacher is None else teacher
            loaded, parts = load_teacher_and_parts(settings, task, given, progress)
            if settings.consistency:
                _refuse_no_groups(parts.train)
        else:
            parts = load_parts_stage(settings, task, None, progress)
        self.task = task.name
        self.identity = learning_identity(settings.identity(), files, parts, loaded)
        self.unknown: Sequence[str] = not_resumable(
            {} if loaded is None else {Role.TEACHER: loaded}
        )
        self._settings, self._task, self._parts, self._teacher = settings, task, parts, loaded

    def learn(self, work: RunDirectory, progress: Progress, tracker: Tracker) -> Learned:
        """See Learner."""
        settings, teacher = self._settings, self._teacher
        model, tokenizer = self._model()
        if FROZEN_BIASES in settings.faithful:
            freeze_biases(model)
        encoded = encode_parts(settings, self._parts, model, tokenizer, teacher, work, progress)
        distillation: dict[str, Any] = {}
        consistency = 0.0
        if isinstance(settings, DistillationSettings):
            consistency = settings.consistency
            distillation = {
                "temperature": settings.soft_temperature,
                "hard_weight": settings.label_weight,
                "soft": settings.soft_loss,
            }
        make = partial(
            ClassifierTrainer,
            model=model,
            data_collator=encoded["train"].collator,
            processing_class=tokenizer,
            compute_metrics=scores,
            token_dropout=settings.token_dropout,
            label_smoothing=settings.label_smoothing,
            consistency=consistency,
            distillation=distillation,
        )
        best = Best("accuracy" if teacher is None else "agreement")
        return Learned(
            fitted=fit(make, encoded, best, settings, work.path, progress, tracker),
            examples={part: len(rows) for part, rows in encoded.items()},
            leaked=self._parts.leaked,
            teacher_fingerprint=None if teacher is None else lasting_fingerprint(teacher),
        )

    def _model(self) -> tuple[Any, Any]:
        settings = self._settings
        if settings.model is None:
            return new_model(settings.architecture, self._task, self._parts.train, settings.seed)
        return existing_model(settings.model, self._task, settings.seed, settings.architecture)


def _refuse_no_groups(examples: Sequence[Example]) -> None:
    known = [example.group for example in examples if example.group is not None]
    if len(set(known)) == len(known):
        raise UsageError(
            "--consistency compares examples of one group, and no two have the same; name the "
            "source of each variant in a column group",
            option="consistency",
        )
