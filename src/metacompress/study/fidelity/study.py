"""Measure next-token fidelity: the one way in for the command line and the Python API."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.task import NEXT_TOKEN
from metacompress.models.next_token.loading import load_language_model
from metacompress.models.next_token.protocols import AnswersByKeptStates
from metacompress.runs.progress import NoProgress
from metacompress.stats.verdict import combine
from metacompress.study.clusters import cluster_numbers
from metacompress.study.fidelity.kind import FIDELITY
from metacompress.study.fidelity.likelihood_summary import (
    LikelihoodSummary,
    student_likelihoods,
)
from metacompress.study.fidelity.summarising import (
    summarise_data,
    summarise_students,
)
from metacompress.study.fidelity.summary import (
    FidelitySummary,
    KeptStates,
    LanguageModelSummary,
)
from metacompress.study.language_models.running import (
    refuse_the_teacher_itself,
    run_beside_teacher,
)
from metacompress.study.made_variants import summarise_variants
from metacompress.study.players import TEACHER
from metacompress.study.warnings import StudyWarning, WarningName, doubt_warnings, variant_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import ExitStack

    from metacompress.data.dataset import Dataset
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.fidelity.config import FidelityConfig
    from metacompress.study.fidelity.summary import MeasuredData
    from metacompress.study.language_models.running import Compare

# A model that misses half of its input is judged on the other half. The constant is ours.
_HALF = 0.5
_LOGIT_BYTES = 4


def run_fidelity(
    config: FidelityConfig,
    *,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Measure students against their teacher, token by token.

    The other arguments, the run directory and the errors are those of ``run_beside_teacher``.
    """
    progress = progress or NoProgress()
    kept = config.keep_states
    return run_beside_teacher(
        config,
        FIDELITY,
        partial(_prepare, config, progress),
        name=NEXT_TOKEN.name,
        writes=[Path(kept)] if kept else [],
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


def _prepare(
    config: FidelityConfig,
    progress: Progress,
    specs: Mapping[str, ModelSpec],
    dataset: Dataset,
    stack: ExitStack,
) -> tuple[Mapping[str, NextTokenModel], Compare]:
    models = _load_models(config, specs, progress, stack)
    _refuse_unfit_students(models, by_bytes=config.by_bytes)
    compare = _by_bytes if config.by_bytes else _by_token
    return models, partial(compare, config, dataset, models, progress)


def _load_models(
    config: FidelityConfig, specs: Mapping[str, ModelSpec], progress: Progress, stack: ExitStack
) -> dict[str, NextTokenModel]:
    """The models by name; ``stack`` closes the stores of those that answer by kept states."""
    models: dict[str, NextTokenModel] = {}
    with progress.stage("loading models", len(specs)) as advance:
        for name, spec in specs.items():
            models[name] = load_language_model(spec)
            advance(1)
    if config.keep_states is not None:
        from metacompress.models.next_token.kept_states import KeepingModel

        models[TEACHER] = KeepingModel(models[TEACHER], Path(config.keep_states))
    for model in models.values():
        if isinstance(model, AnswersByKeptStates):
            stack.enter_context(model.store)
    return models


def _by_bytes(
    config: FidelityConfig,
    dataset: Dataset,
    models: Mapping[str, NextTokenModel],
    progress: Progress,
    attempts: StoredTable,
    run: RunDirectory,
) -> tuple[LikelihoodSummary, int]:
    """Write the table of lines; returns the summary, and how many programs a model was asked."""
    from metacompress.study.fidelity.likelihoods import likelihoods_stage

    asked = likelihoods_stage(models, dataset.examples, attempts, run, progress)
    made = summarise_variants(config, attempts)
    variants = sum(one.made for one in made.transformations.values())
    summary = LikelihoodSummary(
        warnings=[*doubt_warnings(models), *variant_warnings(made.unchecked, variants)],
        students=student_likelihoods(run, cluster_numbers(dataset.examples), config.confidence),
        fingerprints={name: model.fingerprint for name, model in models.items()},
        config=config.identity(),
    )
    return summary, asked


def _by_token(
    config: FidelityConfig,
    dataset: Dataset,
    models: Mapping[str, NextTokenModel],
    progress: Progress,
    attempts: StoredTable,
    run: RunDirectory,
) -> tuple[FidelitySummary, int]:
    """Write every table; returns the summary, and how many programs each model was asked about."""
    from metacompress.study.fidelity.measuring import common_window, measuring_stage

    asked = measuring_stage(models, dataset.examples, attempts, run, progress)
    students = summarise_students(config, dataset, attempts, run, progress)
    data = summarise_data(dataset, run, common_window(models))
    variants = summarise_variants(config, attempts)
    summary = FidelitySummary(
        verdict=combine(found.verdict for found in students.values()),
        warnings=[
            *doubt_warnings(models),
            *_warnings(models, data),
            *variant_warnings(variants.unchecked, data.variants),
        ],
        students=students,
        models={
            name: LanguageModelSummary(
                spec=config.models()[name],
                fingerprint=model.fingerprint,
                max_length=model.max_length,
                vocabulary=model.head.width,
                kept=_kept(model),
            )
            for name, model in models.items()
        },
        data=data,
        variants=variants,
        config=config.identity(),
    )
    return summary, asked


def _refuse_unfit_students(models: Mapping[str, NextTokenModel], *, by_bytes: bool) -> None:
    from metacompress.models.next_token.same_tokenizer import require_same_tokenizer

    refuse_the_teacher_itself(models)
    if not by_bytes:
        teacher = models[TEACHER]
        for name, model in models.items():
            if name != TEACHER:
                require_same_tokenizer(teacher.reader, model.reader, name)


def _kept(model: NextTokenModel) -> KeptStates | None:
    """What half precision changed in a model that answers by kept states."""
    if not isinstance(model, AnswersByKeptStates):
        return None
    return KeptStates(
        **asdict(model.store.rounding()), logits_bytes_per_token=_LOGIT_BYTES * model.head.width
    )


def _warnings(models: Mapping[str, NextTokenModel], data: MeasuredData) -> Iterator[StudyWarning]:
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
