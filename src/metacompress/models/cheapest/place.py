"""Where measurements and exported models are kept, and which machine they are about."""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

# Files that a driver of a GPU makes.
_DRIVERS = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")


def has_accelerator() -> bool:
    """Whether this machine may have a GPU that torch can use; loads no library."""
    is_apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return is_apple or any(Path(driver).exists() for driver in _DRIVERS)


def machine() -> dict[str, object]:
    """What decides which back end is cheaper here.

    Threads are no part of it: whatever the number of workers, and of their threads, the same back
    end must answer. Measurements take one thread.
    """
    return {
        "processor": _processor(),
        "architecture": platform.machine(),
        "system": platform.system(),
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.processor()
