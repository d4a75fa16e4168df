"""One hostile input meets one reader, and what comes of it."""

from __future__ import annotations

import resource
import time
import traceback
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from outcome import OVER, TRACEBACK, Outcome
from studies import fresh

from metacompress.errors import MetaCompressError

if TYPE_CHECKING:
    from readers import Reader

MOST_SECONDS, MOST_BYTES = 5.0, 1 << 30


def meet(reader: Reader, changed: dict[str, bytes], folder: Path, trial: str) -> Outcome:
    """Let ``reader`` read its files, some of them ``changed``."""
    reader.lay_out(fresh(folder), changed)
    outcome = Outcome(trial)
    before = _restart_peak()
    # Other jobs may run: processor time counts, like that of the hostile programs.
    start = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read(folder)
    except MetaCompressError as error:
        outcome.refused = 1
        if not str(error).strip():
            outcome.faults.append((TRACEBACK, f"{type(error).__name__} without a word"))
    except BaseException as error:  # noqa: BLE001 - that nothing else comes out is the goal
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        what = f"{type(error).__name__}: {str(error)[:200]} ({where})"
        outcome.faults.append((TRACEBACK, what))
    outcome.seconds = time.process_time() - start
    outcome.peak = max(0, _peak() - before)
    if outcome.seconds > MOST_SECONDS:
        outcome.faults.append((OVER, f"{outcome.seconds:.1f} s"))
    if outcome.peak > MOST_BYTES:
        outcome.faults.append((OVER, f"{outcome.peak >> 20} MB"))
    return outcome


def _restart_peak() -> int:
    """Make the kernel forget the highest memory use; returns the present one."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
