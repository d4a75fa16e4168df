"""Predict a data set with one model."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from metacompress.data.loading import DEMO, HUB_PREFIX, load_dataset
from metacompress.data.writing import output_format, write_table
from metacompress.errors import DataError, Interrupted
from metacompress.files.overlap import refuse_output_over
from metacompress.models.choosing import choose_backends
from metacompress.models.identity import lasting_model
from metacompress.models.loading import check_models, memory_of_models
from metacompress.models.places import places_of
from metacompress.models.protocols.recording import holds
from metacompress.models.shared import load_answered, load_shared, share_of
from metacompress.models.storing.store import PredictionStore
from metacompress.models.storing.store_file import has_answers
from metacompress.runs.progress import NoProgress
from metacompress.settings.workers import FEW_EXAMPLES
from metacompress.study.backends import work_on
from metacompress.study.prediction_summary import PredictSummary
from metacompress.study.scores import scores_of
from metacompress.study.warnings import model_warnings, resumption_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from metacompress.data.dataset import Dataset
    from metacompress.data.task import Task
    from metacompress.models.protocols.classifier import Classifier, Predictions
    from metacompress.runs.progress import Progress
    from metacompress.settings.data import DataSettings
    from metacompress.study.settings import PredictSettings


_QUIET_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class DatasetPrediction:
    """A model's answers to a data set.

    Attributes:
        dataset: n examples.
        classifier: the model.
        predictions: probabilities (n, k).
        out: file that they were written to, if any.
    """

    dataset: Dataset
    classifier: Classifier
    predictions: Predictions
    out: Path | None = None

    def summary(self) -> PredictSummary:
        """Scores and warnings."""
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
            fingerprint=lasting_model(self.classifier),
            warnings=model_warnings({"model": [self.predictions]}, labels, task.labels),
            out=self.out,
        )


def predict_dataset(
    settings: PredictSettings,
    *,
    model: object = None,
    dataset: Dataset | None = None,
    progress: Progress | None = None,
) -> DatasetPrediction:
    """Load a model and a data set, predict, and write the predictions where they are wanted.

    Args:
        settings: model, task, data and outputs.
        model: the model, where it is not what ``settings`` say; see ``load_classifier``.
        dataset: the examples, where they are not what ``settings`` say.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors.
    """
    progress = progress or NoProgress()
    task, data, store = settings.define(settings.task), settings.data, settings.store
    model = settings.model if model is None else model
    if settings.out is not None:
        output_format(Path(settings.out))  # a wrong suffix must not cost a prediction
        reads = [("--model", place) for place in places_of(model)]
        refuse_output_over(
            Path(settings.out), "--out", [*reads, ("--data", data.path), ("--store", store)]
        )
    check_models([model])
    if dataset is None and reads_before_models(data):
        dataset = load_data_stage(data, task, (), progress)
    with ExitStack() as stack:
        memory = memory_of_models([model])
        executor = stack.enter_context(settings.open_executor(count_or_many(dataset), memory))
        is_answered = partial(has_answers, Path(store)) if store else lambda fingerprint: False
        with progress.stage("loading model", 1) as advance:
            work = work_on(settings, task, dataset)
            chosen = choose_backends({"model": model}, work, settings.loading(), progress.note)
            choice = chosen["model"]
            options = choice.options(settings.loading())
            classifier = (
                load_shared(model, task, executor, options)
                or choice.classifier
                or load_answered(model, task, executor, options, is_answered)
            )
            advance(1)
        for warning in resumption_warnings({"model": classifier}) if store else ():
            progress.note(warning.message)
        if dataset is None:
            dataset = load_data_stage(data, task, [classifier], progress)
        scratch = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(store) if store else Path(scratch) / "predictions.sqlite"
        try:
            with (
                PredictionStore(path, note=progress.note) as kept,
                progress.stage("predicting", len(dataset)) as advance,
            ):
                predictions, _ = kept.predict(
                    classifier, dataset.examples, advance=advance, share=share_of(classifier)
                )
        except Interrupted as interrupt:
            interrupt.kept = Path(store) if store else None
            raise
    out = None if settings.out is None else Path(settings.out)
    found = DatasetPrediction(dataset, classifier, predictions, out)
    if out is not None:
        write_predictions(found, out)
    return found


def count_or_many(dataset: Dataset | None) -> int:
    """The number of examples; where models say which ones count, they are taken for many."""
    return FEW_EXAMPLES + 1 if dataset is None else len(dataset)


def load_data_stage(
    data: DataSettings, task: Task, models: Iterable[Classifier], progress: Progress
) -> Dataset:
    """``load_study_data`` with its progress."""
    with progress.stage("loading data", 1) as advance:
        dataset = load_study_data(data, task, models, progress)
        advance(1)
    return dataset


def reads_before_models(data: DataSettings) -> bool:
    """Whether the examples can be read before models are loaded: no model says which ones count.

    Raises:
        DataError: there is nothing where they should be.
    """
    if not data.skips_unanswered:
        return True
    is_path = data.path != DEMO and not data.path.startswith(HUB_PREFIX)
    if is_path and not os.path.exists(data.path):  # noqa: PTH110 - pathlib raises for long names
        raise DataError(f"{data.path}: no such file or directory")
    return False


def load_study_data(
    data: DataSettings,
    task: Task,
    models: Iterable[Classifier],
    progress: Progress | None = None,
) -> Dataset:
    """Load the examples that ``data`` describes.

    With ``missing = "skip"``, examples that one of ``models`` cannot answer for are left out.
    """
    asked = list(models) if data.skips_unanswered else []
    note = progress.note if progress is not None else None
    return load_dataset(
        data.path,
        task,
        split=data.split,
        fields=data.fields,
        language=data.language,
        limit=data.limit,
        head=data.head,
        sample_seed=data.sample_seed,
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
    """Write id, label, prediction, probabilities, truncation and a digest of the input, row by row.

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
            # A recording of one data set must not answer for another one.
            "content": [example.content_key() for example in found.dataset],
        }
    )
    write_table(table, path)
