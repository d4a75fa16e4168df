"""Study completions: the one way in for the command line and the Python API."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.content import dataset_digest
from metacompress.data.program_tests import read_program_tests
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import ModelError, UsageError
from metacompress.models.next_token.loading import language_model_spec, load_language_model
from metacompress.models.next_token.protocols import ContinuesTexts
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT, SUMMARY
from metacompress.settings.contents import input_files
from metacompress.stats.verdict import combine
from metacompress.study.completions.kind import COMPLETING
from metacompress.study.completions.summarising import (
    endings,
    summarise_data,
    summarise_students,
)
from metacompress.study.completions.summary import CompletingModel, CompletionsSummary
from metacompress.study.identity import default_run, identity_of
from metacompress.study.made_variants import summarise_variants
from metacompress.study.players import TEACHER, flag_of
from metacompress.study.prediction import load_data_stage
from metacompress.study.warnings import StudyWarning, WarningName, variant_warnings
from metacompress.variants.plan import make_plan
from metacompress.variants.recorded import is_unchecked
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.models.next_token.protocols import CompletingLanguageModel
    from metacompress.models.spec import ModelSpec
    from metacompress.runs.progress import Progress
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.completions.config import CompletionsConfig
    from metacompress.study.completions.summary import CompletedData

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
    from metacompress.study.completions.completing import completing_stage

    stopwatch, progress = Stopwatch(), progress or NoProgress()
    specs = {
        name: language_model_spec(one, config.loading()) for name, one in config.models().items()
    }
    if config.run:
        reads = [
            *((flag_of(name), spec.location) for name, spec in specs.items()),
            ("--data", config.data.path),
            ("--tests", config.tests),
        ]
        refuse_unfit(Path(config.run), COMPLETING, reads)
    if dataset is None:
        dataset = load_data_stage(config.data, NEXT_TOKEN, (), progress)
    tests = read_program_tests(config.tests) if config.tests else {}
    if config.tests and not tests.keys() & {example.id for example in dataset}:
        raise UsageError(
            f"{config.tests}: has tests of no program of {dataset.source}; programs are found by "
            f"their ids",
            option="tests",
        )
    models = _load_models(specs, config.tokens, progress)
    identity = identity_of(
        config.identity(),
        input_files(config),
        dataset=dataset_digest(dataset),
        fingerprints={name: model.fingerprint for name, model in models.items()},
    )
    run = RunDirectory(Path(config.run) if config.run else default_run(COMPLETING.name, identity))
    with ExitStack() as stack:
        stack.enter_context(
            open_run(run, COMPLETING, identity, overwrite=overwrite, note=progress.note)
        )
        executor = stack.enter_context(config.open_executor(len(dataset)))
        attempts = variants_stage(dataset, make_plan(config, arity=1), run, progress, executor)
        asked = completing_stage(config, models, dataset.examples, attempts, tests, run, progress)
        summary = _summary(config, dataset, models, attempts, run)
        cost = environment(stopwatch, dict.fromkeys(models, asked), workers=executor)
        run.write_json(ENVIRONMENT, cost)
        run.write_json(SUMMARY, summary.stored())
    return run


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
    teacher = models[TEACHER]
    for name, model in models.items():
        if name != TEACHER and model.weights_digest == teacher.weights_digest is not None:
            raise ModelError(
                f"{name}: holds the weights of the teacher in the same precision, so it writes the "
                f"same whatever a compression loses; name the model that was made of the teacher",
                model=name,
            )
    return models


def _summary(
    config: CompletionsConfig,
    dataset: Dataset,
    models: Mapping[str, CompletingLanguageModel],
    attempts: StoredTable,
    run: RunDirectory,
) -> CompletionsSummary:
    students = summarise_students(config, dataset, attempts, run)
    data = summarise_data(dataset, run)
    variants = summarise_variants(config, attempts)
    unchecked = sum(
        one.made for name, one in variants.transformations.items() if is_unchecked(name)
    )
    return CompletionsSummary(
        verdict=combine(found.verdict for found in students.values()),
        warnings=[*_warnings(models, data), *variant_warnings(unchecked, data.variants)],
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


def _warnings(
    models: Mapping[str, CompletingLanguageModel], data: CompletedData
) -> Iterator[StudyWarning]:
    for name, model in models.items():
        for doubt in model.doubts:
            yield StudyWarning(
                name=WarningName.READ_OTHERWISE, model=name, message=f"{name}: {doubt}"
            )
    programs = data.sources + data.variants
    if programs - data.completed > _HALF * programs:
        reasons = ", ".join(f"{reason} {count}" for reason, count in data.left_out.items())
        yield StudyWarning(
            name=WarningName.CUT_INPUTS,
            model="data",
            message=f"data: {programs - data.completed} of {programs} programs were not completed "
            f"({reasons}); choose --lines and --tokens by the programs",
        )
