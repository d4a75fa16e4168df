"""Knows a finished study again by what its command names, before a model or data set is loaded.

A finished study notes its command, the state of every file that it read, and that of every file
that it wrote. Where all of them are the same, so are the results. Whatever cannot be known by the
state of files (Python objects, hubs, plug-ins) is computed again, which finds every answer in the
prediction store.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.loading import HUB_PREFIX
from metacompress.errors import RunDirectoryError
from metacompress.files.reads import state_of, unchanged
from metacompress.models.loading import parse_specification
from metacompress.models.location import is_on_hub
from metacompress.registry import plugins_in_use
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import DEFAULT_RUNS, RECOGNITION, REPORT, SUMMARY
from metacompress.settings.workers import WorkerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.files.reads import FileState
    from metacompress.runs.kind import RunKind
    from metacompress.study.settings import StudySettings

# What answers, variants and verdicts are computed by; not all are installed everywhere.
_PACKAGES = (
    "metacompress", "numpy", "scipy", "pyarrow", "tokenizers", "tree-sitter", "tree-sitter-c",
    "tree-sitter-java", "tree-sitter-python", "torch", "transformers", "onnxruntime",
)  # fmt: skip
# Kinds of models whose every file is noted where it is read. The code of a Python model may read
# anything.
_NOTED_KINDS = frozenset(
    {"transformers", "onnx", "demo", "codexglue", "graphcodebert", "recorded", "mock"}
)


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
    if config.data.path.startswith(HUB_PREFIX):
        return False
    specs = [parse_specification(model) for model in config.models().values()]
    return all(spec.kind in _NOTED_KINDS and not is_on_hub(spec) for spec in specs)


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


def _command(kind: RunKind, config: StudySettings) -> str:
    """A digest of the settings, of where they stand, and of the code that reads them."""
    known = [
        kind.name,
        str(Path.cwd()),
        # At any number of workers the results are the same; files for CI are made of them.
        config.model_dump(mode="json", exclude={"output", "tracker", *WorkerSettings.model_fields}),
        {name: _version(name) for name in _PACKAGES},
        _code(),
    ]
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _code() -> list[tuple[str, FileState | None]]:
    """Our own files: where the project is worked on, they change between two runs."""
    package = Path(__file__).parents[1]
    paths = [
        os.path.join(folder, name)  # noqa: PTH118 - hundreds of files
        for folder, _, names in os.walk(package)
        for name in names
        if not name.endswith(".pyc")
    ]
    return [(path, state_of(path)) for path in sorted(paths)]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
