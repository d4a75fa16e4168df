"""A Java virtual machine, confined, that compiles and runs many programs."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shutil
import struct
import subprocess
import time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import MetaCompressError, MissingDependencyError
from metacompress.execution import sandbox
from metacompress.execution.isolation import workshop
from metacompress.execution.sandbox import Completed, Limits, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DRIVER = "JavaDriver"
_OPTIONS = (
    "-Xmx768m",
    "-Xss16m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    # To see which programs left something to run at the machine's end.
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
)
# A virtual machine reserves much more memory than it uses, and lives longer than one program.
_MACHINE = Limits(cpu_seconds=3600, memory_bytes=None, processes=256)
_STARTING = 20.0
_LONGEST = 64 << 20
_COMPILING = 60.0
_ENDED, _EXITING, _TOO_MUCH_OUTPUT = range(3)


class JavaBuild(NamedTuple):
    """What javac makes of a program.

    Attributes:
        errors: "code: arguments" of each, such as "compiler.err.illegal.char: #".
        classes: name to class file; empty where there are errors.
    """

    errors: tuple[str, ...]
    classes: Mapping[str, bytes]


class _GoneError(Exception):
    """The virtual machine ended or does not answer."""


class JavaMachine:
    """One virtual machine, started when it is needed and again after it ended."""

    def __init__(self) -> None:
        self._machine: sandbox.Confined | None = None
        # Whether there may be any in its directory.
        self._has_files = False
        self._resources = contextlib.ExitStack()
        self._requests = self._replies = -1
        self._deadline = 0.0

    def compile(self, source: str) -> JavaBuild:
        """Compile one compilation unit; a public class in it may have any name."""
        request = b"C" + _block(source.encode(errors="replace"))
        for _ in range(2):  # the first may have met the end of the machine's own limits
            try:
                self._ask(request, _STARTING + _COMPILING)
                errors = tuple(self._text() for _ in range(self._integer()))
                classes = {self._text(): self._bytes() for _ in range(self._integer())}
            except _GoneError:
                self.close()
            else:
                return JavaBuild(errors, classes)
        return JavaBuild(("compiler.err.failed",), {})

    def run(
        self,
        classes: Mapping[str, bytes],
        stdin: bytes = b"",
        files: Mapping[str, bytes] | None = None,
        limits: Limits | None = None,
    ) -> Completed:
        """Run the first class that has a main method.

        Of the limits, seconds and file_bytes are kept here; the virtual machine has a limit of
        its own on memory and on threads.
        """
        limits = limits or Limits()
        request = b"R" + struct.pack(">i", len(classes))
        request += b"".join(_block(name.encode()) + _block(code) for name, code in classes.items())
        request += _block(stdin) + struct.pack(">i", limits.file_bytes)
        machine = self._start()
        if files or self._has_files:
            machine.refill(files or {})
        status, printed, stopped, last = 1, b"", None, True
        self._has_files = True
        try:
            self._ask(request, limits.seconds)
            kind = self._read(1)[0]
            status, last = self._integer(), self._read(1)[0] == 1
            self._has_files = self._read(1)[0] == 1
            printed = self._bytes(limits.file_bytes)
            if kind == _EXITING:
                status = self._wait()
            elif kind == _TOO_MUCH_OUTPUT:
                stopped = Stop.OUTPUT
        except _GoneError:
            if time.monotonic() >= self._deadline:
                stopped = Stop.TIME
            else:
                status = self._wait()  # halted without a last word
        made = machine.collect() if self._has_files else {}
        if last:
            self.close()
        return Completed(status, printed, b"", stopped, made)

    def close(self) -> None:
        """End the virtual machine."""
        self._machine = None
        self._has_files = False
        self._resources.close()

    def _start(self) -> sandbox.Confined:
        if self._machine is not None and self._machine.ended(0) is None:
            return self._machine
        self.close()
        classes = _driver_classes()
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        for descriptor in (self._requests, self._replies):
            self._resources.callback(os.close, descriptor)
        nothing = os.open(os.devnull, os.O_RDWR)
        theirs = (nothing, nothing, nothing, their_requests, their_replies)
        command = ["java", *_OPTIONS, "-cp", str(classes), _DRIVER, "/dev/fd/3", "/dev/fd/4"]
        try:
            self._machine = sandbox.Confined(
                command, theirs, limits=_MACHINE, timed=False, collected=False
            )
        finally:
            for descriptor in set(theirs):
                os.close(descriptor)
        self._resources.callback(self._machine.close)
        return self._machine

    def _ask(self, request: bytes, seconds: float) -> None:
        self._start()
        self._deadline = time.monotonic() + seconds
        try:
            remaining = memoryview(request)
            while remaining:
                remaining = remaining[os.write(self._requests, remaining) :]
        except BrokenPipeError:
            raise _GoneError from None

    def _read(self, count: int) -> bytes:
        pieces = []
        while count:
            poll = select.poll()
            poll.register(self._replies, select.POLLIN)
            left = self._deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _GoneError
            piece = os.read(self._replies, min(count, 1 << 20))
            if not piece:
                raise _GoneError
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def _integer(self) -> int:
        value: int = struct.unpack(">i", self._read(4))[0]
        return value

    def _bytes(self, most: int = _LONGEST) -> bytes:
        count = self._integer()
        # A hostile program shares the machine with what answers us.
        if not 0 <= count <= most:
            raise _GoneError
        return self._read(count)

    def _text(self) -> str:
        return self._bytes().decode(errors="replace")

    def _wait(self) -> int:
        end = None if self._machine is None else self._machine.ended(_STARTING)
        return 1 if end is None else int(end.header["status"])


@cache
def java_compiler() -> JavaMachine:
    """The virtual machine that compiles."""
    return _machine()


@cache
def java_runner() -> JavaMachine:
    """The virtual machine that runs programs: one that exits must not take the compiler along."""
    return _machine()


def _machine() -> JavaMachine:
    machine = JavaMachine()
    atexit.register(machine.close)
    return machine


@cache
def _driver_classes() -> Path:
    for tool in ("java", "javac"):
        if shutil.which(tool) is None:
            raise MissingDependencyError(
                f"{tool} is not installed; compiling Java needs a JDK: "
                "apt-get install default-jdk-headless",
                package=tool,
            )
    folder = workshop() / "java"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    driver = folder / f"{_DRIVER}.java"
    driver.write_bytes((resources.files(__package__) / driver.name).read_bytes())
    command = ["javac", "-nowarn", "-d", str(folder), str(driver)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MetaCompressError(
            f"javac cannot compile {driver.name}, which needs Java 11 or newer: "
            f"{done.stderr.strip().splitlines()[:1]}"
        )
    return folder


def _block(content: bytes) -> bytes:
    return struct.pack(">i", len(content)) + content
