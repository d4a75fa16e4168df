"""The programs of ``transform``: a source file or a data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.files import is_directory, require_regular_file
from metacompress.data.loading import DEMO, HUB_PREFIX
from metacompress.errors import UsageError
from metacompress.settings.data import DataSettings
from metacompress.study.prediction import load_study_data
from metacompress.variants.transforming import STANDARD_INPUT, read_source_file, source_language

if TYPE_CHECKING:
    from metacompress.data.dataset import Dataset
    from metacompress.variants.settings import TransformSettings


def is_source_file(settings: TransformSettings) -> bool:
    """Whether the source is one program, and not a data set.

    Raises:
        UsageError: it is standard input, and the language is not given.
    """
    return source_language(Path(settings.source), settings.data.language) is not None


def load_source(settings: TransformSettings) -> Dataset:
    """Read the source file or the data set.

    Raises:
        UsageError: it is no source file, and no task is given.
        DataError: it cannot be read.
    """
    source = settings.source
    language = source_language(Path(source), settings.data.language)
    if language is not None:
        return read_source_file(Path(source), language)
    if settings.task is None:
        if source not in (DEMO, STANDARD_INPUT) and not source.startswith(HUB_PREFIX):
            _require_data(Path(source))
        raise UsageError(
            f"{source} is not a source file by its suffix; for a data set give --task as well",
            option="task",
        )
    data = DataSettings(path=source, **settings.data.model_dump())
    return load_study_data(data, settings.define(settings.task), [])


def _require_data(path: Path) -> None:
    if not is_directory(path):
        require_regular_file(path)
