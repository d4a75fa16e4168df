"""Kinds of runs: what a run directory holds, and what of it outlasts another run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from metacompress.runs.run_directory import RunDirectory


@dataclass(frozen=True, slots=True)
class RunKind:
    """What a run directory is for.

    Attributes:
        name: in the directory's marker and in messages; ``report`` finds its renderer by it.
        option: the command line's option that names the directory, for messages.
        files: what is written into it, as patterns (see ``files.ownership.remove_ours``).
        results: the files of a finished run; the first one is its summary.
        still_valid: maps the keys that differ between two identities to the patterns of the
            files that do not depend on them; these stay when another run takes the place.
        keeps_answers: whether a finished run is left alone. It is refused then where a model has
            no fingerprint, for that may be another model now. Other runs are computed again.
        only_asks: whether models are asked for answers and nothing else, so that one whose answers
            are stored need not be loaded.
        models: directories of the models that it makes, relative to the run directory.
        is_whole: whether the models of a finished run are what it made; else it goes on.
    """

    name: str
    option: str
    files: tuple[str, ...]
    results: tuple[str, ...]
    still_valid: Callable[[Collection[str]], Sequence[str]]
    keeps_answers: bool = True
    only_asks: bool = False
    models: tuple[str, ...] = ()
    is_whole: Callable[[RunDirectory], bool] = lambda run: True


def kept_unless(
    *groups: tuple[Sequence[str], Collection[str]], always: Sequence[str] = ()
) -> Callable[[Collection[str]], Sequence[str]]:
    """What of another study stays, as ``RunKind.still_valid``.

    Args:
        *groups: files, and the settings that they do not depend on: they stay where no other one
            is different.
        always: files that stay whatever is different, such as predictions, which stand under the
            fingerprints of their models.
    """

    def still_valid(different: Collection[str]) -> Sequence[str]:
        kept = (
            name
            for names, beyond in groups
            if frozenset(beyond).issuperset(different)
            for name in names
        )
        return (*always, *kept)

    return still_valid
