"""JSON files of model directories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from metacompress.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

# A configuration holds settings; the largest known ones, with 22,000 label names, take 2 MB.
_LARGEST = 64 * 2**20


def read_json_object(path: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        ModelError: the file is missing, damaged, too large, or holds something else.
    """
    if not path.is_file():
        state = "is not a file" if path.is_dir() else "no such file"
        raise ModelError(f"{path}: {state}; expected a JSON object", path=path)
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise ModelError(
                f"{path}: {size:,} bytes; a file of settings has {_LARGEST:,} at most", path=path
            )
        content = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ModelError(f"{path}: byte {error.start} is not valid UTF-8", path=path) from error
    except RecursionError:
        raise ModelError(f"{path}: cannot be read (nested too deeply)", path=path) from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error})", path=path) from error
    if not isinstance(content, dict):
        raise ModelError(
            f"{path}: expected a JSON object, found {type(content).__name__}", path=path
        )
    return content
