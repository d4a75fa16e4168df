"""What commands of one user note for later ones: it saves time, and nothing depends on it."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from metacompress.files.atomic import write_text

VARIABLE = "METACOMPRESS_CACHE"


def cache_directory() -> Path:
    """``$METACOMPRESS_CACHE``, or else ``metacompress`` in the user's cache directory."""
    own = os.environ.get(VARIABLE)
    if own:
        return Path(own).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "metacompress"


def note_key(*parts: object) -> str:
    """A name for what is noted about ``parts``, which JSON or ``str`` can write."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_note(kind: str, key: str) -> Any | None:
    """What was noted; None where nothing was, or the file is damaged."""
    try:
        text = _path(kind, key).read_text(encoding="utf-8")
        stated, _, content = text.partition("\n")
        return json.loads(content) if stated == _digest(content) else None
    except (OSError, ValueError, RecursionError):
        return None


def write_note(kind: str, key: str, content: object) -> None:
    """Note something that JSON can write; where the cache cannot be written, nothing is noted."""
    text = json.dumps(content)
    with suppress(OSError):
        _path(kind, key).parent.mkdir(parents=True, exist_ok=True)
        write_text(_path(kind, key), f"{_digest(text)}\n{text}")


def _path(kind: str, key: str) -> Path:
    return cache_directory() / kind / f"{key}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
