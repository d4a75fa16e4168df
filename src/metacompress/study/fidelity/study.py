"""Measure next-token fidelity: the one way in for the command line and the Python API."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.content import dataset_digest
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import ModelError
from metacompress.models.next_token.loading import language_model_spec, load_language_model
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import DEFAULT_RUNS, ENVIRONMENT, SUMMARY
from metacompress.settings.contents import input_files
from metacompress.stats.verdict import combine
from metacompress.study.fidelity.kind import FIDELITY
from metacompress.study.fidelity.summarising import (
    summarise_data,
    summarise_students,
    summarise_variants,
)
from metacompress.study.fidelity.summary import FidelitySummary, LanguageModelSummary
from metacompress.study.identity import identity_of
from metacompress.study.players import TEACHER, flag_of
from metacompress.study.prediction import load_data_stage
from metacompress.study.warnings import StudyWarning, WarningName
from metacompress.variants.plan import make_plan
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.models.next_token.language_model import NextTokenModel
    from metacompress.runs.progress import Progress
    from metacompress.study.fidelity.config import FidelityConfig
    from metacompress.study.fidelity.summary import MeasuredData

# A model that misses half of its input is judged on the other half. The constant is ours.
_HALF = 0.5


def run_fidelity(
    config: FidelityConfig,
    *,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Measure students against their teacher, token by token.

    Killed at any point and run again, it goes on where it was, to the same summary.

    Args:
        config: of the study.
        dataset: the programs, where they are not what ``config`` says.
        overwrite: replace another study in the run directory.
        progress: shows the stages.

    Returns:
        the run directory, complete.

    Raises:
        MetaCompressError: see metacompress.errors; what was computed so far stays in the run
            directory.
    """
    stopwatch, progress = Stopwatch(), progress or NoProgress()
    specs = {
        name: language_model_spec(one, config.loading()) for name, one in config.models().items()
    }
    files = input_files(config)
    if config.run:
        reads = [
            *((flag_of(name), spec.location) for name, spec in specs.items()),
            ("--data", config.data.path),
        ]
        refuse_unfit(Path(config.run), FIDELITY, reads)
    if dataset is None:
        dataset = load_data_stage(config.data, NEXT_TOKEN, (), progress)
    models: dict[str, NextTokenModel] = {}
    with progress.stage("loading models", len(specs)) as advance:
        for name, spec in specs.items():
            models[name] = load_language_model(spec)
            advance(1)
    _refuse_unfit_students(models)
    identity = identity_of(
        config.identity(),
        files,
        dataset=dataset_digest(dataset),
        fingerprints={name: model.fingerprint for name, model in models.items()},
    )
    run = RunDirectory(Path(config.run) if config.run else _default_run(identity))
    with (
        open_run(run, FIDELITY, identity, overwrite=overwrite, note=progress.note),
        config.open_executor(len(dataset)) as executor,
    ):
        from metacompress.study.fidelity.measuring import common_window, measuring_stage

        attempts = variants_stage(dataset, make_plan(config, arity=1), run, progress, executor)
        asked = measuring_stage(models, dataset.examples, attempts, run, progress)
        students = summarise_students(config, dataset, attempts, run, progress)
        data = summarise_data(dataset, run, common_window(models))
        summary = FidelitySummary(
            verdict=combine(found.verdict for found in students.values()),
            warnings=list(_warnings(models, data)),
            students=students,
            models={
                name: LanguageModelSummary(
                    spec=config.models()[name],
                    fingerprint=model.fingerprint,
                    max_length=model.max_length,
                    vocabulary=model.head.width,
                )
                for name, model in models.items()
            },
            data=data,
            variants=summarise_variants(config, attempts),
            config=config.identity(),
        )
        cost = environment(stopwatch, dict.fromkeys(models, asked), workers=executor)
        run.write_json(ENVIRONMENT, cost)
        run.write_json(SUMMARY, summary.stored())
    return run


def _refuse_unfit_students(models: Mapping[str, NextTokenModel]) -> None:
    from metacompress.models.next_token.same_tokenizer import require_same_tokenizer

    teacher = models[TEACHER]
    for name, model in models.items():
        if name == TEACHER:
            continue
        if model.weights_digest is not None and model.weights_digest == teacher.weights_digest:
            raise ModelError(
                f"{name}: holds the weights of the teacher in the same precision, so it would "
                f"agree with it whatever a compression loses; name the model that was made of the "
                f"teacher",
                model=name,
            )
        require_same_tokenizer(teacher.reader, model.reader, name)


def _warnings(models: Mapping[str, NextTokenModel], data: MeasuredData) -> Iterator[StudyWarning]:
    for name, model in models.items():
        for doubt in model.doubts:
            yield StudyWarning(
                name=WarningName.READ_OTHERWISE, model=name, message=f"{name}: {doubt}"
            )
    programs = data.sources + data.variants
    if data.truncated > _HALF * programs:
        yield StudyWarning(
            name=WarningName.CUT_INPUTS,
            model="data",
            message=f"{data.truncated} of {programs} programs are longer than the {data.window} "
            f"tokens that are read of each; what stands behind them is in no figure",
        )
    widths = {name: model.head.width for name, model in models.items()}
    if len(set(widths.values())) > 1:
        listed = ", ".join(f"{name} {width}" for name, width in widths.items())
        yield StudyWarning(
            name=WarningName.READ_OTHERWISE,
            model=TEACHER,
            message=f"the models give probabilities to different numbers of tokens ({listed}): "
            f"distributions are those over the first {min(widths.values())}",
        )


def _default_run(identity: dict[str, object]) -> Path:
    """A directory below ``runs/`` that only a study of this identity gets."""
    digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:10]
    return DEFAULT_RUNS / f"{NEXT_TOKEN.name}-{digest}"
