"""Run a command that nobody has read, with limits on everything it can use up."""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import select
import shutil
import signal
import stat
import subprocess
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PATH = "/usr/local/bin:/usr/bin:/bin"
# A user of its own for each command, so that its processes can be counted; below 2^31.
_FIRST_USER = 1_900_000_000
_users = itertools.count()
# For an interpreter that lies where only root may look.
_READ_ALL = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
# A shell as first process of the namespace: that one ignores most signals, the command must not.
_FIRST_PROCESS = ("/bin/sh", "-c", '"$@"; exit $?', "sh")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a command may use.

    Attributes:
        seconds: of wall-clock time, for all of its processes together.
        cpu_seconds: of processor time, for each process.
        memory_bytes: of address space, for each process; None for run times that reserve more
            than they use and have a limit of their own.
        file_bytes: of each file that is written; standard output and error are files.
        processes: processes and threads at one time.
    """

    seconds: float = 10.0
    cpu_seconds: int = 10
    memory_bytes: int | None = 1 << 30
    file_bytes: int = 16 << 20
    processes: int = 64


class Stop(StrEnum):
    """Which limit ended a command."""

    TIME = "time"
    CPU = "cpu"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Completed:
    """How a command ended.

    Attributes:
        status: exit status; 128 + n where signal n ended it, as in a shell.
        stdout: what it printed, cut at the limit.
        stderr: the same for standard error.
        stopped: the limit that was hit, or None. A lack of memory shows in the status only: what
            a command makes of it is its own affair.
        files: regular files that it made or changed in its directory, by name.
    """

    status: int
    stdout: bytes
    stderr: bytes
    stopped: Stop | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def crashed(self) -> bool:
        """Whether a signal ended it."""
        return self.status > 128


@dataclass(frozen=True, slots=True)
class Isolation:
    """What this system lets us take away from a command.

    Attributes:
        namespaces: it has no network and no process survives it. Root needs the right to make
            namespaces for that, anyone else unprivileged user namespaces; many containers forbid
            both. Then the command can reach the network, and a process that leaves its process
            group lives on.
        own_user: it runs as a user of its own, which only root can arrange. Without it and
            without namespaces, ``Limits.processes`` counts all processes of the user.
    """

    namespaces: bool
    own_user: bool


@cache
def isolation() -> Isolation:
    """What is available here; found by trying, once.

    Raises:
        MissingDependencyError: this is no Linux, or the tools of util-linux are missing.
    """
    for tool in ("prlimit", "setpriv", "unshare"):
        if shutil.which(tool, path=_PATH) is None:
            raise MissingDependencyError(
                f"running programs needs Linux and {tool}: apt-get install util-linux"
            )
    own_user = os.geteuid() == 0
    wanted = Isolation(namespaces=True, own_user=own_user)
    return wanted if _works(wanted) else Isolation(namespaces=False, own_user=own_user)


def _works(wanted: Isolation) -> bool:
    with box() as (directory, user):
        command = confined(["true"], Limits(), user, wanted)
        done = subprocess.run(command, cwd=directory, capture_output=True, check=False)
    return done.returncode == 0


@contextlib.contextmanager
def box() -> Iterator[tuple[Path, int | None]]:
    """An empty directory for one command, and the user who is to own it (None: ourselves)."""
    with tempfile.TemporaryDirectory(prefix="metacompress-", ignore_cleanup_errors=True) as name:
        user = None
        if os.geteuid() == 0:
            # The process id keeps concurrent studies apart.
            user = _FIRST_USER + (os.getpid() % 65536) * 2048 + next(_users) % 2048
            os.chown(name, user, user)
        yield Path(name), user


def confined(
    command: Sequence[str], limits: Limits, user: int | None, available: Isolation | None = None
) -> list[str]:
    """The command line that runs ``command`` with everything taken away but wall-clock time."""
    available = available or isolation()
    wrapped: list[str] = []
    if available.namespaces:
        # Root makes them as it is; anyone else becomes the root of a new user namespace first.
        become = [] if user is not None else ["--map-root-user"]
        wrapped += ["unshare", *become, "--net", "--pid", "--fork", "--kill-child", "--"]
    if user is not None:
        wrapped += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        wrapped += [] if _is_public(command[0]) else _READ_ALL
        wrapped.append("--")
    wrapped += [
        "prlimit",
        "--core=0",
        f"--cpu={limits.cpu_seconds}:{limits.cpu_seconds + 1}",
        f"--fsize={limits.file_bytes}",
        f"--nproc={limits.processes}",
    ]
    if limits.memory_bytes is not None:
        wrapped.append(f"--as={limits.memory_bytes}")
    return [*wrapped, "--", *_FIRST_PROCESS, *command]


def _is_public(program: str) -> bool:
    found = shutil.which(program, path=_PATH)
    if found is None:
        return True
    path = Path(found).resolve()
    return all(part.stat().st_mode & stat.S_IXOTH for part in (path, *path.parents))


def environment(directory: Path) -> dict[str, str]:
    """All that a command sees of its surroundings."""
    return {
        "PATH": _PATH,
        "LC_ALL": "C.UTF-8",
        "HOME": str(directory),
        "TMPDIR": str(directory),
    }


def run(
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    files: Mapping[str, bytes] | None = None,
    limits: Limits | None = None,
    variables: Mapping[str, str] | None = None,
) -> Completed:
    """Run ``command`` in a new directory, which is its working directory and gone afterwards.

    Args:
        command: program and arguments.
        stdin: what it reads.
        files: put into its directory beforehand.
        limits: see Limits.
        variables: of the environment, beside PATH and the like; nothing of ours is passed on.

    Raises:
        MissingDependencyError: see ``isolation``.
    """
    limits = limits or Limits()
    with box() as (directory, user), tempfile.TemporaryFile() as reads:
        reads.write(stdin)
        reads.seek(0)
        for name, content in (files or {}).items():
            path = directory / name
            path.write_bytes(content)
            if user is not None:
                os.chown(path, user, user)
        before = _stamps(directory)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                confined(command, limits, user),
                cwd=directory,
                env=environment(directory) | dict(variables or {}),
                stdin=reads,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            in_time = ended_within(process, limits.seconds)
            kill(process)
            status = process.wait()
            printed, complained = (_read(stream, limits.file_bytes) for stream in (out, err))
        made = {
            name: (directory / name).read_bytes()
            for name, stamp in _stamps(directory).items()
            if before.get(name) != stamp
        }
    stopped = None
    if not in_time:
        stopped = Stop.TIME
    elif max(len(printed), len(complained)) >= limits.file_bytes or status == 128 + signal.SIGXFSZ:
        stopped = Stop.OUTPUT
    elif status == 128 + signal.SIGXCPU:
        stopped = Stop.CPU
    return Completed(128 - status if status < 0 else status, printed, complained, stopped, made)


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for a process; False where it still runs after that time."""
    descriptor = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(math.ceil(seconds * 1000)))
    finally:
        os.close(descriptor)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all of its group; with namespaces, all that it ever started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _stamps(directory: Path) -> dict[str, tuple[int, int]]:
    stamps = {}
    for entry in os.scandir(directory):
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(status.st_mode):
            stamps[entry.name] = (status.st_mtime_ns, status.st_size)
    return stamps


def _read(stream: object, most: int) -> bytes:
    stream.seek(0)  # type: ignore[attr-defined]
    return stream.read(most)  # type: ignore[attr-defined,no-any-return]
