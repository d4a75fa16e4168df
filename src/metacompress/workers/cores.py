"""What this machine has for workers: processor cores, memory, a GPU; and one thread for each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Environment in which libraries start no threads: there is a worker for every core."""

_SIBLINGS = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
_MEMORY = Path("/proc/meminfo")
# Of NVIDIA and AMD.
_GPUS = ("/dev/nvidia0", "/dev/kfd")
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def physical_cores() -> int:
    """Physical cores that this process may use, at least 1.

    Two threads of a core share its arithmetic units, and so count once. A container counts by its
    quota. Where the system does not tell, every logical processor counts.
    """
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    cores = {_siblings(number) for number in os.sched_getaffinity(0)}
    return max(1, min(len(cores), _quota()))


def with_memory(workers: int, each: int) -> int:
    """So many workers, or as many as there are ``each`` bytes of free memory for; at least 1."""
    try:
        text = _MEMORY.read_text(encoding="ascii")
        free = next(line for line in text.splitlines() if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):  # not Linux: the user knows
        return workers
    return max(1, min(workers, int(free.split()[1]) * 1024 // each))


def has_gpu() -> bool:
    """Whether models may run on a GPU of this machine; loads no library to know."""
    return sys.platform == "darwin" or any(Path(device).exists() for device in _GPUS)


def _siblings(number: int) -> str:
    try:
        return Path(_SIBLINGS.format(number)).read_text(encoding="ascii")
    except OSError:
        return str(number)


def _quota() -> int:
    try:
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        return max(1, int(quota) // int(period))
    except (OSError, ValueError):  # "max" stands for none
        return 1 << 16
