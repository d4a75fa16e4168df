"""Where a model is: a local path, or an id on a hub."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.files import is_directory
from metacompress.errors import ModelError
from metacompress.files.reads import note_read
from metacompress.models.naming.spec import CAUSAL, DEFAULT_KIND, KEPT, OPENAI

if TYPE_CHECKING:
    from metacompress.models.naming.spec import ModelSpec

# Kinds whose location is a path or a hub id.
_HUB_KINDS = frozenset({DEFAULT_KIND, CAUSAL})
# Kinds whose location is a path, always.
_LOCAL_KINDS = frozenset({"onnx", "codexglue", "graphcodebert", "recorded"})
# Kinds of models whose every file is noted where it is read. The code of a Python model may read
# anything.
_NOTED_KINDS = frozenset(
    {"transformers", "onnx", "demo", "codexglue", "graphcodebert", "recorded", "mock", CAUSAL, KEPT}
)
# OWNER/NAME or NAME, as the Hugging Face hub allows them.
_HUB_NAME = r"[A-Za-z0-9](?:[\w.-]{0,94}\w)?"
_HUB_ID = re.compile(rf"(?!.*(?:--|\.\.|\.git$))(?:{_HUB_NAME}/)?{_HUB_NAME}", re.ASCII)


def local_path(location: str) -> Path:
    """The path of a location; ``~`` is the home directory.

    Raises:
        ModelError: there is no such home directory.
    """
    try:
        return Path(location).expanduser()
    except RuntimeError as error:
        raise ModelError(f"{location}: {error}", model=location) from None


def existing_path(location: str) -> Path:
    """The path of a location where there is something.

    Raises:
        ModelError: there is nothing.
    """
    path = local_path(location)
    # os.path says False where pathlib raises: names that are too long.
    if not os.path.exists(path):  # noqa: PTH110
        broken = os.path.islink(path)  # noqa: PTH114
        state = "a broken symbolic link" if broken else "no such file or directory"
        raise ModelError(f"{path}: {state}", path=path)
    return path


def directory_of(spec: ModelSpec) -> Path:
    """The directory of a model, which need not be there; of a GGUF file the one that it is in.

    Raises:
        ModelError: there is no such home directory.
    """
    path = local_path(spec.location)
    return path.parent if path.is_file() else path


def is_hub_id(location: str) -> bool:
    """Whether a location names a model of a hub: it is not a path, by its form or by what is there.

    ``models/student`` has the form of both. It is a path where ``models`` is a directory.
    """
    if os.path.lexists(local_path(location)) or not _HUB_ID.fullmatch(location):
        return False
    owner, slash, _ = location.partition("/")
    return not (slash and os.path.isdir(owner))  # noqa: PTH112


def is_on_hub(spec: ModelSpec) -> bool:
    """Whether a specification names a model of a hub."""
    return spec.kind in _HUB_KINDS and is_hub_id(spec.location)


def require_location(spec: ModelSpec) -> None:
    """Fail on a path where there is nothing; loads no library, asks no hub, and reads no file.

    Raises:
        ModelError: there is nothing.
    """
    if spec.kind in (CAUSAL, OPENAI) and "template" in spec.options:
        existing_path(spec.options["template"])
    if spec.kind in _LOCAL_KINDS or (spec.kind in _HUB_KINDS and not is_on_hub(spec)):
        path = existing_path(spec.location)
        if spec.kind != "recorded":
            # Files are looked for by name: one that is added may be read instead of another.
            note_read(path if is_directory(path) else path.parent)


def is_known_by_files(spec: ModelSpec) -> bool:
    """Whether a model is the same where its files are: ``files.reads`` notes all of them."""
    return spec.kind in _NOTED_KINDS and not is_on_hub(spec)
