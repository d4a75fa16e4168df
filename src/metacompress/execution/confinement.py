"""Everything that is taken away from a command: namespaces, files, rights, resources.

Runs in the processes of the supervisor, never in that of the study.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.execution import syscalls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Where a command's directory is; of its own, since each command has a file system there.
SCRATCH = "/tmp"
_SHARED_SCRATCH = ("/var/tmp", "/dev/shm")
# Where private files, keys and the sockets of services are.
_PRIVATE = ("/root", "/home", "/run", "/var/run", "/mnt", "/media", "/srv")
_MOST_FILES, _OPEN_FILES = 20_000, 512
_HIDDEN_OPTIONS = "size=4m,mode=755"
_SAFE = syscalls.NO_SETUID | syscalls.NO_DEVICES


def cover(directory: str, options: str, exposed: Sequence[str]) -> None:
    """Mount an empty file system on a directory, in which only what is exposed can be seen.

    Raises:
        OSError: the system does not let us.
    """
    # A mount can be bound in the namespace only in which it was found.
    kept = {
        path: os.open(path, os.O_PATH | os.O_DIRECTORY)
        for path in exposed
        if _is_below(path, directory)
    }
    try:
        syscalls.mount("tmpfs", directory, "tmpfs", _SAFE, options)
        for path, descriptor in kept.items():
            Path(path).mkdir(parents=True, exist_ok=True)
            source = f"/proc/self/fd/{descriptor}"
            syscalls.mount(source, path, "none", syscalls.BIND | syscalls.RECURSIVE)
            with contextlib.suppress(OSError):
                syscalls.set_read_only(path)
    finally:
        for descriptor in kept.values():
            os.close(descriptor)


def _private_ancestor(path: str) -> str | None:
    """The topmost directory on the way that others may not enter."""
    for ancestor in reversed([Path(path), *Path(path).parents]):
        if not ancestor.stat().st_mode & 0o001:
            return str(ancestor)
    return None


def enter_namespaces(user_namespace: bool) -> None:
    """Leave the network and the list of mounts, for the rest of this process's life.

    Raises:
        OSError: the system does not let us.
    """
    if user_namespace:
        become_ourselves()
    syscalls.unshare(syscalls.NEW_NAMESPACE | syscalls.NEW_NETWORK)
    syscalls.mount("none", "/", "none", syscalls.RECURSIVE | syscalls.PRIVATE)


def become_ourselves() -> None:
    """Enter a user namespace in which this user has all rights over what is made there.

    Raises:
        OSError: the system does not let us.
    """
    user, group = os.geteuid(), os.getegid()
    syscalls.unshare(syscalls.NEW_USER)
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_bytes(b"deny")
    Path("/proc/self/uid_map").write_bytes(b"%d %d 1" % (user, user))
    Path("/proc/self/gid_map").write_bytes(b"%d %d 1" % (group, group))


def hide(exposed: Sequence[str], home: str) -> None:
    """Hide what is private of the file system.

    Args:
        exposed: real paths of directories that stay visible.
        home: of the user.

    Raises:
        OSError: the system does not let us.
    """
    ancestors = {_private_ancestor(path) for path in exposed} - {None}
    hidden = {
        os.path.realpath(path)
        for path in (*_PRIVATE, home, *ancestors)
        if path is not None and Path(path).is_dir()
    } - {"/"}
    for path in sorted(hidden):
        if not any(_is_below(path, other) for other in hidden - {path}):
            cover(path, _HIDDEN_OPTIONS, exposed)


def make_scratch(exposed: Sequence[str], disk_bytes: int) -> None:
    """Mount a file system of limited size where anyone may write, for this command alone.

    Raises:
        OSError: the system does not let us.
    """
    cover(SCRATCH, f"size={disk_bytes},nr_inodes={_MOST_FILES},mode=1777", exposed)
    for other in _SHARED_SCRATCH:
        if Path(other).is_dir() and not Path(other).is_symlink():
            syscalls.mount(SCRATCH, other, "none", syscalls.BIND)


def mount_processes() -> bool:
    """Show only the processes of this namespace in /proc; False where that is forbidden."""
    try:
        syscalls.mount("proc", "/proc", "proc", _SAFE)
    except OSError:
        return False
    return True


def limit(limits: Mapping[str, Any]) -> None:
    """Set what the process may use, and all that it starts."""
    cpu = limits["cpu_seconds"]
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_FSIZE: (limits["file_bytes"],) * 2,
        resource.RLIMIT_NPROC: (limits["processes"],) * 2,
        resource.RLIMIT_NOFILE: (_OPEN_FILES,) * 2,
    }
    if limits["memory_bytes"] is not None:
        wanted[resource.RLIMIT_AS] = (limits["memory_bytes"],) * 2
    for kind, (soft, hard) in wanted.items():
        # Nobody may raise a limit that he has already.
        most = resource.getrlimit(kind)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(kind, (soft, hard))


def give_up_rights(user: int | None) -> None:
    """Become a user without any capability or group, for good.

    Args:
        user: who to become; None to stay who we are.

    Raises:
        OSError: the system does not let us.
    """
    syscalls.bar_capabilities()
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    syscalls.drop_capabilities()
    syscalls.forbid_new_rights()


def reset_signals() -> None:
    """Undo what Python and our callers did to signals; a program inherits that."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _is_below(path: str, directory: str) -> bool:
    return path == directory or path.startswith(directory.rstrip("/") + "/")
