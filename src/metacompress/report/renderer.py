"""How a finished run is shown: one renderer per kind of run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from metacompress.errors import RunDirectoryError
from metacompress.files.ownership import read_marker
from metacompress.registry import Registry
from metacompress.runs.record import Record
from metacompress.runs.run_directory import RunDirectory
from metacompress.training.run_files import WORK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.settings.output import OutputSettings

S = TypeVar("S", bound=Record)


@dataclass(frozen=True, slots=True)
class Renderer(Generic[S]):
    """What shows the finished runs of one kind.

    Attributes:
        summary: the file that is there when a run is finished.
        read: the summary of a run, as ``--json`` prints it.
        show: prints a summary on the terminal; gets the file of its page, too, if there is one.
        page: the report as one offline HTML page; None where there is no such page.
        files: writes files for CI systems; None where there are no such files.
    """

    summary: str
    read: Callable[[RunDirectory], S]
    show: Callable[[S, Path | None], None]
    page: Callable[[RunDirectory, S], str] | None = None
    files: Callable[[RunDirectory, S, OutputSettings], object] | None = None


RENDERERS: Registry[Renderer[Any]] = Registry(
    kind="kind of run",
    group="metacompress.renderers",
    builtins={
        kind: f"metacompress.report.renderers.{kind}:RENDERER"
        for kind in (
            "check",
            "attack",
            "fidelity",
            "completions",
            "locate",
            "survey",
            "training",
            "compression",
            "repair",
        )
    },
)


def finished_run(path: Path) -> tuple[RunDirectory, Renderer[Any]]:
    """A finished run, and what shows it.

    Args:
        path: a run directory, or the directory of a model that was trained.

    Raises:
        RunDirectoryError: there is no run, it is not finished, or its kind is unknown.
    """
    for place in (path, path / WORK):
        kind = read_marker(place)
        if kind is None:
            continue
        if kind not in RENDERERS:
            raise RunDirectoryError(
                f"{path}: holds a run of the kind {kind!r}, or of another version; known are "
                f"{', '.join(RENDERERS.names())}",
                path=path,
            )
        renderer = RENDERERS.get(kind)
        return RunDirectory.existing(place, renderer.summary), renderer
    raise RunDirectoryError(
        f"{path}: {'no finished run in it' if path.is_dir() else 'no such run directory'}",
        path=path,
    )
