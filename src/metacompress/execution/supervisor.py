"""The small process that starts commands for the sandbox, and the one that watches each of them.

It is started once (``python -m`` would need the package's path: see ``sandbox``) and forks a
supervisor for every command: to fork a small process is much quicker than to start the programs
that could do the same. A supervisor lives until its channel is closed, be that because the study
is done with the command, was interrupted, or died: then all processes of the command go too.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from metacompress.execution import channel, confinement, syscalls
from metacompress.execution.channel import Message
from metacompress.execution.clearing import clear, is_heavier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BOX = "box"
_MOST_ENTRIES = 20_000
_WATCHED_EVERY = 0.05
_SWEEPING = 10.0
_NOT_STARTED = 126
_NEW = syscalls.NEW_NAMESPACE | syscalls.NEW_PROCESSES | syscalls.NEW_IPC


def main(arguments: Sequence[str]) -> None:
    """Serve until nobody is left to ask.

    Args:
        arguments: descriptor of the socket, and a JSON object: ``expose``, ``home``, ``temporary``
            and ``namespaces`` (whether to use any).
    """
    requests = socket.socket(fileno=int(arguments[0]))
    settings = json.loads(arguments[1])
    surroundings = _Surroundings(settings)
    requests.send(json.dumps(surroundings.protections).encode())
    while True:
        try:
            received, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
        except OSError:
            return
        if not received:
            return
        if os.fork() == 0:
            requests.close()
            _supervise(surroundings, descriptors[0])
        os.close(descriptors[0])
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


class _Surroundings:
    """What this process could leave behind, once for all of its commands.

    Attributes:
        protections: by name, whether they are in force.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.is_root = os.geteuid() == 0
        self.temporary: str = settings["temporary"]
        self.exposed = [
            path for path in map(os.path.realpath, settings["expose"]) if Path(path).is_dir()
        ]
        self.protections = dict.fromkeys(
            ("network", "processes", "files", "read_only", "disk", "listing"), False
        )
        self.protections["own_user"] = bool(settings["own_user"])
        if settings["namespaces"]:
            with contextlib.suppress(OSError):
                confinement.enter_namespaces(user_namespace=not self.is_root)
                self.protections["network"] = True
                confinement.hide(self.exposed, settings["home"])
                self.protections["files"] = True
                self.protections["processes"] = self.protections["disk"] = True
                self._try_a_command()
                syscalls.set_read_only("/")
                if not self.is_root:
                    # Each command gets a user namespace, which is told there who it is.
                    syscalls.set_read_only("/proc", wanted=False)
                self.protections["read_only"] = True

    def _try_a_command(self) -> None:
        """Find out in a child what a command can get of its own."""
        child = os.fork()
        if child == 0:
            status = 2
            with contextlib.suppress(OSError):
                self.enter(1 << 20)
                status = 1
                inner = os.fork()
                if inner == 0:
                    os._exit(int(not confinement.mount_processes()))
                status = int(os.waitpid(inner, 0)[1] != 0)
            os._exit(status)
        found = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self.protections["processes"] = self.protections["disk"] = found in (0, 1)
        self.protections["listing"] = found == 0

    def enter(self, disk_bytes: int) -> None:
        """Leave what each command is to have of its own."""
        if not self.is_root:
            # The limit on processes is counted in each user namespace by itself.
            confinement.become_ourselves()
        syscalls.unshare(_NEW)
        confinement.make_scratch(self.exposed, disk_bytes)


def _supervise(surroundings: _Surroundings, descriptor: int) -> NoReturn:
    asked = socket.socket(fileno=descriptor)
    status = 0
    try:
        request = channel.receive(asked)
        if request is not None:
            _Supervisor(surroundings, asked, request).serve()
    except OSError as error:
        status = 1
        with contextlib.suppress(OSError):
            channel.send(asked, Message({"event": "failed", "why": str(error)}))
    finally:
        os._exit(status)


class _Supervisor:
    """Starts one command, watches it, and hands out what is in its directory."""

    def __init__(self, surroundings: _Surroundings, asked: socket.socket, request: Message) -> None:
        self._asked = asked
        self._request = request.header
        self._limits: Mapping[str, Any] = request.header["limits"]
        self._user: int | None = request.header["user"]
        self._has_namespaces = surroundings.protections["processes"]
        self._lists = surroundings.protections["listing"]
        self._descriptors = request.descriptors
        if self._has_namespaces:
            surroundings.enter(self._limits["disk_bytes"])
            self._folder = f"{confinement.SCRATCH}/{_BOX}"
            Path(self._folder).mkdir(mode=0o700)
        else:
            # Its owner could rename a directory, but not one that lies in another's.
            outer = tempfile.mkdtemp(prefix="metacompress-", dir=surroundings.temporary)
            if self._user is not None:
                Path(outer).chmod(0o755)
            self._outer = os.open(outer, os.O_RDONLY | os.O_DIRECTORY)
            self._folder = f"{outer}/{_BOX}"
            Path(self._folder).mkdir(mode=0o700)
        self._directory = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        self._own(self._directory)
        for extra in self._descriptors[3:]:
            # Opened by path, a pipe must belong to the user whom the command runs as.
            self._own(extra)
        self._fill(request)
        self._before = self._stamps()

    def _own(self, descriptor: int) -> None:
        if self._user is not None:
            os.fchown(descriptor, self._user, self._user)

    def serve(self) -> None:
        """Run the command, and answer until nobody asks any more."""
        try:
            first = self._start()
            for descriptor in self._descriptors:
                os.close(descriptor)
            running = os.pidfd_open(first)
            try:
                self._watch(first, running)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(first, signal.SIGKILL)
                self._sweep()
            while self._answer():
                pass
        finally:
            if not self._has_namespaces:
                self._remove()

    def _remove(self) -> None:
        """Remove the directory, wherever it may be by now."""
        for directory in (self._directory, self._outer):
            with contextlib.suppress(OSError):
                os.fchmod(directory, 0o700)
            clear(directory)
            with contextlib.suppress(OSError):
                Path(f"/proc/self/fd/{directory}").readlink().rmdir()

    def _start(self) -> int:
        """Fork the first process of the command; with namespaces, the parent of it."""
        if not self._has_namespaces:
            syscalls.adopt_orphans()
        first = os.fork()
        if first:
            return first
        try:
            if self._has_namespaces:
                # The first process of a namespace ignores most signals: no command may be that.
                syscalls.die_with_parent(signal.SIGKILL)
                if self._lists:
                    confinement.mount_processes()
                second = os.fork()
                if second:
                    self._await(second)
            self._become_the_command()
        finally:
            os._exit(_NOT_STARTED)

    def _await(self, command: int) -> NoReturn:
        self._asked.close()
        # A pipe whose last writer is gone must show that.
        os.closerange(0, 1024)
        while True:
            ended, status = os.wait()
            if ended == command:
                code = os.waitstatus_to_exitcode(status)
                os._exit(128 - code if code < 0 else code)

    def _become_the_command(self) -> NoReturn:
        os.setsid()
        os.fchdir(self._directory)
        # Their numbers may be taken by one another: up first, then down.
        high = [os.dup(descriptor) for descriptor in self._descriptors]
        spare = [os.dup2(descriptor, 100 + number) for number, descriptor in enumerate(high)]
        for number, descriptor in enumerate(spare):
            os.dup2(descriptor, number, inheritable=True)
        os.closerange(len(spare), 1024)
        confinement.reset_signals()
        confinement.limit(self._limits)
        confinement.give_up_rights(self._user)
        syscalls.die_with_parent(signal.SIGKILL)
        variables = self._request["variables"] | {"HOME": self._folder, "TMPDIR": self._folder}
        os.umask(0o022)
        command = self._request["command"]
        try:
            os.execvpe(command[0], command, variables)
        except OSError as error:
            os.write(2, f"{command[0]}: {error.strerror}\n".encode())
            os._exit(127 if isinstance(error, FileNotFoundError) else _NOT_STARTED)

    def _watch(self, first: int, running: int) -> None:
        """Until the command has ended, its time is over or nobody is interested."""
        poll = select.poll()
        poll.register(running, select.POLLIN)
        poll.register(self._asked, select.POLLIN)
        seconds = self._request["seconds"]
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            pause = left
            if not self._has_namespaces:
                pause = _WATCHED_EVERY if left is None else min(left, _WATCHED_EVERY)
            ready = {
                descriptor for descriptor, _ in poll.poll(None if pause is None else pause * 1000)
            }
            if running in ready:
                code = os.waitstatus_to_exitcode(os.waitpid(first, 0)[1])
                self._sweep()
                self._report(128 - code if code < 0 else code, stopped=self._is_too_heavy())
                return
            if ready and not self._answer():
                return
            if not ready and self._is_too_heavy():
                self._end(first, "output")
                return
            if left == 0:
                self._end(first, "time")
                return

    def _end(self, first: int, why: str) -> None:
        os.kill(first, signal.SIGKILL)
        os.waitpid(first, 0)
        self._sweep()
        self._report(128 + signal.SIGKILL, stopped=why)

    def _is_too_heavy(self) -> str | None:
        """Without a file system of its own a command may have used too much of ours."""
        if self._has_namespaces:
            return None
        most = self._limits["disk_bytes"]
        return "output" if is_heavier(self._directory, most, _MOST_ENTRIES) else None

    def _report(self, status: int, stopped: str | None) -> None:
        header: dict[str, Any] = {"event": "ended", "status": status, "stopped": stopped}
        self._send(header, collected=self._request["collect"])

    def _answer(self) -> bool:
        """Do what is asked; False where nobody asks any more."""
        try:
            message = channel.receive(self._asked)
        except OSError:
            message = None
        if message is None:
            return False
        for descriptor in message.descriptors:
            os.close(descriptor)
        if message.header["ask"] == "fill":
            os.fchmod(self._directory, 0o700)
            clear(self._directory)
            self._fill(message)
            self._before = self._stamps()
            self._send({"event": "filled"}, collected=False)
        else:
            self._send({"event": "collected"}, collected=True)
        return True

    def _send(self, header: dict[str, Any], *, collected: bool) -> None:
        files, cut = self._collect() if collected else ([], False)
        names, blobs = channel.named(files)
        channel.send(self._asked, Message(header | {"names": names, "cut": cut}, blobs))

    def _fill(self, message: Message) -> None:
        for name, content in zip(message.header["names"], message.blobs, strict=True):
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            descriptor = os.open(name, flags, 0o644, dir_fd=self._directory)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                self._own(descriptor)

    def _stamps(self) -> dict[str, tuple[int, int, int]]:
        stamps = {}
        directory: int = self._directory
        for name in os.listdir(directory):
            with contextlib.suppress(OSError):
                status = os.stat(name, dir_fd=directory, follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    stamps[name] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return stamps

    def _collect(self) -> tuple[list[tuple[str, bytes]], bool]:
        """Regular files that are new or changed, by name, and whether some were too much."""
        os.fchmod(self._directory, 0o700)
        found: list[tuple[str, bytes]] = []
        left = self._limits["disk_bytes"]
        for name, stamp in sorted(self._stamps().items()):
            if self._before.get(name) == stamp:
                continue
            # A file with holes may be larger than the disk.
            if stamp[1] > left:
                return found, True
            left -= stamp[1]
            with contextlib.suppress(OSError):
                os.chmod(name, 0o600, dir_fd=self._directory)
                flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
                with os.fdopen(os.open(name, flags, dir_fd=self._directory), "rb") as file:
                    found.append((name, file.read(stamp[1])))
        return found, False

    def _sweep(self) -> None:
        """End all that the command has started and left."""
        deadline = time.monotonic() + _SWEEPING
        while time.monotonic() < deadline:
            if not self._has_namespaces:
                self._kill_all()
            try:
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            except ChildProcessError:
                return
            time.sleep(0.001)

    def _kill_all(self) -> None:
        if self._user is not None:
            killer = os.fork()
            if killer == 0:
                with contextlib.suppress(OSError):
                    os.setresuid(self._user, self._user, self._user)
                    os.kill(-1, signal.SIGKILL)
                os._exit(0)
            os.waitpid(killer, 0)
            return
        # Orphans become our children, however they left: no round misses one for good.
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _parent_of(entry) == os.getpid():
                with contextlib.suppress(OSError):
                    os.kill(int(entry.name), signal.SIGKILL)


def _parent_of(process: Path) -> int | None:
    try:
        text = (process / "stat").read_bytes()
    except OSError:
        return None
    return int(text.rpartition(b")")[2].split()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
