"""A study of language models, from its settings to the summary in its run directory."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from metacompress.data.content import dataset_digest
from metacompress.data.task import NEXT_TOKEN
from metacompress.errors import ModelError
from metacompress.files.reads import recording_reads
from metacompress.models.next_token.loading import language_model_spec
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT, SUMMARY
from metacompress.settings.contents import input_files
from metacompress.study.finished import Command, finished_before, places_of
from metacompress.study.identity import default_run, identity_of
from metacompress.study.players import TEACHER, flag_of
from metacompress.study.prediction import load_data_stage
from metacompress.variants.plan import make_plan
from metacompress.variants.table import variants_stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.models.next_token.protocols import NextTokenModel
    from metacompress.runs.kind import RunKind
    from metacompress.runs.progress import Progress
    from metacompress.runs.record import Record
    from metacompress.runs.stored_table import StoredTable
    from metacompress.study.language_models.settings import LanguageModelSettings

    Compare = Callable[[StoredTable, RunDirectory], tuple[Record, int]]
    """Writes the tables, given that of the variants; returns the summary, and about how many
    programs each model was asked.
    """


class Prepare(Protocol):
    """Loads the models of a study."""

    def __call__(
        self, specs: Mapping[str, ModelSpec], dataset: Dataset, stack: ExitStack
    ) -> tuple[Mapping[str, NextTokenModel], Compare]:
        """The models by name, and what compares them.

        Args:
            specs: of the models, by name; the teacher comes first.
            dataset: the programs.
            stack: closes what is open, behind the study.

        Raises:
            MetaCompressError: they cannot be loaded, or are not fit for the study.
        """


def run_beside_teacher(
    config: LanguageModelSettings,
    kind: RunKind,
    prepare: Prepare,
    *,
    name: str,
    files: Sequence[str] = (),
    writes: Sequence[Path] = (),
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Load the models, make the variants, compare, and write what was found.

    Killed at any point and run again, it goes on where it was, to the same summary; a finished
    study is known again before a model is loaded.

    Args:
        config: of the study.
        kind: of its run directory.
        prepare: loads the models.
        name: what the name of a default run directory begins with.
        files: settings that name further files to read.
        writes: directories that are filled outside of the run directory.
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
    with ExitStack() as stack:
        with recording_reads() as reads:
            specs = _specifications(config)
            command = None
            if dataset is None:
                models = tuple(specs.values())
                command = Command(kind, config, config.data.path, models, tuple(writes))
                finished = command.finished(places_of(config.run, name))
                if finished is not None:
                    progress.note(finished_before(finished.path))
                    return finished
            dataset = _programs(config, kind, specs, files, dataset, progress)
            loaded, compare = prepare(specs, dataset, stack)
            identity = identity_of(
                config.identity(),
                input_files(config),
                dataset=dataset_digest(dataset),
                fingerprints={one: model.fingerprint for one, model in loaded.items()},
            )
        run = RunDirectory(Path(config.run) if config.run else default_run(name, identity))
        stack.enter_context(open_run(run, kind, identity, overwrite=overwrite, note=progress.note))
        executor = stack.enter_context(config.open_executor(len(dataset)))
        attempts = variants_stage(dataset, make_plan(config, arity=1), run, progress, executor)
        summary, asked = compare(attempts, run)
        cost = environment(stopwatch, dict.fromkeys(loaded, asked), workers=executor)
        run.write_json(ENVIRONMENT, cost)
        run.write_json(SUMMARY, summary.stored())
        if command is not None:
            command.note_finished(run, reads)
    return run


def _specifications(config: LanguageModelSettings) -> dict[str, ModelSpec]:
    """What the settings name, by name of the model; the teacher comes first."""
    return {
        name: language_model_spec(one, config.loading()) for name, one in config.models().items()
    }


def _programs(
    config: LanguageModelSettings,
    kind: RunKind,
    specs: Mapping[str, ModelSpec],
    files: Sequence[str],
    dataset: Dataset | None,
    progress: Progress,
) -> Dataset:
    """The programs of a study, read where they were not given.

    Raises:
        MetaCompressError: they cannot be read, or lie in the run directory.
    """
    if config.run:
        reads = [
            *((flag_of(name), spec.location) for name, spec in specs.items()),
            ("--data", config.data.path),
            *((f"--{name}", getattr(config, name)) for name in files),
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
