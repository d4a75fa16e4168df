"""What every study begins with: two models, a data set, and what tells this study from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.data.content import dataset_digest
from metacompress.data.task import TASKS
from metacompress.models import load_classifier
from metacompress.models.identity import fingerprint_of, refuse_shared_fingerprint
from metacompress.models.loading import check_models, given_object
from metacompress.models.places import places_of
from metacompress.settings.contents import file_digests
from metacompress.study.prediction import load_data_stage, reads_before_models
from metacompress.study.warnings import resumption_warnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.data.dataset import Dataset
    from metacompress.models.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.settings.data import DataSettings
    from metacompress.study.settings import StudySettings

ROLES = ("teacher", "student")
# Of what a run directory stores: raised when a table changes its form, or the same settings make
# other variants than before. A study of another format is not gone on with.
FORMAT = 2


def load_inputs(
    config: StudySettings,
    models: Mapping[str, object],
    dataset: Dataset | None,
    progress: Progress,
) -> tuple[dict[str, Classifier], Dataset]:
    """Load teacher and student, and the examples where they are not given.

    What costs little comes first: paths, then the examples, then the models.

    Args:
        config: task, data, and where models run.
        models: by role; specifications or the models themselves.
        dataset: the examples, where they are not what ``config`` says.
        progress: shows the stages.

    Raises:
        MetaCompressError: see metacompress.errors.
    """
    task, data = TASKS.get(config.task), config.data
    check_models(models.values())
    if dataset is None and reads_before_models(data):
        dataset = load_data_stage(data, task, (), progress)
    loaded: dict[str, Classifier] = {}
    with progress.stage("loading models", len(ROLES)) as advance:
        for role in ROLES:
            loaded[role] = load_classifier(models[role], task, defaults=config.loading())
            advance(1)
    refuse_shared_fingerprint(
        (role, fingerprint_of(classifier), given_object(models[role], classifier))
        for role, classifier in loaded.items()
    )
    note_not_resumable(loaded, progress)
    if dataset is None:
        dataset = load_data_stage(data, task, loaded.values(), progress)
    return loaded, dataset


def inputs_of(
    models: Mapping[str, object], data: DataSettings, **files: str | None
) -> list[tuple[str, str | None]]:
    """Name and place of everything that a command reads, for ``refuse_inputs_in``.

    Args:
        models: by role.
        data: the examples.
        **files: others, by the name of their setting.
    """
    return [
        *((f"--{role}", place) for role, model in models.items() for place in places_of(model)),
        ("--data", data.path),
        *((f"--{name.replace('_', '-')}", place) for name, place in files.items()),
    ]


def study_identity(
    config: StudySettings,
    dataset: Dataset,
    models: Mapping[str, Classifier],
    **other: object,
) -> dict[str, Any]:
    """Everything that a study's results depend on: settings, texts, other files and weights.

    Args:
        config: the settings; files that they name count by their content.
        dataset: the examples.
        models: by role.
        **other: what is special to this sort of study.
    """
    return {
        **config.identity(),
        "format": FORMAT,
        "inputs": file_digests(config),
        "dataset": dataset_digest(dataset),
        "fingerprints": {role: fingerprint_of(model) for role, model in models.items()},
        **other,
    }


def not_resumable(models: Mapping[str, Classifier]) -> list[str]:
    """The roles of the models that are known by their identity alone."""
    return [warning.model for warning in resumption_warnings(models)]


def note_not_resumable(models: Mapping[str, Classifier], progress: Progress) -> None:
    """Tell at once which models are known by their identity alone, and what that means."""
    for warning in resumption_warnings(models):
        progress.note(warning.message)
