"""Takes a run directory for one run, and holds it against other processes.

The directory is marked as ours before anything else is written, and only files of ours are ever
removed.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from metacompress.errors import DamagedFileError, Interrupted, RunDirectoryError
from metacompress.files.overlap import refuse_inputs_in
from metacompress.files.ownership import LOCK, mark, refuse_foreign, remove_ours
from metacompress.runs.finite import finite
from metacompress.runs.mending import drop_damaged, drop_partial
from metacompress.runs.run_files import IDENTITY, IDENTITY_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from metacompress.runs.kind import RunKind
    from metacompress.runs.run_directory import RunDirectory

TakingOver = Callable[[dict[str, Any], dict[str, Any]], Sequence[str] | None]
"""See ``open_run``."""


def _never(there: dict[str, Any], identity: dict[str, Any]) -> None:
    return None


def refuse_unfit(
    path: Path,
    kind: RunKind,
    reads: Iterable[tuple[str, str | Path | None]],
    known: Callable[[Path], bool] = lambda path: False,
) -> None:
    """Refuse a directory that holds an input of the same run, or is not ours; writes nothing.

    Args:
        path: the directory; need not exist.
        kind: what it is to hold.
        reads: what names an input, and the input; see ``refuse_inputs_in``.
        known: see ``refuse_foreign``.

    Raises:
        UsageError: an input lies in it.
        RunDirectoryError: it holds something that no run of this kind wrote.
    """
    refuse_inputs_in(path, kind.option, reads)
    refuse_foreign(path, kind.name, kind.option, known)


@contextmanager
def open_run(
    run: RunDirectory,
    kind: RunKind,
    identity: dict[str, Any],
    *,
    overwrite: bool,
    unknown: Sequence[str] = (),
    note: Callable[[str], None] = lambda text: None,
    taking_over: TakingOver = _never,
) -> Iterator[None]:
    """Take a directory for one run.

    Args:
        run: the directory; created where it does not exist.
        kind: what it holds.
        identity: everything that the results depend on; a directory that holds a run of another
            identity is refused.
        overwrite: replace such a run instead. The files of another user stay, and so does what
            is still valid, and everything where the identity is the same.
        unknown: the models without a fingerprint. Where ``kind`` keeps their answers, a run of
            the same identity is refused, too, or replaced.
        note: called with a line for the user.
        taking_over: called with the identities of another run that is there and of this one;
            returns patterns of the files that this run goes on with, or None where it is no
            continuation. It raises RunDirectoryError where this run must not replace that one.

    Raises:
        RunDirectoryError: see above, the directory is not ours, or cannot be written.
    """
    opening = _Opening(run, kind, note, taking_over)
    opening.refuse_foreign()
    try:
        run.path.mkdir(parents=True, exist_ok=True)
        # A link in place of the lock would have us write elsewhere.
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        lock = os.open(run.path / LOCK, flags, 0o666)
    except OSError as error:
        raise opening.unwritable(error) from error
    try:
        opening.take(lock)
        opening.refuse_foreign()
        going_on = run.begun and not overwrite
        anew = kind.keeps_answers and bool(unknown)
        try:
            mark(run.path, kind.name)
            opening.claim(identity, overwrite=overwrite, anew=anew)
            drop_partial(run.path)
            drop_damaged(run, kind.files, note)
        except OSError as error:
            raise opening.unwritable(error) from error
        if going_on and anew:
            raise RunDirectoryError(
                f"{run.path}: the {kind.name} in it was made with a {' and '.join(unknown)} that "
                f"has no fingerprint, so it may be another model now; choose another "
                f"{kind.option}, or add --overwrite",
                path=run.path,
            )
        yield
    except Interrupted as interrupt:
        interrupt.kept = interrupt.kept or run.path
        raise
    finally:
        os.close(lock)


class _Opening:
    """One attempt to take a directory."""

    def __init__(
        self,
        run: RunDirectory,
        kind: RunKind,
        note: Callable[[str], None],
        taking_over: TakingOver,
    ) -> None:
        self._run = run
        self._kind = kind
        self._note = note
        self._taking_over = taking_over
        self._choose = f"choose another {kind.option}"

    def refuse_foreign(self) -> None:
        refuse_foreign(self._run.path, self._kind.name, self._kind.option)

    def unwritable(self, error: OSError) -> RunDirectoryError:
        return RunDirectoryError(
            f"{self._run.path}: cannot be written ({error.strerror or error}); {self._choose}",
            path=self._run.path,
        )

    def take(self, lock: int) -> None:
        """Take the lock, which its file descriptor holds."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunDirectoryError(
                f"{self._run.path}: another process works in it; wait for it, or {self._choose}",
                path=self._run.path,
            ) from None

    def claim(self, identity: dict[str, Any], *, overwrite: bool, anew: bool) -> None:
        """Make the directory that of a run of this identity, or refuse."""
        run, kind = self._run, self._kind
        identity = json.loads(json.dumps(finite(identity)))
        there = self._there(overwrite)
        replaces = overwrite and anew
        if there == identity and not replaces:
            return
        different = sorted(
            key for key in {*there, *identity} if replaces or there.get(key) != identity.get(key)
        )
        kept = self._taking_over(there, identity) if there else None
        if there and not overwrite and kept is None:
            raise RunDirectoryError(
                f"{run.path}: holds another {kind.name} (different: {', '.join(different)}); "
                f"{self._choose}, or add --overwrite",
                path=run.path,
            )
        # The identity comes last: killed in between, this is still the run that was there, and
        # what is gone of it is made again.
        stay: Sequence[str] = ()
        if there:
            if kept is None or overwrite:
                kept = kind.still_valid(different)
            stay = (*IDENTITY_FILES, *kept)
        if foreign := remove_ours(run.path, kind.files, stay=stay):
            self._note(
                f"{run.path}: left as they are, not of this {kind.name}: {', '.join(foreign)}"
            )
        run.write_json(IDENTITY, identity)

    def _there(self, overwrite: bool) -> dict[str, Any]:
        """The identity of the run that is there; empty where there is none."""
        path = self._run.path / IDENTITY
        if not path.exists():
            return {}
        try:
            there: dict[str, Any] = self._run.read_json(IDENTITY)
        except RunDirectoryError as error:
            if overwrite:
                return {}
            raise DamagedFileError(
                f"{path}: damaged, or of an earlier version without checksums; {self._choose}, "
                f"or add --overwrite",
                path=path,
            ) from error
        return there
