"""What all trainings of a compression learn from, made once.

The teacher is asked once for every input, and its answers are recorded beside the examples: each
training is then a plain ``metacompress distill`` with a recorded teacher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metacompress.data.dataset import Dataset
from metacompress.data.loading import load_dataset
from metacompress.data.rows import QuarantinedRow, read_rows
from metacompress.errors import DataError, MissingPredictionError
from metacompress.models.naming.role import Role
from metacompress.models.storing.store import PredictionStore
from metacompress.runs.progress import NoProgress
from metacompress.study.check.answered import labels_of
from metacompress.study.warnings import doubt_warnings, model_warnings
from metacompress.training.run_files import TEACHER_STORE
from metacompress.variants.plan import make_plan
from metacompress.variants.settings import VariantSettings
from metacompress.variants.transforming import transform_dataset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.compression.settings import CompressionSettings
    from metacompress.data.example import Example
    from metacompress.data.task import Task
    from metacompress.models.protocols.classifier import Classifier, Predictions
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.warnings import StudyWarning
    from metacompress.training.parts import Parts

_DATA = "data"
_COUNTS = "data.json"
SOFT_LABELS = "teacher.parquet"
VALID_VARIANTS = "valid-variants.parquet"
_SOURCE_ID = "source_id"


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with the teacher's answers.

    Attributes:
        directory: holds train.parquet, valid.parquet and, where there is a test, test.parquet;
            the teacher's answers; where there are variants, those of the validation examples.
        counts: examples by part, ``variants`` among those of train, and ``leaked``.
    """

    directory: Path
    counts: dict[str, int]

    @property
    def teacher(self) -> str:
        """Specification of the recorded answers."""
        return f"recorded:{self.directory / SOFT_LABELS}"

    @property
    def valid_variants(self) -> Path | None:
        """Table of the variants that flips are counted on, or None."""
        path = self.directory / VALID_VARIANTS
        return path if path.is_file() else None

    def training_texts(self, task: Task) -> list[str]:
        """The distinct programs of the training examples, what a tokenizer is trained on."""
        examples = load_dataset(self.directory, task, split="train")
        return list(dict.fromkeys(p.text for example in examples for p in example.programs))


def prepare(
    settings: CompressionSettings,
    task: Task,
    teacher: Classifier,
    parts: Parts,
    run: RunDirectory,
    *,
    variants: bool,
    progress: Progress,
) -> Material:
    """Write the examples and the teacher's answers; what a killed run asked is not asked again.

    Args:
        settings: of the compression.
        task: of the examples.
        teacher: to ask.
        parts: the examples of ``settings``.
        run: where it goes; opened for the identity of all of these.
        variants: whether training and validation examples get variants.
        progress: shows the stages.

    Raises:
        DataError: the examples cannot be used.
        MissingPredictionError: a recorded teacher lacks an answer.
    """
    directory = run.path / _DATA
    if run.has(_COUNTS):
        counts = run.read_json(_COUNTS)
        # A table that was damaged is gone: all are made again then, as they were.
        if all(map(run.has, _tables(counts))):
            return Material(directory, counts)
    examples = [*parts.train, *parts.valid, *parts.test]
    store = _store(settings, run)
    answers = _answers(teacher, examples, store, progress)
    made: dict[str, list[Example]] = {"train": [], "valid": []}
    sources: dict[str, str] = {}
    if variants:
        made, sources = _variants(settings, task, parts, progress)
        if settings.variant_labels == "inherited":
            answers |= {one.id: answers[sources[one.id]] for one in made["train"]}
        else:
            answers |= _variant_answers(teacher, made["train"], store, progress)
    _write_examples(run, task, parts, made, sources, settings.seed)
    run.write_table(
        f"{_DATA}/{SOFT_LABELS}", soft_labels_table(list(answers), np.array(list(answers.values())))
    )
    counts = {
        "train": len(parts.train),
        "valid": len(parts.valid),
        "test": len(parts.test),
        "leaked": parts.leaked,
        "variants": len(made["train"]),
        "valid_variants": len(made["valid"]),
    }
    run.write_json(_COUNTS, counts)
    return Material(directory, counts)


def teacher_warnings(
    settings: CompressionSettings,
    task: Task,
    teacher: Classifier,
    examples: Sequence[Example],
    run: RunDirectory,
) -> list[StudyWarning]:
    """Reasons to doubt a teacher, from its answers to examples that it was asked about before."""
    models = {str(Role.TEACHER): teacher}
    found = _predictions(teacher, examples, _store(settings, run), NoProgress())
    answers = {name: [found] for name in models}
    return [
        *model_warnings(answers, labels_of(examples), task.labels),
        *doubt_warnings(models),
    ]


def _store(settings: CompressionSettings, run: RunDirectory) -> Path:
    return Path(settings.store) if settings.store else run.path / TEACHER_STORE


def _write_examples(
    run: RunDirectory,
    task: Task,
    parts: Parts,
    made: dict[str, list[Example]],
    sources: dict[str, str],
    seed: int,
) -> None:
    train = [*parts.train, *made["train"]]
    # The first so many of a training are a sample of all.
    order = np.random.default_rng(seed).permutation(len(train))
    run.write_table(f"{_DATA}/train.parquet", _table([train[index] for index in order], task))
    run.write_table(f"{_DATA}/valid.parquet", _table(parts.valid, task))
    if parts.test:
        run.write_table(f"{_DATA}/test.parquet", _table(parts.test, task))
    if made["valid"]:
        names = [sources[example.id] for example in made["valid"]]
        table = _table(made["valid"], task).append_column(_SOURCE_ID, pa.array(names))
        run.write_table(f"{_DATA}/{VALID_VARIANTS}", table)


def _tables(counts: dict[str, int]) -> list[str]:
    """The tables that ``prepare`` writes where these are their sizes."""
    names = ["train.parquet", "valid.parquet", SOFT_LABELS]
    names += ["test.parquet"] * bool(counts["test"])
    names += [VALID_VARIANTS] * bool(counts["valid_variants"])
    return [f"{_DATA}/{name}" for name in names]


def read_valid_variants(path: Path, task: Task) -> tuple[list[Example], list[str]]:
    """The variants that flips are counted on, and the ids of their sources."""
    names = pq.read_table(path, columns=[_SOURCE_ID]).column(_SOURCE_ID).to_pylist()
    return list(load_dataset(path, task)), names


def _predictions(
    teacher: Classifier, examples: Sequence[Example], path: Path, progress: Progress
) -> Predictions:
    with (
        PredictionStore(path, note=progress.note) as store,
        progress.stage("asking the teacher", len(examples)) as advance,
    ):
        found, _ = store.predict(teacher, examples, advance=advance)
    return found


def _answers(
    teacher: Classifier, examples: Sequence[Example], path: Path, progress: Progress
) -> dict[str, Any]:
    found = _predictions(teacher, examples, path, progress)
    return {example.id: row for example, row in zip(examples, found.probabilities, strict=True)}


def _variant_answers(
    teacher: Classifier, variants: Sequence[Example], path: Path, progress: Progress
) -> dict[str, Any]:
    try:
        return _answers(teacher, variants, path, progress)
    except MissingPredictionError as error:
        raise MissingPredictionError(
            f"{error}; a teacher that cannot be asked about variants needs --variant-labels "
            f"inherited",
            model=error.model,
            path=error.path,
            example=error.example,
        ) from None


def _variants(
    settings: CompressionSettings, task: Task, parts: Parts, progress: Progress
) -> tuple[dict[str, list[Example]], dict[str, str]]:
    """Variants of training and validation examples, and the source of each by its id."""
    made: dict[str, list[Example]] = {"train": [], "valid": []}
    sources: dict[str, str] = {}
    recorded = None
    if settings.variants is not None:
        recorded = _recorded_variants(settings.variants, task)
    for part, examples in (("train", parts.train), ("valid", parts.valid)):
        by_id = {example.id: example for example in examples}
        for source, texts, name in (
            _made_variants(settings, task, examples, progress) if recorded is None else recorded
        ):
            if source in by_id:
                made[part].append(replace(by_id[source].with_texts(texts), id=name))
                sources[name] = source
        if not made[part]:
            raise DataError(
                f"{settings.variants or settings.data.path}: no variant of a {part} example; "
                f"name other --transform, or a --variants table with their source_id",
                path=settings.variants or settings.data.path,
            )
    return made, sources


def _made_variants(
    settings: CompressionSettings, task: Task, examples: Sequence[Example], progress: Progress
) -> list[tuple[str, list[str], str]]:
    chosen = VariantSettings(
        transforms=settings.transforms,
        programs="both",
        substitutes=settings.substitutes,
        seed=settings.seed,
    )
    plan = make_plan(chosen)
    found = transform_dataset(Dataset(task, tuple(examples)), plan, progress)
    return [(one.source_id, list(one.programs), one.id) for one in found.variants]


def _recorded_variants(path: str, task: Task) -> list[tuple[str, list[str], str]]:
    """Source id, texts and id of each row, as ``metacompress transform --out`` writes them."""
    sources: dict[str, str] = {}
    for row in read_rows(Path(path)):
        if isinstance(row, QuarantinedRow):
            continue
        if _SOURCE_ID not in row.values or "id" not in row.values:
            raise DataError(
                f"{path}: recorded variants have the columns id and {_SOURCE_ID}", path=path
            )
        sources[str(row.values["id"])] = str(row.values[_SOURCE_ID])
    return [
        (sources[example.id], [program.text for program in example.programs], example.id)
        for example in load_dataset(path, task)
    ]


def examples_table(ids: Sequence[str], examples: Sequence[Example], task: Task) -> pa.Table:
    """A table of examples as ``load_dataset`` reads it, under other ids, one each."""
    names = ["code"] if task.arity == 1 else ["code1", "code2"]
    columns: dict[str, Any] = {
        "id": list(ids),
        "group": [example.clusters[0] for example in examples],
        "label": pa.array([example.label for example in examples], pa.int32()),
        # No student sees it, so that the first program's stands for both.
        "language": [str(example.programs[0].language) for example in examples],
    }
    for place, name in enumerate(names):
        columns[name] = [example.programs[place].text for example in examples]
    return pa.table(columns)


def _table(examples: Sequence[Example], task: Task) -> pa.Table:
    return examples_table([example.id for example in examples], examples, task)


def soft_labels_table(ids: Sequence[str], probabilities: NDArray[np.float64]) -> pa.Table:
    """Recorded answers (n, k) to the inputs called ``ids``, as ``recorded:`` reads them."""
    columns = {f"prob_{k}": probabilities[:, k] for k in range(probabilities.shape[1])}
    return pa.table({"id": list(ids), **columns})
