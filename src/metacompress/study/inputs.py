"""Inputs of a run: models and examples, and the places that they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.models.choosing import choose_backends
from metacompress.models.identity import (
    fingerprint_of,
    refuse_same_weights,
    refuse_shared_fingerprint,
)
from metacompress.models.loading import check_models, given_object, memory_of_models
from metacompress.models.naming.spec import is_specification
from metacompress.models.places import places_of
from metacompress.models.shared import load_answered, load_shared
from metacompress.study.backends import work_on
from metacompress.study.players import TEACHER, flag_of
from metacompress.study.prediction import count_or_many, load_data_stage, reads_before_models
from metacompress.study.warnings import resumption_warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack
    from pathlib import Path

    from metacompress.data.dataset import Dataset
    from metacompress.models.choosing import Backend
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.settings.data import DataSettings
    from metacompress.study.settings import StudySettings
    from metacompress.workers.job import Executor


class Inputs(NamedTuple):
    """What a study works on.

    Attributes:
        models: by name.
        dataset: the examples.
        executor: shares the work out.
    """

    models: dict[str, Classifier]
    dataset: Dataset
    executor: Executor


def load_inputs(
    config: StudySettings,
    models: Mapping[str, object],
    dataset: Dataset | None,
    progress: Progress,
    workers: ExitStack,
    begun: Mapping[str, Backend] | None = None,
    is_answered: Callable[[str], bool] = lambda fingerprint: False,
) -> Inputs:
    """Load the models, and the examples where they are not given.

    What costs little comes first: paths, then the examples, then the models.

    Args:
        config: task, data, and where models run.
        models: by name; specifications or the models themselves.
        dataset: the examples, where they are not what ``config`` says.
        progress: shows the stages.
        workers: ends the workers that are started.
        begun: back ends by fingerprint, of a run that goes on.
        is_answered: whether a model need not be loaded at once; see ``load_answered``.

    Raises:
        MetaCompressError: see metacompress.errors.
    """
    task, data = config.define(config.task), config.data
    check_models(models.values())
    if dataset is None and reads_before_models(data):
        dataset = load_data_stage(data, task, (), progress)
    memory = memory_of_models(models.values())
    executor = workers.enter_context(config.open_executor(count_or_many(dataset), memory))
    loaded: dict[str, Classifier] = {}
    work = work_on(config, task, dataset, begun)
    with progress.stage("loading models", len(models)) as advance:
        chosen = choose_backends(models, work, config.loading(), progress.note)
        for name, model in models.items():
            choice = chosen[name]
            options = choice.options(config.loading())
            loaded[name] = (
                load_shared(model, task, executor, options)
                or choice.classifier
                or load_answered(model, task, executor, options, is_answered)
            )
            advance(1)
            if executor.workers > 1 and not is_specification(model):
                progress.note(f"{name}: a Python object, which this process asks itself")
    refuse_shared_fingerprint(
        (name, fingerprint_of(classifier), given_object(models[name], classifier))
        for name, classifier in loaded.items()
    )
    if TEACHER in loaded:
        refuse_same_weights(loaded, TEACHER)
    note_not_resumable(loaded, progress)
    if dataset is None:
        dataset = load_data_stage(data, task, loaded.values(), progress)
    return Inputs(loaded, dataset, executor)


def inputs_of(
    models: Mapping[str, object], data: DataSettings, files: Mapping[str, Path] | None = None
) -> list[tuple[str, str | Path]]:
    """Name and place of everything that a command reads, for ``refuse_inputs_in``.

    Args:
        models: by name.
        data: the examples.
        files: others, by setting; see ``input_files``.
    """
    return [
        *((flag_of(name), place) for name, model in models.items() for place in places_of(model)),
        *((f"--{name.replace('_', '-')}", place) for name, place in (files or {}).items()),
        ("--data", data.path),
    ]


def not_resumable(models: Mapping[str, Classifier]) -> list[str]:
    """The names of the models that are known by their identity alone."""
    return [warning.model for warning in resumption_warnings(models)]


def note_not_resumable(models: Mapping[str, Classifier], progress: Progress) -> None:
    """Tell at once which models are known by their identity alone, and what that means."""
    for warning in resumption_warnings(models):
        progress.note(warning.message)
