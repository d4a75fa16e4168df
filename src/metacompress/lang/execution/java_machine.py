"""A Java virtual machine, confined, that compiles and runs many programs."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shutil
import struct
import subprocess
import tempfile
import time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import MetaCompressError, MissingDependencyError
from metacompress.lang.execution import sandbox
from metacompress.lang.execution.sandbox import Completed, Limits, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

_DRIVER = "JavaDriver"
_OPTIONS = (
    "-Xmx768m",
    "-Xss16m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Dfile.encoding=UTF-8",
)
# A virtual machine reserves much more memory than it uses, and lives longer than one program.
_MACHINE = Limits(cpu_seconds=3600, memory_bytes=None, processes=256)
_STARTING = 20.0
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
        self._process: subprocess.Popen[bytes] | None = None
        self._resources = contextlib.ExitStack()
        self._directory = Path()
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
        self._start()
        self._fill(files or {})
        status, printed, stopped, last = 1, b"", None, True
        try:
            self._ask(request, limits.seconds)
            kind = self._read(1)[0]
            status, last = self._integer(), self._read(1)[0] == 1
            printed = self._bytes()
            if kind == _EXITING:
                status = self._wait()
            elif kind == _TOO_MUCH_OUTPUT:
                stopped = Stop.OUTPUT
        except _GoneError:
            if time.monotonic() >= self._deadline:
                stopped = Stop.TIME
            else:
                status = self._wait()  # halted without a last word
        made = {
            entry.name: entry.read_bytes()
            for entry in self._directory.iterdir()
            if entry.is_file() and not entry.is_symlink() and entry.name not in (files or {})
        }
        if last:
            self.close()
        return Completed(status, printed, b"", stopped, made)

    def close(self) -> None:
        """End the virtual machine."""
        if self._process is not None:
            sandbox.kill(self._process)
            self._process.wait()
            self._process = None
        self._resources.close()

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        classes = _driver_classes()
        self._directory, user = self._resources.enter_context(sandbox.box())
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        for descriptor in (self._requests, self._replies):
            self._resources.callback(os.close, descriptor)
        pipes = (their_requests, their_replies)
        command = ["java", *_OPTIONS, "-cp", str(classes), _DRIVER]
        command += [f"/dev/fd/{descriptor}" for descriptor in pipes]
        # Opened by path, a pipe of ours must belong to the user whom the command runs as.
        for descriptor in pipes:
            if user is not None:
                os.fchown(descriptor, user, user)
        self._process = subprocess.Popen(
            sandbox.confined(command, _MACHINE, user),
            cwd=self._directory,
            env=sandbox.environment(self._directory),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=pipes,
            start_new_session=True,
        )
        for descriptor in pipes:
            os.close(descriptor)

    def _fill(self, files: Mapping[str, bytes]) -> None:
        for entry in self._directory.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        for name, content in files.items():
            path = self._directory / name
            path.write_bytes(content)
            path.chmod(0o666)

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

    def _bytes(self) -> bytes:
        return self._read(self._integer())

    def _text(self) -> str:
        return self._bytes().decode()

    def _wait(self) -> int:
        assert self._process is not None
        if not sandbox.ended_within(self._process, _STARTING):
            return 1
        return self._process.wait()


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
                "apt-get install default-jdk-headless"
            )
    folder = Path(tempfile.mkdtemp(prefix="metacompress-java-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
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
