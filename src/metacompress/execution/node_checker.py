"""A process of node, confined, that checks the syntax of many programs."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import struct
import time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from metacompress.execution import sandbox
from metacompress.execution.isolation import workshop
from metacompress.execution.sandbox import Limits

if TYPE_CHECKING:
    from pathlib import Path

_DRIVER = "NodeDriver.js"
# Modules can be parsed without being run by what node still calls experimental.
_OPTIONS = ("--experimental-vm-modules", "--no-warnings", "--max-old-space-size=512")
_LIMITS = Limits(cpu_seconds=3600, memory_bytes=None)
_PATIENCE = 60.0
_LONGEST = 1 << 20


class _GoneError(Exception):
    """The process ended or does not answer."""


class NodeChecker:
    """One process, started when it is needed and again after it ended."""

    def __init__(self) -> None:
        self._process: sandbox.Confined | None = None
        self._resources = contextlib.ExitStack()
        self._requests = self._replies = -1

    def complaint(self, text: str, *, is_module: bool) -> str:
        """What node says against the syntax of a program; empty where it says nothing."""
        request = json.dumps({"module": is_module, "text": text}).encode()
        for _ in range(2):  # the first may have met the end of the process's own limits
            try:
                reply: str = json.loads(self._ask(request))
            except _GoneError:
                self.close()
            else:
                return reply
        return "node failed"

    def close(self) -> None:
        """End the process."""
        self._process = None
        self._resources.close()

    def _start(self) -> None:
        if self._process is not None and self._process.ended(0) is None:
            return
        self.close()
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        for descriptor in (self._requests, self._replies):
            self._resources.callback(os.close, descriptor)
        nothing = os.open(os.devnull, os.O_RDWR)
        theirs = (nothing, nothing, nothing, their_requests, their_replies)
        command = ["node", *_OPTIONS, str(_driver()), "/dev/fd/3", "/dev/fd/4"]
        try:
            self._process = sandbox.Confined(
                command, theirs, limits=_LIMITS, timed=False, collected=False
            )
        finally:
            for descriptor in set(theirs):
                os.close(descriptor)
        self._resources.callback(self._process.close)

    def _ask(self, request: bytes) -> bytes:
        self._start()
        deadline = time.monotonic() + _PATIENCE
        remaining = memoryview(struct.pack(">i", len(request)) + request)
        try:
            while remaining:
                remaining = remaining[os.write(self._requests, remaining) :]
        except BrokenPipeError:
            raise _GoneError from None
        (length,) = struct.unpack(">i", self._read(4, deadline))
        if not 0 <= length <= _LONGEST:
            raise _GoneError
        return self._read(length, deadline)

    def _read(self, count: int, deadline: float) -> bytes:
        pieces = []
        while count:
            poll = select.poll()
            poll.register(self._replies, select.POLLIN)
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _GoneError
            piece = os.read(self._replies, count)
            if not piece:
                raise _GoneError
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)


@cache
def node_checker() -> NodeChecker:
    """The process that checks."""
    checker = NodeChecker()
    atexit.register(checker.close)
    return checker


@cache
def _driver() -> Path:
    driver = workshop() / _DRIVER
    driver.write_bytes((resources.files(__package__) / _DRIVER).read_bytes())
    driver.chmod(0o644)
    return driver
