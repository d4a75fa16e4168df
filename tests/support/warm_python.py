"""A Python that has its imports behind it, for tests that start programs again and again.

Importing torch and transformers takes longer than what most commands of these tests do. One server
per test process imports them once and forks a child for each program that is started. The child
runs the same code in a process of its own, with the arguments, environment, directory, descriptors
and exit status of the program. Tests of how a program starts, or is killed, use ``sys.executable``.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
# What is read at the import of a library; a pool of threads would not outlive a fork.
_ENVIRONMENT = {
    "PYTHONPATH": str(_HERE.parents[1] / "src"),
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


@cache
def warm_python() -> str:
    """Path of a program to start in the place of ``sys.executable``.

    It knows ``-m MODULE``, ``-c CODE`` and ``FILE``, each also behind ``-P``; with other options it
    becomes the plain Python. While coverage is measured it is that at once: a fork would
    write over what its parent has measured.
    """
    coverage = sys.modules.get("coverage")  # numba imports it, too
    if coverage is not None and coverage.Coverage.current() is not None:
        return sys.executable
    directory = Path(tempfile.mkdtemp(prefix="warm"))
    address = directory / "socket"
    program = directory / "python"
    client = _HERE / "warm_client.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "{client}" "{address}" "$@"\n')
    program.chmod(0o755)
    server = subprocess.Popen(
        [sys.executable, str(_HERE / "warm_server.py"), str(address), str(program)],
        stdin=subprocess.PIPE,  # ends with this process, and the server with it
        stdout=subprocess.PIPE,
        env={**os.environ, **_ENVIRONMENT},
        # Ctrl-C is for the tests.
        start_new_session=True,
    )
    atexit.register(server.communicate)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n", "the server does not start"
    return str(program)
