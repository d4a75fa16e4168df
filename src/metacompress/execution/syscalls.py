"""The system calls behind the sandbox that Python's standard library does not offer."""

from __future__ import annotations

import ctypes
import os
import struct

NEW_NAMESPACE, NEW_IPC, NEW_USER, NEW_PROCESSES, NEW_NETWORK = (
    0x00020000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
READ_ONLY, NO_SETUID, NO_DEVICES, REMOUNT, BIND, RECURSIVE, PRIVATE = (
    1,
    2,
    4,
    32,
    4096,
    16384,
    1 << 18,
)
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_CHILD_SUBREAPER = 1, 24, 36
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL = 38, 47, 4
_CAPABILITY_VERSION = 0x20080522
_MOST_CAPABILITIES = 64
_SYS_MOUNT_SETATTR = 442  # the same on every architecture
_AT_RECURSIVE = 0x8000
_ATTRIBUTE_READ_ONLY = 1

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(kinds: int) -> None:
    """Leave the namespaces of these kinds for new ones; of processes, children do.

    Raises:
        OSError: the system does not let us.
    """
    _checked(_libc.unshare(kinds), "unshare")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system, or change a mount.

    Raises:
        OSError: the system does not let us.
    """
    arguments = (source.encode(), os.fsencode(target), kind.encode())
    _checked(_libc.mount(*arguments, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def set_read_only(target: str, *, wanted: bool = True) -> None:
    """Make a mount and all below it read-only, or undo that.

    Raises:
        OSError: Linux is older than 5.12, or does not let us.
    """
    added, removed = (_ATTRIBUTE_READ_ONLY, 0) if wanted else (0, _ATTRIBUTE_READ_ONLY)
    attributes = struct.pack("QQQQ", added, removed, 0, 0)
    result = _libc.syscall(
        ctypes.c_long(_SYS_MOUNT_SETATTR),
        ctypes.c_int(-100),
        os.fsencode(target),
        ctypes.c_uint(_AT_RECURSIVE),
        attributes,
        ctypes.c_size_t(len(attributes)),
    )
    _checked(result, f"mount_setattr {target}")


def _prctl(option: int, *arguments: int) -> int:
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    result: int = _libc.prctl(option, *padded)
    return result


def die_with_parent(signal: int) -> None:
    """Have this process get ``signal`` when its parent ends; forgotten when the user changes."""
    _checked(_prctl(_PR_SET_PDEATHSIG, signal), "prctl")


def adopt_orphans() -> None:
    """Make this process the parent of all descendants that lose theirs."""
    _checked(_prctl(_PR_SET_CHILD_SUBREAPER, 1), "prctl")


def forbid_new_rights() -> None:
    """Take the effect from set-user-id programs and file capabilities."""
    _checked(_prctl(_PR_SET_NO_NEW_PRIVS, 1), "prctl")


def bar_capabilities() -> None:
    """Empty the bounding set, as far as this process may: no program can get any back."""
    for capability in range(_MOST_CAPABILITIES):
        _prctl(_PR_CAPBSET_DROP, capability)


def drop_capabilities() -> None:
    """Give up every capability.

    Raises:
        OSError: the kernel refuses.
    """
    _prctl(_PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL)
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    _checked(_libc.capset(header, bytes(24)), "capset")
