"""A study of language models, from its settings to the summary in its run directory."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.content import dataset_digest
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import ModelError
from metacompress.models.next_token.loading import language_model_spec
from metacompress.runs.environment import environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT, SUMMARY
from metacompress.settings.contents import input_files
from metacompress.study.identity import default_run, identity_of
from metacompress.study.players import TEACHER, flag_of
from metacompress.study.prediction import load_data_stage
from metacompress.variants.plan import make_plan
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.runs.environment import Stopwatch
    from metacompress.runs.kind import RunKind
    from metacompress.runs.progress import Progress
    from metacompress.runs.record import Record
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.language_models.settings import LanguageModelSettings


def specifications(config: LanguageModelSettings) -> dict[str, ModelSpec]:
    """What the settings name, by name of the model; the teacher comes first."""
    return {
        name: language_model_spec(one, config.loading()) for name, one in config.models().items()
    }


def programs_of(
    config: LanguageModelSettings,
    kind: RunKind,
    specs: Mapping[str, ModelSpec],
    dataset: Dataset | None,
    progress: Progress,
    **files: str | None,
) -> Dataset:
    """The programs of a study, read where they were not given.

    Args:
        config: of the study.
        kind: of its run directory.
        specs: of its models.
        dataset: the programs, where they are not what ``config`` says.
        progress: shows the reading.
        **files: further files that the study reads, by their settings.

    Raises:
        MetaCompressError: they cannot be read, or lie in the run directory.
    """
    if config.run:
        reads = [
            *((flag_of(name), spec.location) for name, spec in specs.items()),
            ("--data", config.data.path),
            *((f"--{name}", file) for name, file in files.items()),
        ]
        refuse_unfit(Path(config.run), kind, reads)
    return load_data_stage(config.data, NEXT_TOKEN, (), progress) if dataset is None else dataset


def refuse_the_teacher_itself(models: Mapping[str, NextTokenModel]) -> None:
    """Check that no student is the teacher once more.

    Raises:
        ModelError: one has its weights in the same precision.
    """
    weights = models[TEACHER].weights_digest
    for name, model in models.items():
        if name != TEACHER and model.weights_digest == weights is not None:
            raise ModelError(
                f"{name}: holds the weights of the teacher in the same precision, so it would "
                f"agree with it whatever a compression loses; name the model that was made of the "
                f"teacher",
                model=name,
            )


def run_beside_teacher(
    config: LanguageModelSettings,
    kind: RunKind,
    dataset: Dataset,
    models: Mapping[str, NextTokenModel],
    compare: Callable[[StoredTable, RunDirectory], tuple[Record, int]],
    *,
    name: str,
    stopwatch: Stopwatch,
    overwrite: bool,
    progress: Progress,
) -> RunDirectory:
    """Make the variants, compare the models, and write what was found.

    Args:
        config: of the study.
        kind: of its run directory.
        dataset: the programs.
        models: by name.
        compare: writes the tables, given that of the variants; returns the summary, and how many
            programs each model was asked about.
        name: what the name of a default run directory begins with.
        stopwatch: started with the study.
        overwrite: replace another study in the run directory.
        progress: shows the stages.

    Returns:
        the run directory, complete.
    """
    identity = identity_of(
        config.identity(),
        input_files(config),
        dataset=dataset_digest(dataset),
        fingerprints={one: model.fingerprint for one, model in models.items()},
    )
    run = RunDirectory(Path(config.run) if config.run else default_run(name, identity))
    with ExitStack() as stack:
        stack.enter_context(open_run(run, kind, identity, overwrite=overwrite, note=progress.note))
        executor = stack.enter_context(config.open_executor(len(dataset)))
        attempts = variants_stage(dataset, make_plan(config, arity=1), run, progress, executor)
        summary, asked = compare(attempts, run)
        cost = environment(stopwatch, dict.fromkeys(models, asked), workers=executor)
        run.write_json(ENVIRONMENT, cost)
        run.write_json(SUMMARY, summary.stored())
    return run
