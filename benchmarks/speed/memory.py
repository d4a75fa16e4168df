"""Memory, time and room of a check by its number of follow-ups.

    python benchmarks/speed/memory.py > benchmarks/results/memory.json

The sources are the programs of the embedded demo set under other names of their functions, so that
no two are the same; the models answer from a digest of the text, at next to no cost. What is left
is the framework. Each size runs in processes of its own, whose resident memory is summed and
sampled. Times are CPU seconds; compare them within one run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

TASK = "vulnerability-prediction"
TRANSFORMS = ("rename-identifiers", "insert-dead-code")
VARIANTS = 4
MODELS = ("mock:", "mock:?noise=0.1")
PER_SOURCE = len(TRANSFORMS) * VARIANTS
# Between two looks at the memory of all processes.
_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Measured:
    """One check.

    Attributes:
        follow_ups: that were made.
        peak: resident bytes of all processes together, at the worst moment seen.
        seconds: of CPU, in the check and its report.
        run, store: bytes per answer in the run directory without the store, and in the store.
    """

    follow_ups: int
    peak: int
    seconds: float
    run: float
    store: float

    def content(self) -> dict[str, float]:
        """For a table."""
        return {
            "follow_ups": self.follow_ups,
            "megabytes": self.peak / 1e6,
            "cpu_seconds": self.seconds,
            "cpu_ms_per_follow_up": 1000 * self.seconds / self.follow_ups,
            "run_bytes_per_answer": self.run,
            "store_bytes_per_answer": self.store,
        }


def main() -> None:
    """Measure every size and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.check is not None:
        check(options.check)
        return
    sizes = []
    for size in options.sizes:
        sizes.append(measure(size).content())
        print(sizes[-1], file=sys.stderr, flush=True)
    print(json.dumps({"sizes": sizes}, indent=1))


def measure(size: int) -> Measured:
    """Check ``size`` follow-ups, give or take, in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write_sources(place / "data.jsonl", -(-size // PER_SOURCE))
        before = _cpu_of_children()
        child = subprocess.Popen([sys.executable, __file__, "--check", str(place)])
        peak = 0
        while child.poll() is None:
            peak = max(peak, resident(child.pid))
            time.sleep(_SECONDS)
        if child.returncode:
            raise SystemExit(f"the check of {size} follow-ups ended with {child.returncode}")
        run = place / "run"
        summary = json.loads((run / "summary.json").read_text())
        made = summary["variants"]["made"]
        answers = len(MODELS) * (made + summary["data"]["sources"])
        stored = (run / "predictions.sqlite").stat().st_size
        whole = sum(path.stat().st_size for path in run.rglob("*") if path.is_file())
        return Measured(
            made,
            peak,
            _cpu_of_children() - before,
            (whole - stored) / answers,
            stored / answers,
        )


def check(place: Path) -> None:
    """Check the models on the sources in ``place``, and write the report."""
    import metacompress

    metacompress.check(
        *MODELS,
        place / "data.jsonl",
        task=TASK,
        run=place / "run",
        transforms=TRANSFORMS,
        variants=VARIANTS,
    )


def write_sources(path: Path, count: int) -> None:
    """Write ``count`` distinct programs with labels."""
    from metacompress.data.demo import read_problems

    programs = [
        (str(one.program.language), one.program.text)
        for problem in read_problems()
        for one in problem.implementations
        if str(one.program.language) in ("c", "python", "java")
    ]
    with path.open("w", encoding="utf-8") as file:
        for number, (language, text) in enumerate(islice(cycle(programs), count)):
            renamed = re.sub(r"\b([a-z]\w*)\(", rf"\1_{number}(", text, count=1)
            row = {"idx": number, "func": renamed, "target": number % 2, "language": language}
            file.write(json.dumps(row) + "\n")


def resident(root: int) -> int:
    """Resident bytes of a process and of all below it; pages that two share count twice."""
    below = defaultdict(list)
    pages = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        # Any of them may end meanwhile.
        with contextlib.suppress(OSError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            pages[int(entry.name)] = int(fields[21])
            below[int(fields[1])].append(int(entry.name))
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += pages.get(process, 0)
        waiting += below[process]
    return total * os.sysconf("SC_PAGE_SIZE")


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
