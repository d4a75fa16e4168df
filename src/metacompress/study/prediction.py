"""Predict a data set with one model."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.loading import DEMO, HUB_PREFIX, load_dataset
from metacompress.data.task import TASKS
from metacompress.data.writing import write_table
from metacompress.errors import DataError, Interrupted
from metacompress.models import load_classifier
from metacompress.models.identity import lasting_fingerprint
from metacompress.models.loading import check_models
from metacompress.models.recording import count_distinct, holds
from metacompress.models.store import PredictionStore
from metacompress.study.prediction_summary import PredictSummary
from metacompress.study.scores import scores_of
from metacompress.study.warnings import model_warnings, resumption_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from metacompress.data.dataset import Dataset
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier, Predictions
    from metacompress.runs.progress import Progress
    from metacompress.settings.data import DataConfig


_QUIET_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class DatasetPrediction:
    """A model's answers to a data set."""

    dataset: Dataset
    classifier: Classifier
    predictions: Predictions

    def summary(self, out: Path | None = None) -> PredictSummary:
        """Scores and warnings.

        Args:
            out: file that the predictions were written to.
        """
        labels = np.array([-1 if e.label is None else e.label for e in self.dataset])
        task = self.dataset.task
        return PredictSummary(
            **dict(
                scores_of(
                    self.predictions.probabilities,
                    labels,
                    self.predictions.truncated,
                    task.positive,
                )
            ),
            task=task.name,
            quarantined=len(self.dataset.quarantine),
            skipped=self.dataset.skipped,
            fingerprint=lasting_fingerprint(self.classifier),
            warnings=model_warnings({"model": [self.predictions]}, labels, task.labels),
            out=out,
        )


def predict_dataset(
    model: object, task_name: str, data: DataConfig, *, store: Path | None, progress: Progress
) -> DatasetPrediction:
    """Load a model and a data set, and predict.

    Args:
        model: see ``load_classifier``.
        task_name: a registered task.
        data: which examples.
        store: prediction store to share; without one nothing is kept.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors.
    """
    task = TASKS.get(task_name)
    check_models([model])
    dataset = load_data_stage(data, task, (), progress) if reads_before_models(data) else None
    with progress.stage("loading model", 1) as advance:
        classifier = load_classifier(model, task)
        advance(1)
    for warning in resumption_warnings({"model": classifier}) if store else ():
        progress.note(warning.message)
    if dataset is None:
        dataset = load_data_stage(data, task, [classifier], progress)
    with tempfile.TemporaryDirectory() as scratch:
        path = store or Path(scratch) / "predictions.sqlite"
        total = count_distinct(classifier, dataset)
        try:
            with (
                PredictionStore(path, note=progress.note) as kept,
                progress.stage("predicting", total) as advance,
            ):
                predictions, _ = kept.predict(classifier, dataset.examples, advance=advance)
        except Interrupted as interrupt:
            interrupt.kept = store
            raise
    return DatasetPrediction(dataset, classifier, predictions)


def load_data_stage(
    data: DataConfig, task: Task, models: Iterable[Classifier], progress: Progress
) -> Dataset:
    """``load_study_data`` with its progress."""
    with progress.stage("loading data", 1) as advance:
        dataset = load_study_data(data, task, models, progress)
        advance(1)
    return dataset


def reads_before_models(data: DataConfig) -> bool:
    """Whether the examples can be read before models are loaded: no model says which ones count.

    Raises:
        DataError: there is nothing where they should be.
    """
    if data.missing != "skip":
        return True
    is_path = data.path != DEMO and not data.path.startswith(HUB_PREFIX)
    if is_path and not os.path.exists(data.path):  # noqa: PTH110 - pathlib raises for long names
        raise DataError(f"{data.path}: no such file or directory")
    return False


def load_study_data(
    data: DataConfig,
    task: Task,
    models: Iterable[Classifier],
    progress: Progress | None = None,
) -> Dataset:
    """Load the examples that ``data`` describes.

    With ``missing = "skip"``, examples that one of ``models`` cannot answer for are left out.
    """
    asked = list(models) if data.missing == "skip" else []
    note = progress.note if progress is not None else None
    return load_dataset(
        data.path,
        task,
        split=data.split,
        fields=data.fields,
        language=data.language,
        limit=data.limit,
        max_quarantined=data.max_quarantined,
        keep=lambda example: all(holds(model, example) for model in asked),
        watch=_every_seconds(data.path, note) if note is not None else lambda rows: None,
    )


def _every_seconds(source: str, note: Callable[[str], None]) -> Callable[[int], None]:
    """Something to call with the rows read so far; it says so now and then, not at first."""
    shown = time.monotonic()

    def watch(rows: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= _QUIET_SECONDS:
            shown = time.monotonic()
            note(f"{source}: {rows:,} rows read")

    return watch


def write_predictions(found: DatasetPrediction, path: Path) -> None:
    """Write id, label, prediction, probabilities and truncation, one row per example.

    Raises:
        UsageError: the suffix of ``path`` is none of .parquet, .csv, .tsv, .jsonl.
        DataError: the file cannot be written.
    """
    p = found.predictions.probabilities
    table = pa.table(
        {
            "id": [example.id for example in found.dataset],
            "label": pa.array([example.label for example in found.dataset], pa.int32()),
            "prediction": pa.array(p.argmax(axis=1), pa.int32()),
            **{f"prob_{k}": p[:, k] for k in range(p.shape[1])},
            "truncated": found.predictions.truncated,
        }
    )
    write_table(table, path)
