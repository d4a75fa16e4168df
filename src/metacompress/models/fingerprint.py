"""Digests of what determines a model's outputs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def fingerprint(files: Iterable[Path], **settings: object) -> str:
    """A hexadecimal SHA-256 over file contents and settings; file locations do not matter.

    Raises:
        ModelError: a file cannot be read.
    """
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for path in sorted(files, key=lambda path: path.name):
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(f"{path}: cannot be read ({error.strerror or error})") from error
        digest.update(f"{path.name}:{content};".encode())
    return digest.hexdigest()
