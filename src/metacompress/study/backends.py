"""Which back ends the models of a command get: what the choice depends on, and what a run keeps.

A run's identity names its models by fingerprints that are the same on every back end, and beside
them the models that do not run on torch. So a run goes on with the back ends with which it began,
and checks of one teacher can be compared whatever ran it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.errors import RunDirectoryError
from metacompress.models.cheapest.probe import spread
from metacompress.models.choosing import Backend, Work
from metacompress.models.identity import model_fingerprint
from metacompress.runs.run_files import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.data.task import Task
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.settings import RunningSettings

FINGERPRINTS, BACKENDS = "fingerprints", "backends"
"""Keys of a run's identity."""


def work_on(
    settings: RunningSettings,
    task: Task,
    dataset: Dataset | None,
    begun: Mapping[str, Backend] | None = None,
) -> Work:
    """What lies ahead of the models of a command.

    Args:
        settings: of the command.
        task: what the models are for.
        dataset: the examples; None where the models say which ones count.
        begun: back ends by fingerprint, of a run that goes on.
    """
    examples = () if dataset is None else dataset.examples
    backend = Backend(settings.backend)
    if settings.needs_torch and backend is Backend.AUTO:
        backend = Backend.TORCH
    return Work(task, spread(examples), settings.asked(len(examples)), backend, begun or {})


def backends_of(models: Mapping[str, Classifier]) -> dict[str, Backend]:
    """The back ends of models, by fingerprint."""
    return {model_fingerprint(model): _backend_of(model) for model in models.values()}


def models_identity(models: Mapping[str, Classifier]) -> dict[str, Any]:
    """What a run's identity says about its models; see above."""
    fingerprints = {name: model_fingerprint(model) for name, model in models.items()}
    found = {name: _backend_of(model) for name, model in models.items()}
    others = {name: backend for name, backend in found.items() if backend is not Backend.TORCH}
    return {FINGERPRINTS: fingerprints, **({BACKENDS: others} if others else {})}


def begun_backends(run: RunDirectory) -> dict[str, Backend]:
    """The back ends of the run that is in a directory, by fingerprint; none where nothing is."""
    if not run.begun:
        return {}
    try:
        identity: dict[str, Any] = run.read_json(IDENTITY)
    except RunDirectoryError:
        return {}
    backends = identity.get(BACKENDS, {})
    return {
        fingerprint: Backend(backends.get(name, Backend.TORCH))
        for name, fingerprint in identity.get(FINGERPRINTS, {}).items()
    }


def _backend_of(model: Classifier) -> Backend:
    return Backend.TORCH if model.stands_for is None else Backend.ONNX
