"""The Python interpreter that programs are run with: this one, without its packages."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from functools import cache
from pathlib import Path

from metacompress.errors import MetaCompressError
from metacompress.execution import sandbox
from metacompress.execution.isolation import workshop

PYTHON_OPTIONS = ("-s", "-S", "-B")
_TRIAL = ("-c", "print(6 * 7)")
_LEFT_OUT = ("site-packages", "test", "idlelib", "tkinter", "ensurepip", "config-*", "__pycache__")


@cache
def interpreter() -> str:
    """The path of an interpreter that works in the sandbox.

    Where this one lies in a directory that only its user may enter, and the system cannot show
    that directory to programs, a copy is used, which goes when this process ends.

    Raises:
        MetaCompressError: none works.
    """
    python: str = getattr(sys, "_base_executable", sys.executable)
    complaint = _complaint(python)
    if complaint is not None and _complaint(copied_interpreter()) is None:
        return copied_interpreter()
    if complaint is not None:
        raise MetaCompressError(f"{python} does not run in the sandbox: {complaint}")
    return python


def _complaint(python: str) -> str | None:
    """Why it does not work; None where it does."""
    done = sandbox.run([python, *PYTHON_OPTIONS, *_TRIAL])
    if done.stdout == b"42\n":
        return None
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"it ends with status {done.status}"


@cache
def copied_interpreter() -> str:
    """A copy of this interpreter and its standard library where everyone may read it."""
    top = workshop() / "python"
    library = Path(sysconfig.get_path("stdlib"))
    copied = top / "lib" / library.name
    shutil.copytree(library, copied, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy2(shared, top / "lib")
    program = top / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    program.parent.mkdir()
    shutil.copy2(getattr(sys, "_base_executable", sys.executable), program)
    return str(program)
