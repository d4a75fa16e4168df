"""Imports what programs need once, and forks a child for each: SERVER ADDRESS PROGRAM.

A request is its length, then JSON; with its first bytes come the descriptors that the child gets.
The answer is one byte: the exit status, or 128 and the signal that killed the child. Each byte that
the client sends meanwhile is a signal for the child. If the client is killed, so is the child.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

_LIBRARIES = (
    "accelerate", "matplotlib.pyplot", "pyarrow.parquet", "scipy.stats", "torch", "torch.onnx",
    "transformers.models.auto.modeling_auto", "transformers.models.bert.modeling_bert",
    "transformers.models.roberta.modeling_roberta",
)  # fmt: skip
# Programs, what needs a library of its own, and data. Nothing that starts a thread may be loaded,
# as onnxruntime does: a fork has none of them.
_LEFT_ALONE = ("__main__", "pytest_plugin", "actors", "problems")


def _load() -> None:
    for name in _LIBRARIES:
        importlib.import_module(name)
    package = importlib.import_module("metacompress")
    for found in pkgutil.walk_packages(package.__path__, "metacompress."):
        if not any(part in _LEFT_ALONE for part in found.name.split(".")):
            importlib.import_module(found.name)


def _serve(address: str, program: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        if sys.stdin in select.select([sys.stdin, listener], [], [])[0]:
            return
        # Those that have ended; their time counts as that of the tests.
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        connection, _ = listener.accept()
        length, given, _, _ = socket.recv_fds(connection, 8, 256)
        if os.fork() == 0:
            listener.close()
            _watch(connection, int.from_bytes(length), given, program)
        connection.close()
        for number in given:
            os.close(number)


def _watch(connection: socket.socket, length: int, given: list[int], program: str) -> None:
    """Be the process between a client and its child."""
    content = b""
    while len(content) < length:
        content += connection.recv(length - len(content))
    request = json.loads(content)
    child = os.fork()
    if child == 0:
        connection.close()
        _become(request, given, program)
    os.closerange(0, 3)
    for number in given:
        os.close(number)

    def listen() -> None:
        with suppress(ProcessLookupError, ConnectionError):
            while caught := connection.recv(1):
                os.kill(child, caught[0])
            os.kill(child, signal.SIGKILL)

    threading.Thread(target=listen, daemon=True).start()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    with suppress(ConnectionError):
        connection.send(bytes([code if code >= 0 else 128 - code]))
    os._exit(0)


def _become(request: dict[str, Any], given: list[int], program: str) -> None:
    """Be the program that a client asked for."""
    # Out of the way of the numbers that they get.
    free = max(*request["descriptors"], *given) + 1
    for number, wanted in zip(given, request["descriptors"], strict=True):
        os.dup2(number, free + wanted)
        os.close(number)
    for wanted in request["descriptors"]:
        os.dup2(free + wanted, wanted)
        os.close(free + wanted)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.executable = program
    sys.path[:] = _paths(request)
    importlib.invalidate_caches()
    status = 1
    try:
        _run([word for word in request["words"] if word != "-P"])
        status = 0
    except SystemExit as end:
        status = _status(end)
    except BaseException:  # noqa: BLE001 - as at the end of any program
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)


def _paths(request: dict[str, Any]) -> list[str]:
    """The search path that a new Python would have; its own is behind PYTHONPATH."""
    kind, *_ = request["words"]
    match kind:
        case "-P":
            first = []
        case "-c":
            first = [""]
        case "-m":
            first = [request["directory"]]
        case file:
            first = [str(Path(request["directory"], file).parent)]
    given = [one for one in request["environment"].get("PYTHONPATH", "").split(os.pathsep) if one]
    return [*first, *given, *(one for one in _INSTALLED if one not in given)]


def _installed() -> list[str]:
    """What a new Python finds without PYTHONPATH, behind its own directory."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.path[1:]))"]
    found: list[str] = json.loads(subprocess.check_output(command, env=environment))
    return found


def _run(words: list[str]) -> None:
    match words:
        case ["-m", name, *rest]:
            sys.argv = [name, *rest]
            runpy.run_module(name, run_name="__main__", alter_sys=True)
        case ["-c", code, *rest]:
            sys.argv = ["-c", *rest]
            main = sys.modules["__main__"] = ModuleType("__main__")
            exec(compile(code, "<string>", "exec"), main.__dict__)
        case [file, *rest]:
            sys.argv = [file, *rest]
            runpy.run_path(file, run_name="__main__")


def _status(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return (end.code or 0) & 0xFF
    sys.stderr.write(f"{end.code}\n")
    return 1


if __name__ == "__main__":
    _INSTALLED = _installed()
    _load()
    # What all share stays shared.
    gc.collect()
    gc.freeze()
    tasks = Path("/proc/self/task")
    assert not tasks.exists() or len(list(tasks.iterdir())) == 1, "a library started a thread"
    _serve(*sys.argv[1:])
