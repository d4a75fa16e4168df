"""Knows a finished run again by what its command names, before a model or data set is loaded.

A finished run notes its command, the state of every file that it read, and that of every file that
it wrote. Where all of them are the same, so are the results. Whatever cannot be known by the state
of files (Python objects, hubs, plug-ins) is computed again, which finds every answer in the
prediction store.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.loading import HUB_PREFIX
from metacompress.errors import RunDirectoryError
from metacompress.files.reads import state_of, unchanged, working_directory
from metacompress.files.software import software
from metacompress.models.naming.location import is_known_by_files
from metacompress.registry import plugins_in_use
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import DEFAULT_RUNS, RECOGNITION, REPORT
from metacompress.settings.workers import WorkerSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from metacompress.files.reads import FileState
    from metacompress.models.naming.spec import ModelSpec
    from metacompress.runs.kind import RunKind

# At any number of workers the results are the same; files for CI are made of them.
_WITHOUT_EFFECT = frozenset({"output", "tracker", "jobs", *WorkerSettings.model_fields})
# For people, who may add to it.
_README = "README.md"


@dataclass(frozen=True, slots=True)
class Command:
    """A command, by which its finished run is known again.

    Attributes:
        kind: of the run.
        settings: all that the user set.
        data: path of the examples.
        models: specifications of what is read beside them.
        beside: directories that it fills outside of the run directory.
    """

    kind: RunKind
    settings: BaseModel
    data: str
    models: tuple[ModelSpec, ...]
    beside: tuple[Path, ...] = ()

    def finished(self, places: Iterable[Path]) -> RunDirectory | None:
        """The run directory where this very command is finished; None where it is not known to be.

        Args:
            places: directories that it may have run in.
        """
        if not self._is_known_by_files():
            return None
        digest = self._digest()
        return next((run for run in map(RunDirectory, places) if self._is_in(run, digest)), None)

    def note_finished(self, run: RunDirectory, reads: Mapping[str, FileState | None]) -> None:
        """Note in ``run`` by what it is known again; nothing where it cannot be.

        Args:
            run: finished.
            reads: what was read, see ``recording_reads``.

        Raises:
            RunDirectoryError: it cannot be written.
        """
        if not self._is_known_by_files() or plugins_in_use():
            return
        written = {name: state_of(run.path / name) for name in self._written(run)}
        noted = {
            "command": self._digest(),
            "reads": reads,
            "written": {name: state for name, state in written.items() if state is not None},
        }
        run.write_json(RECOGNITION, noted)

    def _is_known_by_files(self) -> bool:
        if self.data.startswith(HUB_PREFIX) or working_directory() is None:
            return False
        return all(map(is_known_by_files, self.models))

    def _is_in(self, run: RunDirectory, digest: str) -> bool:
        if not (run.path / RECOGNITION).is_file():
            return False
        try:
            noted = run.read_json(RECOGNITION)
            written = noted["written"]
            same: bool = (
                noted["command"] == digest
                and all(name in written for name in self.kind.results)
                and unchanged({str(run.path / name): one for name, one in written.items()})
                and unchanged(noted["reads"])
            )
        # What another version wrote, or a damaged file, knows nothing.
        except (RunDirectoryError, KeyError, TypeError, AttributeError):
            return False
        return same

    def _written(self, run: RunDirectory) -> Iterator[str]:
        """Files that the run wrote: those in its directory by their names there."""
        yield from (one for one in run.checksums.names() if one not in (RECOGNITION, REPORT))
        for directory in (*(run.path / name for name in self.kind.models), *self.beside):
            if directory.is_dir():
                yield from (
                    str(path.absolute())
                    for path in sorted(directory.iterdir())
                    if path.is_file() and not path.name.startswith(".") and path.name != _README
                )

    def _digest(self) -> str:
        """Of the settings, of where they stand, and of what computes with them."""
        known = [
            self.kind.name,
            working_directory(),
            self.settings.model_dump(mode="json", exclude=set(_WITHOUT_EFFECT)),
            software(),
        ]
        return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def finished_before(place: Path) -> str:
    """The message for a run that is finished already."""
    return f"{place}: finished before, and nothing it read has changed"


def places_of(run: str | None, name: str) -> list[Path]:
    """Directories that a study may have run in.

    Args:
        run: that the user names, if any.
        name: of the directory below ``runs/`` where there is none, without its digest.
    """
    return [Path(run)] if run else sorted(DEFAULT_RUNS.glob(f"{name}-*"))
