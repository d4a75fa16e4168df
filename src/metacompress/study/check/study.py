"""Run a study: the one way in for the command line and the Python API."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from metacompress.data.task import TASKS
from metacompress.files.overlap import refuse_inputs_in
from metacompress.models.store import PredictionStore
from metacompress.relations import make_relation
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import SUMMARY, RunDirectory
from metacompress.runs.run_files import STORE, VARIANTS_FILES, store_files
from metacompress.study.check import judging, predicting
from metacompress.study.check.summary import summarise
from metacompress.study.inputs import inputs_of, load_inputs, study_identity
from metacompress.study.warnings import model_warnings, resumption_warnings
from metacompress.variants import making as variants

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.task import Task
    from metacompress.models.classifier import Classifier
    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.study.check.config import CheckConfig

# What variants do not depend on. The examples that models are asked for are in the data's digest.
_BEYOND_VARIANTS = frozenset(
    {"teacher", "student", "fingerprints", "relations", "confidence", "resamples"}
)


def run_study(
    config: CheckConfig,
    *,
    models: dict[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Check a student against its teacher.

    Killed at any point and run again, it goes on where it was, to the same summary; a finished
    study asks no model again.

    Args:
        config: the study.
        models: ``teacher`` and ``student`` as specifications, classifiers or callables, where
            they are not what ``config`` says.
        dataset: examples, where they are not what ``config`` says.
        overwrite: replace another study that is in the run directory; what is still valid of it
            stays.
        progress: shows the stages.

    Returns:
        the run directory, complete.

    Raises:
        MetaCompressError: see metacompress.errors; what was computed so far stays in the run
            directory.
    """
    stopwatch = Stopwatch()
    progress = progress or NoProgress()
    task: Task = TASKS.get(config.task)
    relations = [make_relation(name, constants) for name, constants in config.relations.items()]
    plan = variants.make_plan(config, arity=task.arity)
    given = {"teacher": config.teacher, "student": config.student} | (models or {})
    if config.run:
        inputs = inputs_of(given, config.data, substitutes=config.substitutes)
        refuse_inputs_in(Path(config.run), "--run", inputs)
        RunDirectory(Path(config.run)).refuse_foreign()
    loaded, dataset = load_inputs(config, given, dataset, progress)
    identity = study_identity(config, dataset, loaded)
    run = RunDirectory(Path(config.run) if config.run else default_run(config.task, identity))
    with run.open_for_writing(
        identity, overwrite=overwrite, still_valid=_still_valid, note=progress.note
    ):
        _run_stages(config, dataset, loaded, relations, plan, run, progress, stopwatch)
    return run


def _run_stages(
    config: CheckConfig,
    dataset: Dataset,
    models: dict[str, Classifier],
    relations: list[Relation],
    plan: variants.VariantPlan,
    run: RunDirectory,
    progress: Progress,
    stopwatch: Stopwatch,
) -> None:
    run.write_table("quarantine.parquet", _quarantine_table(dataset))
    run.write_table("examples.parquet", _examples_table(dataset))
    attempts = variants.variants_stage(dataset, plan, run, progress)
    follow_ups = variants.variant_examples(attempts, dataset)
    made = attempts.filter(pa.compute.is_null(attempts["refusal"]))
    store_path = Path(config.store) if config.store else run.path / STORE
    with PredictionStore(store_path, own=not config.store, note=progress.note) as store:
        on_sources, on_follow_ups = predicting.predicting_stage(
            models, dataset, follow_ups, made["source_id"].to_pylist(), store, progress
        )
    run.write_table(predicting.TABLE, predicting.predictions_table(on_sources, on_follow_ups))
    outputs = predicting.outputs_of(on_sources, on_follow_ups)
    with progress.stage("evaluating relations", 1) as advance:
        evaluations = judging.judging_stage(
            relations,
            outputs,
            confidence=config.confidence,
            resamples=config.resamples,
            seed=config.seed,
        )
        advance(1)
    parts = {"sources": on_sources, "follow_ups": on_follow_ups}
    ids = {
        name: [
            example.id for example, told in zip(part.examples, part.told_apart, strict=True) if told
        ]
        for name, part in parts.items()
    }
    run.write_table(judging.VIOLATIONS, judging.violations_table(evaluations, ids))
    run.write_table(judging.CURVES, judging.curves_table(evaluations))
    asked = Counter(on_sources.asked) + Counter(on_follow_ups.asked)
    counts = {role: asked[role] for role in models}
    run.write_json("environment.json", environment(stopwatch, counts))
    warnings = model_warnings(
        {role: [getattr(part, role) for part in parts.values()] for role in models},
        outputs["sources"].labels,
        dataset.task.labels,
    )
    warnings += resumption_warnings(models)
    summary = summarise(
        config, dataset, models, relations, attempts, parts, outputs, evaluations, warnings
    )
    run.write_json(SUMMARY, summary)


def _still_valid(different: Collection[str]) -> Sequence[str]:
    """What of another study stays: predictions stand under the fingerprints of their models."""
    same_variants = _BEYOND_VARIANTS.issuperset(different)
    return (*store_files(STORE), *(VARIANTS_FILES if same_variants else ()))


def default_run(task: str, identity: dict[str, Any]) -> Path:
    """A directory below ``runs/`` that only a study of this identity gets."""
    name = hashlib.sha256(repr(sorted(identity.items())).encode()).hexdigest()[:10]
    return Path("runs") / f"{task}-{name}"


def _quarantine_table(dataset: Dataset) -> pa.Table:
    schema = pa.schema(
        [
            ("file", pa.string()),
            ("line", pa.int64()),
            ("reason", pa.string()),
            ("detail", pa.string()),
        ]
    )
    rows = [
        {"file": row.file, "line": row.line, "reason": str(row.reason), "detail": row.detail}
        for row in dataset.quarantine
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _examples_table(dataset: Dataset) -> pa.Table:
    return pa.table(
        {
            "id": [example.id for example in dataset],
            "label": pa.array([example.label for example in dataset], pa.int32()),
            "group": [example.group for example in dataset],
            "language": [str(example.programs[0].language) for example in dataset],
            "programs": [[program.text for program in e.programs] for e in dataset],
        }
    )
