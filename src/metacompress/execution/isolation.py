"""What this system lets us take away from a command, and the process that does so."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.errors import MetaCompressError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CODE = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from metacompress.execution.supervisor import main; main(sys.argv[2:])"
)
# Users of their own are taken from here where the system has them, below 2^31.
_FIRST_USER, _USERS = 1_900_000_000, 65536 * 2048


@dataclass(frozen=True, slots=True)
class Isolation:
    """The protections that are in force for every command.

    Whatever the system, a command has no capabilities, no way to new rights, limits on what each
    of its processes uses, and an empty environment.

    Attributes:
        network: it reaches no network, the local one included.
        processes: the system ends all that it starts with it, whatever happens to us.
        files: home directories, temporary files and the sockets of services are hidden from it.
        read_only: it can write nowhere but in its own directory.
        disk: all that it writes is limited together, by the file system.
        listing: it does not see the processes outside.
        own_user: it runs as a user of its own, who owns nothing.
    """

    network: bool = False
    processes: bool = False
    files: bool = False
    read_only: bool = False
    disk: bool = False
    listing: bool = False
    own_user: bool = False

    @property
    def unprotected(self) -> tuple[str, ...]:
        """A sentence for each protection that is missing."""
        said = {
            "network": "programs can reach the network",
            "processes": "a process of a program outlives a killed study (it ends otherwise)",
            "files": "programs can read temporary files and sockets of others",
            "read_only": "programs can write wherever their user may",
            "disk": "disk use is checked every 50 ms only",
            "listing": "programs can see what processes there are",
            "own_user": "" if self.files else "programs can read the files of this user",
        }
        return tuple(text for name, text in said.items() if text and not getattr(self, name))


class Server:
    """The process that forks the supervisors of commands.

    Args:
        namespaces: whether it is to use namespaces.
    """

    def __init__(self, *, namespaces: bool = True) -> None:
        self._lock = threading.Lock()
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.own_user = _own_users() is not None
        settings = {
            "namespaces": namespaces,
            "expose": _exposed(),
            "home": _home(),
            "temporary": tempfile.gettempdir(),
            "own_user": self.own_user,
        }
        package = str(Path(__file__).resolve().parents[2])
        command = [sys.executable, "-I", "-S", "-c", _CODE, package]
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno()), json.dumps(settings)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
            )
        first = _greeting(self._requests)
        if first is None:
            self.close()
            raise MetaCompressError(
                f"the sandbox does not start: {sys.executable} ended with status "
                f"{self._process.returncode}; running programs needs Linux 5.3 or newer"
            )
        self.isolation = Isolation(**first)

    def connect(self) -> socket.socket:
        """A channel to a new supervisor.

        Raises:
            OSError: the server is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._requests, [b"+"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def close(self) -> None:
        """End it; supervisors end with their channels."""
        self._requests.close()
        self._process.wait()


def _greeting(requests: socket.socket) -> Mapping[str, Any] | None:
    # A message of one packet: the server's first and last word on this socket.
    text = requests.recv(1 << 16)
    return json.loads(text) if text else None


@cache
def server() -> Server:
    """The server of this process.

    Raises:
        MissingDependencyError: this is not Linux.
        MetaCompressError: it does not start.
    """
    if not sys.platform.startswith("linux"):
        raise MissingDependencyError(
            f"running programs needs Linux, this is {sys.platform}: use validity bindings",
            package="Linux",
        )
    made = Server()
    atexit.register(made.close)
    if made.isolation.unprotected:
        missing = "; ".join(made.isolation.unprotected)
        warnings.warn(f"the sandbox is incomplete here: {missing}", RuntimeWarning, stacklevel=2)
    return made


def isolation() -> Isolation:
    """What is in force here; found by trying, once.

    Raises:
        MissingDependencyError: this is not Linux.
    """
    return server().isolation


def isolation_in_use() -> Isolation | None:
    """What was in force for the commands that this process has run; None if it has run none."""
    return server().isolation if server.cache_info().currsize else None


def own_user(number: int) -> int | None:
    """A user for the command of this number; None where there are none but ourselves.

    The process id keeps concurrent studies apart.
    """
    users = _own_users()
    if users is None:
        return None
    first, count = users
    return first + ((os.getpid() % 65536) * 2048 + number % 2048) % count


@cache
def _own_users() -> tuple[int, int] | None:
    """The first of a range of users that nobody is, and their number."""
    if os.geteuid() != 0:
        return None
    best: tuple[int, int] | None = None
    for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines():
        first, _, count = (int(field) for field in line.split())
        if first <= _FIRST_USER and first + count >= _FIRST_USER + _USERS:
            return _FIRST_USER, _USERS
        if count > 4096:
            # In a container of its own users: the last ones, where the fewest belong to someone.
            best = (first + count - 2048 - 2, 2048)
    return best


def _home() -> str:
    """The home directory of this user, or ``/nonexistent``."""
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(os.getuid()).pw_dir
    return "/nonexistent"


@cache
def workshop() -> Path:
    """A directory that every command can read and that goes when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="metacompress-workshop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    return folder


def _exposed() -> Sequence[str]:
    return [sys.base_prefix, sys.base_exec_prefix, str(workshop())]
