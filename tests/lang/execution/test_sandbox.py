from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest

from metacompress.lang.execution import sandbox
from metacompress.lang.execution.sandbox import Limits, Stop, isolation, run

PYTHON = getattr(sys, "_base_executable", sys.executable)


def test_a_command_reads_and_writes_in_a_directory_of_its_own() -> None:
    done = run(["sh", "-c", "cat a - > b; echo said; exit 3"], stdin=b"in", files={"a": b"file "})
    assert (done.status, done.stdout, done.stopped) == (3, b"said\n", None)
    assert done.files == {"b": b"file in"}
    assert not done.crashed


def test_signals_show_in_the_status() -> None:
    assert run(["sh", "-c", "kill -ABRT $$"]).status == 134
    assert run(["sh", "-c", "kill -SEGV $$"]).crashed


def test_nothing_of_our_environment_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_OURS", "1")
    seen = run(["env"], variables={"MORE": "2"}).stdout.decode().split()
    assert {line.split("=")[0] for line in seen} <= {
        *("PATH", "LC_ALL", "HOME", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_", "MORE")
    }
    assert "MORE=2" in seen


def test_sleeping_is_cut_short() -> None:
    start = time.monotonic()
    done = run(["sh", "-c", "sleep 60 & sleep 60"], limits=Limits(seconds=0.5))
    assert done.stopped is Stop.TIME
    assert time.monotonic() - start < 5


def test_busy_work_is_cut_short() -> None:
    done = run(["sh", "-c", "while :; do :; done"], limits=Limits(seconds=60, cpu_seconds=1))
    assert done.stopped is Stop.CPU


def test_endless_output_is_cut_short() -> None:
    done = run(["sh", "-c", "yes; :"], limits=Limits(file_bytes=50_000))
    assert done.stopped is Stop.OUTPUT
    assert len(done.stdout) == 50_000


def test_a_large_file_is_cut_short() -> None:
    done = run(["dd", "if=/dev/zero", "of=big", "bs=1000"], limits=Limits(file_bytes=50_000))
    assert done.stopped is Stop.OUTPUT
    assert len(done.files["big"]) == 50_000


def test_memory_is_limited() -> None:
    code = "data = bytearray(600_000_000)"
    assert run([PYTHON, "-c", code], limits=Limits(memory_bytes=1 << 30)).status == 0
    done = run([PYTHON, "-c", code], limits=Limits(memory_bytes=500_000_000))
    assert done.status == 1
    assert b"MemoryError" in done.stderr


FORK_BOMB = """
import os, time
made = 0
while True:
    try:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        made += 1
    except OSError:
        break
print(made)
"""


@pytest.mark.skipif(
    not (isolation().namespaces or isolation().own_user),
    reason="processes are counted by user here",
)
def test_a_fork_bomb_stays_small_and_leaves_nothing() -> None:
    done = run([PYTHON, "-c", FORK_BOMB], limits=Limits(seconds=20, processes=40))
    assert 10 < int(done.stdout) < 40


def survivors(mark: str) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if mark in line]


@pytest.mark.skipif(not isolation().namespaces, reason="no user namespaces here")
@pytest.mark.parametrize("ending", ["sleep 60", "exit 0"])
def test_a_process_that_leaves_its_group_is_killed_too(ending: str) -> None:
    mark = f"97{os.getpid()}.5"
    run(["sh", "-c", f"setsid sleep {mark} & {ending}"], limits=Limits(seconds=0.5))
    deadline = time.monotonic() + 5
    while survivors(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert survivors(mark) == []


@pytest.mark.skipif(not isolation().namespaces, reason="no network namespaces here")
def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        assert subprocess.run([PYTHON, "-c", code], check=False).returncode == 0
        done = run([PYTHON, "-c", code])
    assert done.status == 1
    assert b"Network is unreachable" in done.stderr


def test_a_system_without_namespaces_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_works", lambda wanted: False)
    found = isolation.__wrapped__()
    assert not found.namespaces
    command = sandbox.confined(["true"], Limits(), None, found)
    assert "unshare" not in command
    assert subprocess.run(command, check=False).returncode == 0


def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_PATH", "/nowhere")
    with pytest.raises(sandbox.MissingDependencyError, match="apt-get install util-linux"):
        isolation.__wrapped__()
