from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from metacompress.errors import MetaCompressError, MissingDependencyError
from metacompress.execution import isolation as isolations
from metacompress.execution import sandbox
from metacompress.execution.interpreter import copied_interpreter, interpreter
from metacompress.execution.isolation import Isolation, Server, isolation
from metacompress.execution.sandbox import Limits, Stop, run

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = interpreter()
SOURCES = str(Path(sandbox.__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def poor_server() -> Iterator[Server]:
    """A server on a system that offers no namespaces."""
    made = Server(namespaces=False)
    yield made
    made.close()


@pytest.fixture(params=["namespaces", "no-namespaces"])
def mode(
    request: pytest.FixtureRequest, poor_server: Server, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Both ways in which commands are confined."""
    if request.param == "no-namespaces":
        monkeypatch.setattr(sandbox, "server", lambda: poor_server)
    elif not isolation().processes:
        pytest.skip("no namespaces here")
    return str(request.param)


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
    assert time.monotonic() - start < 30


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
    not (isolation().processes or isolation().own_user),
    reason="processes are counted by user here",
)
def test_a_fork_bomb_stays_small_and_leaves_nothing() -> None:
    done = run([PYTHON, "-c", FORK_BOMB], limits=Limits(seconds=20, processes=40))
    assert 10 < int(done.stdout) < 40


def survivors(mark: str) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if line == f"sleep {mark}"]


def assert_gone(mark: str) -> None:
    deadline = time.monotonic() + 5
    while survivors(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert survivors(mark) == []


def await_start(mark: str) -> None:
    deadline = time.monotonic() + 10
    while not survivors(mark) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert survivors(mark)


@pytest.mark.parametrize("ending", ["sleep 60", "exit 0"])
def test_a_daemon_is_killed_too(mode: str, ending: str) -> None:
    mark = f"97{os.getpid()}.{len(mode)}{len(ending)}"
    code = f"(setsid sh -c 'setsid sleep {mark} &' &) ; {ending}"
    run(["sh", "-c", code], limits=Limits(seconds=0.5))
    assert_gone(mark)


def test_an_interrupt_takes_the_command_along(mode: str) -> None:
    mark = f"98{os.getpid()}.{len(mode)}"

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            run(["sh", "-c", f"setsid sleep {mark} & sleep 60"])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert_gone(mark)
    assert run(["echo", "on"]).stdout == b"on\n"


@pytest.mark.parametrize("namespaces", [True, False])
def test_a_killed_study_takes_the_command_along(namespaces: bool) -> None:
    mark = f"99{os.getpid()}.{int(namespaces)}"
    code = (
        f"import sys; sys.path.insert(0, {SOURCES!r})\n"
        "from metacompress.execution import sandbox, isolation\n"
        f"server = isolation.Server(namespaces={namespaces})\n"
        "sandbox.server = lambda: server\n"
        f"sandbox.run(['sh', '-c', 'setsid sleep {mark} & sleep 60'])\n"
    )
    study = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code])
    await_start(mark)
    study.kill()
    study.wait()
    assert_gone(mark)


def test_no_right_is_left(mode: str) -> None:
    seen = run(["cat", "/proc/self/status"]).stdout.decode()
    rights = [line.split()[1] for line in seen.splitlines() if line.startswith("Cap")]
    assert {int(right, 16) for right in rights} == {0}
    assert "NoNewPrivs:\t1" in seen
    if os.geteuid() == 0:
        assert "Groups:\t \n" in seen
        assert str(os.getuid()) not in seen.split("Uid:")[1].split("\n")[0].split()


@pytest.mark.skipif(os.geteuid() != 0, reason="others are protected by hidden directories only")
def test_private_files_cannot_be_read(mode: str) -> None:
    with tempfile.NamedTemporaryFile(dir="/var") as secret:
        secret.write(b"secret")
        secret.flush()
        assert Path(secret.name).stat().st_mode & 0o777 == 0o600
        assert run(["cat", secret.name]).stdout == b""
    assert run(["cat", "/etc/shadow"]).status == 1


@pytest.mark.skipif(not isolation().files, reason="nothing can be hidden here")
def test_directories_of_users_are_hidden() -> None:
    with tempfile.NamedTemporaryFile(dir="/tmp") as other:
        Path(other.name).chmod(0o644)
        assert run(["cat", other.name]).status == 1
    home = Path.home()
    assert run(["ls", "-A", str(home)]).stdout in (b"", b".pyenv\n", b".local\n")


@pytest.mark.skipif(not isolation().read_only, reason="nothing can be made read-only here")
def test_a_command_can_write_in_its_directory_only(tmp_path: Path) -> None:
    done = run(
        [
            PYTHON,
            "-c",
            "import os; print([d for d in ('/', '/etc', '/usr', '/var') "
            "if os.access(d, os.W_OK)]); open('/tmp/mine', 'w')",
        ]
    )
    assert done.stdout == b"[]\n"
    assert run(["ls", "/tmp/mine"]).status != 0


def python_for(mode: str) -> str:
    return copied_interpreter() if mode == "no-namespaces" else PYTHON


def test_only_its_own_files_are_open(mode: str) -> None:
    code = "import os; print(sorted(os.listdir('/proc/self/fd'), key=int))"
    assert run([python_for(mode), "-c", code]).stdout == b"['0', '1', '2', '3']\n"


def test_all_files_together_are_limited(mode: str) -> None:
    code = "for k in range(400): open(f'f{k}', 'wb', buffering=0).write(bytes(1 << 20))"
    done = run([python_for(mode), "-c", code], limits=Limits(disk_bytes=20 << 20, seconds=20))
    assert sum(map(len, done.files.values())) <= 20 << 20
    assert done.status != 0 or done.stopped is Stop.OUTPUT


def test_a_file_of_holes_is_not_read_whole(mode: str) -> None:
    code = "for k in range(9): os.truncate(os.open(f'f{k}', 577), 10_000_000)"
    done = run([python_for(mode), "-c", f"import os\n{code}"], limits=Limits(disk_bytes=30_000_000))
    assert done.stopped is Stop.OUTPUT
    assert len(done.files) == 3


HOSTILE_TREES = {
    "deep": "for k in range(1200): os.mkdir('d'); os.chdir('d')",
    "locked": "os.makedirs('a/b/c'); open('a/b/f', 'w'); os.chmod('a/b', 0); os.chmod('a', 0)",
    "own": "os.chmod('.', 0)",
    "renamed": "here = os.getcwd(); os.rename(here, here + '-moved')",
    "wide": "[os.mkdir(str(k)) for k in range(500)]",
    "odd": "os.symlink('/etc/passwd', 'l'); os.mkfifo('p'); open(b'\\xff', 'w'); os.mkdir('\\n')",
    "locked-file": "open('f', 'w').write('kept'); os.chmod('f', 0)",
}


@pytest.mark.parametrize("kind", HOSTILE_TREES)
def test_no_tree_outlasts_its_command(
    mode: str,
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    python = python_for(mode)
    if mode == "no-namespaces":
        if os.access("/dev/shm", os.W_OK):  # a disk may take seconds for a thousand directories
            tmp_path = Path(tempfile.mkdtemp(dir="/dev/shm"))
            request.addfinalizer(tmp_path.rmdir)
        for folder in (tmp_path, tmp_path.parent, tmp_path.parents[1]):
            if folder.stat().st_mode & 0o777 == 0o700:
                folder.chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        made = Server(namespaces=False)
        request.addfinalizer(made.close)
        monkeypatch.setattr(sandbox, "server", lambda: made)
    done = run([python, "-c", f"import os\n{HOSTILE_TREES[kind]}"])
    assert done.stopped is None
    if kind == "odd":
        assert list(done.files) == [os.fsdecode(b"\xff")]
    if kind == "locked-file":
        assert done.files == {"f": b"kept"}
    deadline = time.monotonic() + 20
    while any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(tmp_path.iterdir())


def test_a_directory_can_be_filled_again(mode: str) -> None:
    with Path(os.devnull).open("r+b") as nothing:
        confined = sandbox.Confined(
            ["sh", "-c", "mkdir -p a/b; chmod 0 a; echo x > x; sleep 60"],
            [nothing.fileno()] * 3,
            limits=Limits(),
            timed=False,
            collected=False,
        )
        deadline = time.monotonic() + 10
        while confined.collect() != {"x": b"x\n"} and time.monotonic() < deadline:
            time.sleep(0.02)
        confined.refill({"y": b"1"})
        assert confined.collect() == {}
        assert confined.ended(0) is None
        confined.close()


def test_a_program_that_is_missing_is_named(mode: str) -> None:
    done = run(["no-such-program"])
    assert done.status == 127
    assert done.stderr == b"no-such-program: No such file or directory\n"


@pytest.mark.skipif(not isolation().network, reason="no network namespaces here")
def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        assert subprocess.run([PYTHON, "-c", code], check=False).returncode == 0
        done = run([PYTHON, "-c", code])
    assert done.status == 1
    assert b"Network is unreachable" in done.stderr


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become another"
)
def test_nothing_depends_on_being_root() -> None:
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    become = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", str(python), "-W"]
    recent = [
        *become,
        "ignore",
        "-c",
        f"import sys, os; os.listdir({SOURCES!r}); sys.exit(sys.version_info < (3, 11))",
    ]
    if python is None or subprocess.run(recent, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("no interpreter that others can read")
    code = (
        f"import sys; sys.path.insert(0, {SOURCES!r})\n"
        "from metacompress.execution import sandbox, isolation\n"
        "for server in (isolation.server(), isolation.Server(namespaces=False)):\n"
        "    sandbox.server = lambda: server\n"
        "    print(server.isolation)\n"
        "    done = sandbox.run(['sh', '-c', 'id -u; cat a > b; cat /proc/self/status; "
        "setsid sleep 12345.5 &'], files={'a': b'in'})\n"
        "    assert done.files == {'b': b'in'}, done\n"
        "    print(done.stdout.decode())\n"
    )
    done = subprocess.run(
        [*become, "ignore", "-c", code], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    assert "own_user=False" in done.stdout
    assert done.stdout.count("CapEff:\t0000000000000000") == 2
    assert done.stdout.count("\n12345\n") == 2
    assert_gone("12345.5")


def test_what_is_missing_is_said(poor_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = poor_server.isolation.unprotected
    assert "programs can reach the network" in missing
    assert "disk use is checked every 50 ms only" in missing
    full = dict.fromkeys(Isolation.__slots__, True)
    assert Isolation(**full).unprotected == ()
    assert any("files of this user" in text for text in Isolation().unprotected)
    monkeypatch.setattr(isolations, "Server", lambda: poor_server)
    monkeypatch.setattr(isolations.atexit, "register", lambda *_: None)
    with pytest.warns(RuntimeWarning, match="sandbox is incomplete here: programs can reach"):
        isolations.server.__wrapped__()


def test_a_system_that_is_not_linux_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(MissingDependencyError, match="needs Linux, this is darwin"):
        isolations.server.__wrapped__()


def test_a_sandbox_that_does_not_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(MetaCompressError, match="the sandbox does not start"):
        Server()


def test_a_server_that_was_killed_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Server] = []

    class Cached:
        def __call__(self) -> Server:
            if not made:
                made.append(Server())
            return made[-1]

        def cache_clear(self) -> None:
            made.clear()

    monkeypatch.setattr(sandbox, "server", Cached())
    assert run(["echo", "1"]).stdout == b"1\n"
    first = made[0]
    first._process.kill()
    first._process.wait()
    assert run(["echo", "2"]).stdout == b"2\n"
    first.close()
    made[0].close()


def test_users_of_a_small_container(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for text, expected in {
        "0 0 4294967295": (1_900_000_000, 65536 * 2048),
        "0 100000 65536": (65536 - 2050, 2048),
        "0 1000 1": None,
    }.items():
        monkeypatch.setattr(isolations.os, "geteuid", lambda: 0)
        monkeypatch.setattr(Path, "read_text", lambda self, text=text, **_: text + "\n")
        assert isolations._own_users.__wrapped__() == expected
