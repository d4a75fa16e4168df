from __future__ import annotations

import subprocess
import sys

from metacompress.runs.environment import Stopwatch, environment


def test_work_of_processes_that_have_ended_counts_where_it_is_asked_for() -> None:
    stopwatch = Stopwatch()
    # A process that takes a fifth of a second of a processor.
    work = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-S", "-c", work], check=True)
    assert environment(stopwatch, {})["cost"]["cpu_seconds"] < 0.2
    assert environment(stopwatch, {}, ended=True)["cost"]["cpu_seconds"] >= 0.2
