"""The examples that a training trains, validates and tests on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metacompress.data.content import examples_digest
from metacompress.errors import DataError, UsageError
from metacompress.models.identity import fingerprint_of
from metacompress.models.loading import check_models, load_classifier
from metacompress.models.naming.role import Role
from metacompress.study.identity import identity_of
from metacompress.study.inputs import note_not_resumable
from metacompress.study.prediction import load_study_data, reads_before_models

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.training.settings import LearningSettings

_DEFAULT_HOLD_OUT = 0.1


@dataclass(frozen=True, slots=True)
class Parts:
    """Examples by what they are for.

    Attributes:
        train: to learn from.
        valid: to choose by.
        test: to score once; may be empty.
        leaked: how many were left out of the others as they are inputs of the test.
    """

    train: Sequence[Example]
    valid: Sequence[Example]
    test: Sequence[Example]
    leaked: int

    def by_name(self) -> dict[str, Sequence[Example]]:
        """The parts train, valid and test; the last one may be empty."""
        return {"train": self.train, "valid": self.valid, "test": self.test}

    def digests(self) -> dict[str, str]:
        """A digest of the content of each part."""
        return {name: examples_digest(part) for name, part in self.by_name().items()}


def load_parts(settings: LearningSettings, task: Task, teacher: Classifier | None) -> Parts:
    """Load the examples of a training.

    Args:
        settings: which they are.
        task: what they are for.
        teacher: examples that it cannot answer for are left out, where ``settings`` say so.

    Raises:
        DataError: they cannot be read, lack a label, or none is left.
        UsageError: nothing can be held out.
    """

    def load(split: str | None, limit: int | None = None) -> Sequence[Example]:
        data = settings.data.model_copy(update={"split": split, "limit": limit})
        return load_study_data(data, task, [] if teacher is None else [teacher]).examples

    source = settings.data.path
    examples = load(settings.data.split, settings.data.limit)
    if settings.valid_split is not None:
        valid = load(settings.valid_split)
    else:
        share = _DEFAULT_HOLD_OUT if settings.hold_out is None else settings.hold_out
        examples, valid = _hold_out(examples, share, settings.seed, source)
    if settings.needs_labels:
        unlabelled = next((e for e in (*examples, *valid) if e.label is None), None)
        if unlabelled is not None:
            raise DataError(
                f"{source}: example {unlabelled.id!r} has no label; training needs labels",
                path=source,
                example=unlabelled.id,
                field="label",
            )
    test = () if settings.test_split is None else load(settings.test_split)
    tested = {example.content_key() for example in test}
    train_part, valid_part = (
        [example for example in part if example.content_key() not in tested]
        for part in (examples, valid)
    )
    if not train_part or not valid_part:
        raise DataError(
            f"{source}: nothing is left that is no input of the test split", path=source
        )
    leaked = len(examples) + len(valid) - len(train_part) - len(valid_part)
    return Parts(train_part, valid_part, test, leaked)


def load_teacher_and_parts(
    settings: LearningSettings, task: Task, teacher: object, progress: Progress
) -> tuple[Classifier, Parts]:
    """Load the examples of a training and the model that is asked; what costs less first.

    Args:
        settings: which examples.
        task: what they are for.
        teacher: see ``load_classifier``.
        progress: shows the stages.

    Raises:
        MetaCompressError: see ``load_parts`` and ``load_classifier``.
    """
    check_models([teacher])
    parts = None
    if reads_before_models(settings.data):
        parts = load_parts_stage(settings, task, None, progress)
    with progress.stage("loading teacher", 1) as advance:
        loaded = load_classifier(teacher, task, defaults={"device": settings.device})
        advance(1)
    note_not_resumable({Role.TEACHER: loaded}, progress)
    return loaded, parts or load_parts_stage(settings, task, loaded, progress)


def load_parts_stage(
    settings: LearningSettings, task: Task, teacher: Classifier | None, progress: Progress
) -> Parts:
    """``load_parts`` with its progress."""
    with progress.stage("loading data", 1) as advance:
        parts = load_parts(settings, task, teacher)
        advance(1)
    return parts


def learning_identity(
    settings: Mapping[str, Any],
    files: Mapping[str, Path],
    parts: Parts,
    teacher: Classifier | None,
) -> dict[str, Any]:
    """Everything that what is learnt depends on: settings, examples, other files, the teacher.

    Args:
        settings: of a training or of a compression; see ``identity_of``.
        files: that they name.
        parts: the examples that they stand for.
        teacher: the model that is asked, if any.

    Raises:
        DataError: a file cannot be read.
    """
    return identity_of(
        settings,
        files,
        examples=parts.digests(),
        teacher_fingerprint=None if teacher is None else fingerprint_of(teacher),
    )


def _hold_out(
    examples: Sequence[Example], share: float, seed: int, source: str
) -> tuple[Sequence[Example], Sequence[Example]]:
    """Split by group, or by the first program: no such is on both sides."""
    groups = sorted({example.clusters[0] for example in examples})
    if len(groups) < 2:
        raise UsageError(
            f"{source}: one group of examples only; name a --valid-split", option="valid_split"
        )
    random.Random(seed).shuffle(groups)
    held = set(groups[: max(1, round(share * len(groups)))])
    return (
        [example for example in examples if example.clusters[0] not in held],
        [example for example in examples if example.clusters[0] in held],
    )
