"""The one way to run a study of two models, and what its stages share."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from metacompress.data.content import dataset_digest
from metacompress.files.reads import recording_reads
from metacompress.garbage import collecting_seldom
from metacompress.models.loading import parse_specification
from metacompress.models.shared import share_of
from metacompress.models.storing.store import PredictionStore
from metacompress.models.storing.store_file import has_answers
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import DEFAULT_RUNS, ENVIRONMENT, STORE, SUMMARY
from metacompress.study.backends import (
    BACKENDS,
    backends_of,
    begun_backends,
    models_identity,
)
from metacompress.study.finished import Command, finished_before, places_of
from metacompress.study.identity import default_run, identity_of
from metacompress.study.inputs import inputs_of, load_inputs, not_resumable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Examples
    from metacompress.models.protocols.classifier import Classifier, Predictions
    from metacompress.runs.kind import RunKind
    from metacompress.runs.opening import TakingOver
    from metacompress.runs.progress import Progress
    from metacompress.runs.record import Record
    from metacompress.study.settings import StudySettings
    from metacompress.workers.job import Executor


C = TypeVar("C", bound="StudySettings")


@dataclass(frozen=True, slots=True)
class StudyContext(Generic[C]):
    """What the stages of a study share.

    Attributes:
        config: the settings.
        dataset: the examples.
        models: by name.
        run: where tables go; it is held for this study.
        store: predictions of before, and those that are made.
        progress: shows the stages.
        executor: shares the work out.
        asked: how many inputs each model was really asked for (not found in the store).
        latency: what stages measured of models; it goes into the environment, not the summary.
    """

    config: C
    dataset: Dataset
    models: Mapping[str, Classifier]
    run: RunDirectory
    store: PredictionStore
    progress: Progress
    executor: Executor
    asked: Counter[str] = field(default_factory=Counter)
    latency: dict[str, Any] = field(default_factory=dict)

    def predict(self, name: str, examples: Examples, title: str) -> Predictions:
        """The answers of one model to n inputs; the store is asked first."""
        with self.progress.stage(title, len(examples)) as advance:
            model = self.models[name]
            found, asked = self.store.predict(
                model, examples, advance=advance, share=share_of(model)
            )
        self.asked[name] += asked
        return found


def run_study(
    kind: RunKind,
    config: C,
    stages: Callable[[StudyContext[C]], Record],
    *,
    name: str,
    files: Mapping[str, Path],
    vet: Callable[[Dataset], None] = lambda dataset: None,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    taking_over: Callable[[RunDirectory, Dataset], TakingOver] | None = None,
) -> RunDirectory:
    """Run a study; killed at any point and run again, it goes on where it was.

    Args:
        kind: of study.
        config: the study.
        stages: what it does; writes tables and returns the summary.
        name: of the directory below ``runs/`` where ``config`` names none, without its digest.
        files: that ``config`` names; see ``input_files``.
        vet: refuses examples that the study cannot use, before anything is written.
        models: by name, specifications, classifiers or callables, where they are not what
            ``config`` says.
        dataset: examples, where they are not what ``config`` says.
        overwrite: replace another study that is in the run directory; what is still valid of it
            stays.
        progress: shows the stages.
        taking_over: makes of the run directory and the examples what decides about another run
            in it; see ``open_run``.

    Returns:
        the run directory, complete.

    Raises:
        MetaCompressError: see metacompress.errors; what was computed so far stays in the run
            directory.
    """
    stopwatch = Stopwatch()
    progress = progress or NoProgress()
    given = {**config.models(), **(models or {})}
    command = None
    if not models and dataset is None:
        specs = tuple(map(parse_specification, given.values()))
        command = Command(kind, config, config.data.path, specs)
        finished = command.finished(places_of(config.run, name))
        if finished is not None:
            progress.note(finished_before(finished.path))
            return finished
    if config.run:
        refuse_unfit(Path(config.run), kind, inputs_of(given, config.data, files))
    with collecting_seldom(), ExitStack() as stack:
        with recording_reads() as reads:
            begun = begun_backends(RunDirectory(Path(config.run))) if config.run else {}
            load = partial(load_inputs, config, given, progress=progress, workers=stack)
            if kind.only_asks:
                load = partial(load, is_answered=partial(has_answers, _store(config)))
            loaded, dataset, executor = load(dataset=dataset, begun=begun)
            vet(dataset)
            known = identity_of(config.identity(), files, dataset=dataset_digest(dataset))
            identity = {**known, **models_identity(loaded)}
            run = RunDirectory(Path(config.run) if config.run else _default_run(name, identity))
            begun = begun_backends(run)
            if not config.run and begun and begun != backends_of(loaded):
                # The run of this name began with other back ends.
                stack.close()
                loaded, _, executor = load(dataset=dataset, begun=begun)
                identity = {**known, **models_identity(loaded)}
        opening = open_run(
            run,
            kind,
            identity,
            overwrite=overwrite,
            unknown=not_resumable(loaded),
            note=progress.note,
            **({} if taking_over is None else {"taking_over": taking_over(run, dataset)}),
        )
        stack.enter_context(opening)
        is_kept = kind.keeps_answers and all(map(run.has, kind.results)) and kind.is_whole(run)
        if not is_kept:
            own = bool(config.run and not config.store)
            with PredictionStore(_store(config), own=own, note=progress.note) as store:
                context = StudyContext(config, dataset, loaded, run, store, progress, executor)
                summary = stages(context)
            asked = {name: context.asked[name] for name in loaded}
            run.write_json(ENVIRONMENT, environment(stopwatch, asked, context.latency, executor))
            run.write_json(SUMMARY, summary.stored())
        if command is not None:
            command.note_finished(run, reads)
    return run


def _default_run(name: str, identity: dict[str, Any]) -> Path:
    """The directory of a study on any back end."""
    return default_run(name, {key: one for key, one in identity.items() if key != BACKENDS})


def _store(config: StudySettings) -> Path:
    """The prediction store: a run directory that the user names is complete by itself; all others
    share one, so that neither another tolerance nor another student queries the teacher again.
    """
    return Path(config.store) if config.store else Path(config.run or DEFAULT_RUNS) / STORE
