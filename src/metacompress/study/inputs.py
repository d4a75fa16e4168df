"""What every study begins with: two models, a data set, and what tells this study from others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from metacompress.models import load_classifier
from metacompress.study.prediction import load_study_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.study.config import DataConfig
    from metacompress.study.progress import Progress

ROLES = ("teacher", "student")


def load_inputs(
    task: Task,
    models: Mapping[str, object],
    data: DataConfig,
    dataset: Dataset | None,
    progress: Progress,
) -> tuple[dict[str, Classifier], Dataset]:
    """Load teacher and student, and the examples where they are not given.

    Args:
        task: of both models.
        models: by role; specifications or the models themselves.
        data: which examples.
        dataset: the examples, where they are not what ``data`` says.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors.
    """
    loaded: dict[str, Classifier] = {}
    with progress.stage("loading models", len(ROLES)) as advance:
        for role in ROLES:
            loaded[role] = load_classifier(models[role], task)
            advance(1)
    if dataset is None:
        with progress.stage("loading data", 1) as advance:
            dataset = load_study_data(data, task, loaded.values())
            advance(1)
    return loaded, dataset


def study_identity(
    settings: dict[str, Any], dataset: Dataset, models: Mapping[str, Classifier]
) -> dict[str, Any]:
    """Everything that a study's results depend on: settings, texts and weights."""
    return {
        **settings,
        "dataset": _digest(dataset),
        "fingerprints": {role: model.fingerprint for role, model in models.items()},
    }


def _digest(dataset: Dataset) -> str:
    """A digest of ids, groups, labels and texts, in their order."""
    digest = hashlib.sha256()
    for example in dataset:
        fields = (example.id, example.group, str(example.label), example.content_key())
        digest.update("\0".join(fields).encode())
    return digest.hexdigest()
