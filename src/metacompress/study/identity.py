"""What tells one run from another: settings, version, and every input by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.data.content import content_digest

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
