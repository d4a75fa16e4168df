"""Whether a finished run is known again: without a model, and with every byte of it left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.runs.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

# Some tests put another program in its place.
_PYTHON = sys.executable
_SOURCES = Path(__file__).parents[2] / "src"
_CODE = """
import json
import sys
from pkgutil import resolve_name
from metacompress.settings.validation import validated
run, settings, text = sys.argv[1:]
resolve_name(run)(validated(resolve_name(settings), json.loads(text)))
print(*sorted({"torch", "transformers", "onnxruntime"} & sys.modules.keys()))
"""


class Notes(NoProgress):
    """Keeps the stages and the notes."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.notes: list[str] = []

    def stage(self, title: str, total: int):  # type: ignore[no-untyped-def]
        self.stages.append(title)
        return super().stage(title, total)

    def note(self, line: str) -> None:
        self.notes.append(line)


def is_known(run: Callable[..., object], config: BaseModel) -> bool:
    """Whether ``run`` of ``config`` has no stage."""
    progress = Notes()
    run(config, progress=progress)
    return not progress.stages


def loaded_by(run: Callable[..., object], config: BaseModel) -> str:
    """The libraries for models that ``run`` of ``config`` imports, in a process of its own."""
    found = subprocess.run(
        [
            _PYTHON,
            *("-c", _CODE),
            *(f"{one.__module__}:{one.__qualname__}" for one in (run, type(config))),
            config.model_dump_json(exclude_unset=True),
        ],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_SOURCES)},
    )
    return found.stdout.strip()


def content(directory: Path) -> dict[str, tuple[int, bytes]]:
    """Time of the last change and bytes of every file, by its path."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }
