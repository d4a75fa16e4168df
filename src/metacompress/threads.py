"""Threads of the libraries that compute: how many they take, and how they wait for work.

OpenMP reads its settings where torch is loaded, so they are made before that. A thread that spins
while it waits takes the processor from whoever has work: on a busy machine it makes a model slower,
and everywhere it burns processor time.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def wait_passively() -> None:
    """Let the threads of OpenMP sleep while they wait, unless the environment says otherwise.

    It has no effect on a process that has loaded torch.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # The same for the OpenMP of LLVM and Intel: milliseconds of spinning.
    os.environ.setdefault("KMP_BLOCKTIME", "0")


def add_in_one_order() -> None:
    """Let matrix products of MKL have the same bits with any number of threads.

    A process may then have as many threads as it likes, and its answers are those of workers with
    one each. It costs nothing that can be measured. It has no effect where MKL has begun to
    compute, or where the environment says otherwise.
    """
    os.environ.setdefault("MKL_CBWR", "AUTO,STRICT")


def limit_threads(count: int) -> None:
    """Let models of this process, and of processes that it starts, compute with ``count`` threads.

    Args:
        count: at least 1.
    """
    for name in _LIMITS:
        os.environ[name] = str(count)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(count)


@contextmanager
def limited_threads(count: int) -> Iterator[None]:
    """``limit_threads`` in the block, and as it was before behind it."""
    before = {name: os.environ.get(name) for name in _LIMITS}
    torch = sys.modules.get("torch")
    threads = None if torch is None else torch.get_num_threads()
    limit_threads(count)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        torch = sys.modules.get("torch")
        if torch is not None:
            torch.set_num_threads(threads or thread_limit())


def thread_limit() -> int:
    """Threads that a model may take: OMP_NUM_THREADS, or else the cores that we may use."""
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
