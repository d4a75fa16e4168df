"""What a study ran on, and what it cost; kept apart from the results."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from metacompress.execution.isolation import isolation_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.workers.job import Executor


_PACKAGES = ("numpy", "scipy", "pyarrow", "torch", "transformers", "tokenizers", "tree-sitter")


class Stopwatch:
    """Wall-clock and CPU seconds since its creation."""

    def __init__(self) -> None:
        self._wall = time.perf_counter()
        self._cpu = time.process_time()
        self._ended = _seconds_of_ended()

    def ended(self) -> float:
        """CPU seconds of child processes that have ended, and were waited for, since then."""
        return _seconds_of_ended() - self._ended

    def read(self, elsewhere: float = 0.0) -> dict[str, float]:
        """Seconds so far; ``elsewhere``: CPU seconds of other processes."""
        return {
            "wall_seconds": round(time.perf_counter() - self._wall, 2),
            "cpu_seconds": round(time.process_time() - self._cpu + elsewhere, 2),
        }


def environment(
    stopwatch: Stopwatch,
    asked: Mapping[str, int],
    latency: Mapping[str, Any] | None = None,
    workers: Executor | None = None,
    *,
    ended: bool = False,
) -> dict[str, Any]:
    """Date, versions, machine, time, peak memory and the inputs that each model was asked for.

    ``threads`` is OMP_NUM_THREADS, null where it is not set.

    Args:
        stopwatch: that was started with the study.
        asked: inputs, by model.
        latency: what was measured of models, if anything.
        workers: that had a share of the work, if any.
        ended: whether child processes that have ended did work of the study, too.
    """
    # macOS counts bytes, Linux kibibytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "metacompress": importlib.metadata.version("metacompress"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cpus": os.cpu_count(),
        "threads": os.environ.get("OMP_NUM_THREADS"),
        "sandbox": _sandbox(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "cost": {
            **stopwatch.read(
                (workers.seconds if workers else 0.0) + (stopwatch.ended() if ended else 0.0)
            ),
            "workers": workers.workers if workers else 1,
            "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 2**20,
            "inputs_asked": asked,
            "latency": latency or {},
        },
    }


def _seconds_of_ended() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def _sandbox() -> dict[str, Any] | None:
    """What programs that were run could still do; None where none was run."""
    isolation = isolation_in_use()
    return None if isolation is None else {"unprotected": list(isolation.unprotected)}


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
