"""Study completions: the one way in for the command line and the Python API."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from metacompress.data.program_tests import read_program_tests
from metacompress.errors import ModelError, UsageError
from metacompress.models.next_token.loading import load_language_model
from metacompress.models.next_token.protocols import ContinuesTexts
from metacompress.runs.progress import NoProgress
from metacompress.stats.verdict import combine
from metacompress.study.completions.kind import COMPLETING
from metacompress.study.completions.summarising import (
    endings,
    summarise_data,
    summarise_students,
)
from metacompress.study.completions.summary import CompletingModel, CompletionsSummary
from metacompress.study.language_models.running import (
    refuse_the_teacher_itself,
    run_beside_teacher,
)
from metacompress.study.made_variants import summarise_variants
from metacompress.study.warnings import StudyWarning, WarningName, doubt_warnings, variant_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import ExitStack

    from metacompress.data.dataset import Dataset
    from metacompress.execution.program_tests import ProgramTests
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.next_token.protocols import CompletingLanguageModel
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.completions.config import CompletionsConfig
    from metacompress.study.completions.summary import CompletedData
    from metacompress.study.language_models.running import Compare

# Where half of the programs say nothing, the others are a choice. The constant is ours.
_HALF = 0.5


def run_completions(
    config: CompletionsConfig,
    *,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Let students complete programs beside their teacher.

    The other arguments, the run directory and the errors are those of ``run_beside_teacher``.
    """
    progress = progress or NoProgress()
    return run_beside_teacher(
        config,
        COMPLETING,
        partial(_prepare, config, progress),
        name=COMPLETING.name,
        files=["tests"],
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


def _prepare(
    config: CompletionsConfig,
    progress: Progress,
    specs: Mapping[str, ModelSpec],
    dataset: Dataset,
    stack: ExitStack,
) -> tuple[Mapping[str, CompletingLanguageModel], Compare]:
    """The models, and what compares them.

    Raises:
        UsageError: there are tests, but of no program.
        ModelError: see ``_load_models``.
    """
    tests = read_program_tests(config.tests) if config.tests else {}
    if config.tests and not tests.keys() & {example.id for example in dataset}:
        raise UsageError(
            f"{config.tests}: has tests of no program of {dataset.source}; programs are found by "
            f"their ids",
            option="tests",
        )
    models = _load_models(specs, config.tokens, progress)
    return models, partial(_complete, config, dataset, models, tests, progress)


def _load_models(
    specs: Mapping[str, ModelSpec], tokens: int, progress: Progress
) -> dict[str, CompletingLanguageModel]:
    """The models by name.

    Raises:
        ModelError: one writes nothing, is too small, or is the teacher once more.
    """
    models: dict[str, CompletingLanguageModel] = {}
    with progress.stage("loading models", len(specs)) as advance:
        for name, spec in specs.items():
            model = load_language_model(spec)
            if not isinstance(model, ContinuesTexts):
                raise ModelError(
                    f"{name}: {spec} holds final states and writes nothing; give the model itself",
                    model=name,
                )
            if model.max_length <= tokens:
                raise ModelError(
                    f"{name}: reads and writes {model.max_length} tokens at most, which leaves no "
                    f"room for a prompt; give fewer --tokens than {tokens}",
                    model=name,
                )
            models[name] = model
            advance(1)
    refuse_the_teacher_itself(models)
    return models


def _complete(
    config: CompletionsConfig,
    dataset: Dataset,
    models: Mapping[str, CompletingLanguageModel],
    tests: Mapping[str, ProgramTests],
    progress: Progress,
    attempts: StoredTable,
    run: RunDirectory,
) -> tuple[CompletionsSummary, int]:
    """Write the table of completions; returns the summary, and how many each model was asked."""
    from metacompress.study.completions.completing import completing_stage

    asked = completing_stage(config, models, dataset.examples, attempts, tests, run, progress)
    students = summarise_students(config, dataset, attempts, run)
    data = summarise_data(dataset, run)
    variants = summarise_variants(config, attempts)
    summary = CompletionsSummary(
        verdict=combine(found.verdict for found in students.values()),
        warnings=[
            *doubt_warnings(models),
            *_warnings(data),
            *variant_warnings(variants.unchecked, data.variants),
        ],
        students=students,
        models={
            name: CompletingModel(
                spec=config.models()[name],
                fingerprint=model.fingerprint,
                max_length=model.max_length,
                ended=endings(run, name),
            )
            for name, model in models.items()
        },
        data=data,
        variants=variants,
        config=config.identity(),
    )
    return summary, asked


def _warnings(data: CompletedData) -> Iterator[StudyWarning]:
    programs = data.sources + data.variants
    if programs - data.completed > _HALF * programs:
        reasons = ", ".join(f"{reason} {count}" for reason, count in data.left_out.items())
        yield StudyWarning(
            name=WarningName.CUT_INPUTS,
            model="data",
            message=f"data: {programs - data.completed} of {programs} programs were not completed "
            f"({reasons}); choose --lines and --tokens by the programs",
        )
