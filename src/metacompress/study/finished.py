"""Knows a finished study again by what its command names, before a model or data set is loaded.

A finished study notes its command, the state of every file that it read, and that of every file
that it wrote. Where all of them are the same, so are the results. Whatever cannot be known by the
state of files (Python objects, hubs, plug-ins) is computed again, which finds every answer in the
prediction store.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.loading import HUB_PREFIX
from metacompress.errors import RunDirectoryError
from metacompress.files.reads import state_of, unchanged
from metacompress.files.software import software
from metacompress.models.loading import parse_specification
from metacompress.models.naming.location import is_known_by_files
from metacompress.registry import plugins_in_use
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import DEFAULT_RUNS, RECOGNITION, REPORT, SUMMARY
from metacompress.settings.workers import WorkerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.files.reads import FileState
    from metacompress.runs.kind import RunKind
    from metacompress.study.settings import StudySettings


def finished_study(kind: RunKind, name: str, config: StudySettings) -> RunDirectory | None:
    """The run directory where this very study is finished; None where it is not known to be.

    Args:
        kind: of study.
        name: of the directory below ``runs/`` where ``config`` names none, without its digest.
        config: the study.
    """
    if not _is_known_by_files(config):
        return None
    places = [Path(config.run)] if config.run else sorted(DEFAULT_RUNS.glob(f"{name}-*"))
    command = _command(kind, config)
    return next((run for run in map(RunDirectory, places) if _holds(run, command)), None)


def note_finished(
    run: RunDirectory, kind: RunKind, config: StudySettings, reads: Mapping[str, FileState | None]
) -> None:
    """Note in ``run`` by what it is known again; nothing where it cannot be.

    Args:
        run: finished.
        kind: of study.
        config: the study.
        reads: what was read, see ``recording_reads``.

    Raises:
        RunDirectoryError: it cannot be written.
    """
    if not _is_known_by_files(config) or plugins_in_use():
        return
    written = {
        name: state_of(run.path / name)
        for name in run.checksums.names()
        if name not in (RECOGNITION, REPORT)
    }
    noted = {
        "command": _command(kind, config),
        "reads": reads,
        "written": {name: state for name, state in written.items() if state is not None},
    }
    run.write_json(RECOGNITION, noted)


def _is_known_by_files(config: StudySettings) -> bool:
    if config.data.path.startswith(HUB_PREFIX) or _working_directory() is None:
        return False
    return all(map(is_known_by_files, map(parse_specification, config.models().values())))


def _holds(run: RunDirectory, command: str) -> bool:
    if not (run.path / RECOGNITION).is_file():
        return False
    try:
        noted = run.read_json(RECOGNITION)
        same: bool = (
            noted["command"] == command
            and SUMMARY in noted["written"]
            and unchanged({str(run.path / name): one for name, one in noted["written"].items()})
            and unchanged(noted["reads"])
        )
    # What another version wrote, or a damaged file, knows nothing.
    except (RunDirectoryError, KeyError, TypeError, AttributeError):
        return False
    return same


def _working_directory() -> str | None:
    """Where relative paths stand; None where it was removed, which must not end a long study."""
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return None


def _command(kind: RunKind, config: StudySettings) -> str:
    """A digest of the settings, of where they stand, and of what computes with them."""
    known = [
        kind.name,
        _working_directory(),
        # At any number of workers the results are the same; files for CI are made of them.
        config.model_dump(mode="json", exclude={"output", "tracker", *WorkerSettings.model_fields}),
        software(),
    ]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
