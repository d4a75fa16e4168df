"""Digests of what determines a model's outputs."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from metacompress.data.content import content_digest
from metacompress.errors import DataError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Raised when the same files and settings give other answers than before (order of columns,
# preparation of texts, softmax): stored answers of an earlier version are then not found.
_ANSWERS = 2


def fingerprint(files: Iterable[Path], *, packages: Iterable[str] = (), **settings: object) -> str:
    """A hexadecimal SHA-256 over file contents and settings; file locations do not matter.

    Args:
        files: all that is read.
        packages: distributions that compute the answers; another version of one may round
            differently, or tokenise differently.
        **settings: all that the answers depend on beside the files.

    Raises:
        ModelError: a file cannot be read.
    """
    known = {**settings, "packages": {name: _version(name) for name in packages}}
    text = json.dumps([_ANSWERS, known], sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode())
    for path in sorted(files, key=lambda path: path.name):
        try:
            content = content_digest(path)
        except DataError as error:
            raise ModelError(str(error)) from error
        digest.update(f"{path.name}:{content};".encode())
    return digest.hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
