"""The files of a finished model: moved to where users look for them, and known by checksums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.errors import DamagedFileError
from metacompress.files.sums import differing, sums_of
from metacompress.training.card import README
from metacompress.training.run_files import PUBLISHED, TRAINING_FILES

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def publish(work: RunDirectory, made: str, out: Path) -> None:
    """Move the finished files to ``out``, in place of those of before.

    Args:
        work: directory of the training.
        made: directory in it that holds the finished files.
        out: the model's directory.
    """
    model = work.path / made
    new = sums_of(model)
    before = set(work.read_json(PUBLISHED)) if work.has(PUBLISHED) else set()
    # Killed in between, all of both are known to be ours.
    work.write_json(PUBLISHED, dict.fromkeys(sorted(before)) | new)
    for name in sorted(before - new.keys()):
        (out / name).unlink(missing_ok=True)
    for name in sorted(new):
        (model / name).replace(out / name)
    work.write_json(PUBLISHED, new)
    work.remove(made, TRAINING_FILES)


def refuse_damaged(work: RunDirectory, out: Path) -> None:
    """Refuse a finished model that is not what was published.

    Its card may be read and its weights may be used: both must be those of the training. The
    README is for people, who may add to it.

    Raises:
        DamagedFileError: see above.
    """
    if names := _damaged(work, out):
        raise DamagedFileError(
            f"{out}: {', '.join(names)}: damaged, or changed since they were made; choose another "
            f"--out, or add --overwrite to make it again"
        )


def is_damaged(work: RunDirectory, out: Path) -> bool:
    """Whether ``refuse_damaged`` refuses."""
    return bool(_damaged(work, out))


def _damaged(work: RunDirectory, out: Path) -> list[str]:
    known = work.read_json(PUBLISHED) if work.has(PUBLISHED) else {}
    if not isinstance(known, dict):  # an earlier version kept the names alone
        return []
    return differing(out, {name: one for name, one in known.items() if name != README})
