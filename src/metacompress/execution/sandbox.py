"""Run a command that nobody has read, with limits on everything it can use up."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from signal import Signals
from typing import TYPE_CHECKING, Any

from metacompress.errors import MetaCompressError
from metacompress.execution import channel
from metacompress.execution.channel import Message
from metacompress.execution.isolation import own_user, server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PATH = "/usr/local/bin:/usr/bin:/bin"
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a command may use.

    Attributes:
        seconds: of wall-clock time, for all of its processes together.
        cpu_seconds: of processor time, for each process.
        memory_bytes: of address space, for each process; None for run times that reserve more
            than they use and have a limit of their own.
        file_bytes: of each file that is written; standard output and error are files.
        disk_bytes: of all files together, beside standard output and error.
        processes: processes and threads at one time.
    """

    seconds: float = 10.0
    cpu_seconds: int = 10
    memory_bytes: int | None = 1 << 30
    file_bytes: int = 16 << 20
    processes: int = 64
    disk_bytes: int = 64 << 20


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


class Confined:
    """A command that runs in the sandbox, with a directory of its own that goes with it.

    Args:
        command: program and arguments.
        descriptors: what is to be open in it, from standard input on.
        files: put into its directory beforehand.
        limits: see Limits; ``seconds`` only where ``timed``.
        variables: of the environment, beside PATH and the like; nothing of ours is passed on.
        timed: whether it ends after ``limits.seconds``.
        collected: whether the files of its directory come with its end.

    Raises:
        MissingDependencyError: this is not Linux.
    """

    def __init__(
        self,
        command: Sequence[str],
        descriptors: Sequence[int],
        *,
        files: Mapping[str, bytes] | None = None,
        limits: Limits,
        variables: Mapping[str, str] | None = None,
        timed: bool,
        collected: bool,
    ) -> None:
        names, blobs = channel.named(list((files or {}).items()))
        header = {
            "command": list(command),
            "limits": asdict(limits),
            "seconds": limits.seconds if timed else None,
            "user": own_user(next(_numbers)),
            "variables": {"PATH": _PATH, "LC_ALL": "C.UTF-8"} | dict(variables or {}),
            "names": names,
            "collect": collected,
        }
        self._end: Message | None = None
        try:
            self._channel = server().connect()
        except OSError:
            server.cache_clear()  # somebody has ended it
            self._channel = server().connect()
        self._send(Message(header, blobs, tuple(descriptors)))

    def ended(self, seconds: float | None = None) -> Message | None:
        """Wait for its end; None where it still runs after so many seconds.

        Raises:
            MetaCompressError: it could not be started.
        """
        if self._end is None:
            self._channel.settimeout(seconds)
            try:
                self._channel.recv(1, socket.MSG_PEEK)
            except (TimeoutError, BlockingIOError):
                return None
            finally:
                self._channel.settimeout(None)
            self._receive("ended")
        return self._end

    def refill(self, files: Mapping[str, bytes]) -> None:
        """Empty its directory and put these files there."""
        names, blobs = channel.named(list(files.items()))
        self._send(Message({"ask": "fill", "names": names}, blobs))
        self._receive("filled")

    def collect(self) -> dict[str, bytes]:
        """Regular files that were made or changed since the last filling."""
        self._send(Message({"ask": "collect"}))
        return files_of(self._receive("collected"))

    def close(self) -> None:
        """End it and all that it has started."""
        self._channel.close()

    def _send(self, message: Message) -> None:
        try:
            channel.send(self._channel, message)
        except OSError as error:
            raise MetaCompressError(f"the sandbox has ended unexpectedly ({error})") from None

    def _receive(self, event: str) -> Message:
        while True:
            message = channel.receive(self._channel)
            if message is None:
                raise MetaCompressError("the sandbox has ended unexpectedly; was it killed?")
            if message.header["event"] == "failed":
                raise MetaCompressError(f"the sandbox does not work: {message.header['why']}")
            if message.header["event"] == "ended":
                self._end = message
            if message.header["event"] == event:
                return message


def files_of(message: Message) -> dict[str, bytes]:
    """The files that came with a message, by name."""
    return dict(zip(message.header["names"], message.blobs, strict=True))


def run(
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    files: Mapping[str, bytes] | None = None,
    limits: Limits | None = None,
    variables: Mapping[str, str] | None = None,
) -> Completed:
    """Run ``command`` in a new directory, which is its working directory and gone afterwards.

    Whatever interrupts this takes the command with it.

    Args:
        command: program and arguments.
        stdin: what it reads.
        files: put into its directory beforehand.
        limits: see Limits.
        variables: of the environment, beside PATH and the like; nothing of ours is passed on.

    Raises:
        MissingDependencyError: this is not Linux.
    """
    limits = limits or Limits()
    with contextlib.ExitStack() as stack:
        streams = []
        for name in ("stdin", "stdout", "stderr"):
            streams.append(os.memfd_create(name))
            stack.callback(os.close, streams[-1])
        _write(streams[0], stdin)
        confined = Confined(
            command,
            streams,
            files=files,
            limits=limits,
            variables=variables,
            timed=True,
            collected=True,
        )
        stack.callback(confined.close)
        end = confined.ended()
        assert end is not None
        printed, complained = (_read(stream, limits.file_bytes) for stream in streams[1:])
    status: int = end.header["status"]
    stopped = _stop(end.header, status)
    if stopped is None and max(len(printed), len(complained)) >= limits.file_bytes:
        stopped = Stop.OUTPUT
    return Completed(status, printed, complained, stopped, files_of(end))


def _stop(header: Mapping[str, Any], status: int) -> Stop | None:
    if header["stopped"] is not None:
        return Stop(header["stopped"])
    if header["cut"] or status == 128 + Signals.SIGXFSZ:
        return Stop.OUTPUT
    return Stop.CPU if status == 128 + Signals.SIGXCPU else None


def _write(stream: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(stream, left) :]
    os.lseek(stream, 0, os.SEEK_SET)


def _read(stream: int, most: int) -> bytes:
    return os.pread(stream, most, 0)
