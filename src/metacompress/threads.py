"""Threads of the libraries that compute: how many they take, and how they wait for work.

OpenMP reads its settings where torch is loaded, so they are made before that. A thread that spins
while it waits takes the processor from whoever has work: on a busy machine it makes a model slower,
and everywhere it burns processor time.
"""

from __future__ import annotations

import os
import sys

_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def wait_passively() -> None:
    """Let the threads of OpenMP sleep while they wait, unless the environment says otherwise.

    It has no effect on a process that has loaded torch.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # The same for the OpenMP of LLVM and Intel: milliseconds of spinning.
    os.environ.setdefault("KMP_BLOCKTIME", "0")


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


def thread_limit() -> int:
    """Threads that a model may take: OMP_NUM_THREADS, or else the cores that we may use."""
    stated = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
