"""The software that computes results: versions of packages, and our own files."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.files.reads import state_of

if TYPE_CHECKING:
    from metacompress.files.reads import FileState

# What answers, variants and verdicts are computed by; not all are installed everywhere.
_PACKAGES = (
    "metacompress", "numpy", "scipy", "pyarrow", "tokenizers", "tree-sitter", "tree-sitter-c",
    "tree-sitter-go", "tree-sitter-java", "tree-sitter-python", "tree-sitter-javascript",
    "tree-sitter-typescript", "torch", "transformers", "onnxruntime", "peft",
)  # fmt: skip


@cache
def software() -> tuple[dict[str, str | None], list[tuple[str, FileState | None]]]:
    """Versions of packages, None for a missing one; and the states of the files of this one, which
    change between two runs where the project is worked on.

    They are read once: what changes later is not what this process computes with.
    """
    package = Path(__file__).parents[1]
    paths = [
        os.path.join(folder, name)  # noqa: PTH118 - hundreds of files
        for folder, _, names in os.walk(package)
        for name in names
        if not name.endswith(".pyc")
    ]
    return (
        {name: _version(name) for name in _PACKAGES},
        [(path, state_of(path)) for path in sorted(paths)],
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
