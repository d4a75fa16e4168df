"""What tells one run from another: settings, version, and every input by its content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from metacompress.data.content import content_digest
from metacompress.runs.run_files import DEFAULT_RUNS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Of what a run directory stores: raised when a table changes its form, or the same settings make
# other variants than before. A run of another format is not gone on with.
FORMAT = 3


def identity_of(
    settings: Mapping[str, Any], files: Mapping[str, Path], **contents: object
) -> dict[str, Any]:
    """Everything that the results of a run depend on.

    Args:
        settings: those that results depend on, as JSON.
        files: the files that the settings name; see ``input_files``.
        **contents: digests and fingerprints of all else that is read: examples and models.

    Raises:
        DataError: a file cannot be read.
    """
    return {
        **settings,
        "format": FORMAT,
        "inputs": {name: content_digest(path) for name, path in files.items()},
        **contents,
    }


def default_run(name: str, identity: Mapping[str, Any]) -> Path:
    """A directory below ``runs/`` that only a study of this identity gets.

    Args:
        name: what its name begins with.
        identity: of the study.
    """
    digest = hashlib.sha256(repr(sorted(identity.items())).encode()).hexdigest()[:10]
    return DEFAULT_RUNS / f"{name}-{digest}"
