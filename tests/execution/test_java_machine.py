"""Programs that share a virtual machine: none reaches the next one, or what is outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

import pytest

from metacompress.execution.java_machine import JavaMachine, java_compiler
from metacompress.execution.sandbox import Limits, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metacompress.execution.sandbox import Completed

pytestmark = pytest.mark.skipif(shutil.which("javac") is None, reason="no JDK here")


@pytest.fixture(scope="module")
def machine() -> Iterator[JavaMachine]:
    made = JavaMachine()
    yield made
    made.close()


def run(machine: JavaMachine, body: str, rest: str = "", **more: object) -> Completed:
    text = (
        "import java.util.*; import java.io.*; import java.nio.file.*; public class P { "
        f"{rest} public static void main(String[] x) throws Exception {{ {body} }} }}"
    )
    built = java_compiler().compile(text)
    assert not built.errors
    return machine.run(built.classes, **more)  # type: ignore[arg-type]


def says(machine: JavaMachine, expression: str) -> str:
    return run(machine, f"System.out.print({expression});").stdout.decode()


def test_exit_statuses(machine: JavaMachine) -> None:
    done = run(machine, "System.out.print(1); System.exit(7);")
    assert (done.status, done.stdout) == (7, b"1")
    assert run(machine, "Runtime.getRuntime().halt(9);").status == 9
    assert says(machine, "2") == "2"


def test_what_a_program_sets_is_gone_for_the_next(machine: JavaMachine) -> None:
    before = says(machine, 'System.getProperty("line.separator").length()')
    run(
        machine,
        'System.setProperty("line.separator", "xyz"); System.setProperty("mine", "1");'
        'TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo")); Locale.setDefault(Locale.FRANCE);'
        "count++;",
        "static int count = 0;",
    )
    assert says(machine, 'System.getProperty("line.separator").length()') == before
    assert says(machine, 'System.getProperty("mine")') == "null"
    assert says(machine, 'String.format("%.1f", 1.5)') == "1.5"
    assert says(machine, "TimeZone.getDefault().getID()") != "Asia/Tokyo"


def test_threads_that_stay_end_with_their_program(machine: JavaMachine) -> None:
    everywhere = (
        "ThreadGroup g = Thread.currentThread().getThreadGroup();"
        "while (g.getParent() != null) g = g.getParent();"
        "Thread t = new Thread(g, () -> { while (true) System.out.print('!'); });"
        "t.setDaemon(true); t.start(); System.out.println();"
    )
    run(machine, everywhere)
    assert says(machine, "3") == "3"


def test_what_runs_at_the_end_does_not_run_later(machine: JavaMachine) -> None:
    run(
        machine, 'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("late")));'
    )
    assert run(machine, "System.exit(0);").stdout == b""


def test_processes_end_with_their_program(machine: JavaMachine) -> None:
    mark = f"96{os.getpid()}.5"
    command = f'"sh", "-c", "setsid sleep {mark} &"'
    run(machine, f"new ProcessBuilder({command}).start().waitFor();")
    assert says(machine, "4") == "4"
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        if f"sleep {mark}" not in listed.stdout.splitlines():
            break
        time.sleep(0.05)
    else:
        pytest.fail("a process is still there")


def test_files_of_a_program_are_gone_for_the_next(machine: JavaMachine) -> None:
    done = run(
        machine,
        'Files.createDirectories(Path.of("a/b")); Files.writeString(Path.of("f"), "1");'
        'System.out.print(Files.readString(Path.of("g")));',
        files={"g": b"given"},
    )
    assert done.stdout == b"given"
    assert done.files == {"f": b"1"}
    assert says(machine, 'new File(".").list().length') == "0"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has files that this user may not read")
def test_private_files_cannot_be_read(machine: JavaMachine) -> None:
    with tempfile.NamedTemporaryFile(dir="/var") as secret:
        secret.write(b"secret")
        secret.flush()
        assert run(machine, f'Files.readString(Path.of("{secret.name}"));').status == 1


def test_limits(machine: JavaMachine) -> None:
    done = run(machine, "while (true) System.out.print('a');", limits=Limits(file_bytes=1000))
    assert done.stopped is Stop.OUTPUT
    done = run(machine, "while (true) {}", limits=Limits(seconds=0.3))
    assert done.stopped is Stop.TIME
    assert says(machine, "5") == "5"
