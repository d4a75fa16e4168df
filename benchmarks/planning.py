"""What a plan predicts of a check, and what the check then takes.

    python benchmarks/planning.py > benchmarks/results/planning.json

Prints JSON: CPU seconds of whole processes, imports of Python included, with one thread and one
worker, and the calls of each model; and for how many sources a sequential test asks on average.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[1] / "../shared"
DEVIGN = (
    f"--task vulnerability-prediction --data {SHARED}/data/devign/test.jsonl.gz --limit 600 "
    f"--teacher {SHARED}/models/devign_teacher --student {SHARED}/models/devign_student "
    "--transform rename-identifiers --variants 4"
)
DEMO = (
    "--task clone-detection --data demo --split test --teacher demo:teacher "
    "--student demo:student --transform rename-identifiers --transform flip-comparison"
)
CHECKS = {"Devign functions, 4 renamings each": DEVIGN, "demo pairs, 2 transformations": DEMO}
RATES = (0.005, 0.02, 0.035, 0.05, 0.07, 0.1, 0.2)


def main() -> None:
    """Plan and check each, and print."""
    checks = [compared(name, options.split()) for name, options in CHECKS.items()]
    rates = [word for rate in RATES for word in ("--rate", str(rate))]
    sizes, _ = called(["plan", *rates, "--tolerance", "0.05"])
    sequential = {"at_most": sizes["sequential_cap"], "rates": sizes["rates"]}
    print(json.dumps({"checks": checks, "sequential": sequential}, indent=1))


def compared(name: str, options: list[str]) -> dict[str, Any]:
    """One check, planned and done."""
    plan, planning = called(["plan", *options])
    with tempfile.TemporaryDirectory() as scratch:
        check, took = called(["check", *options, "--run", f"{scratch}/run"])
    cost = plan["cost"]
    expected = cost["time"]["cpu"]
    return {
        "check": name,
        "sources": cost["sources"],
        "pilot": cost["pilot"],
        "plan_cpu_seconds": planning,
        "predicted_cpu_seconds": [expected[key] for key in ("value", "low", "high")],
        "real_cpu_seconds": took,
        "off_by": expected["value"] / took - 1,
        "predicted_calls": round(cost["calls"]["student"]["value"]),
        "real_calls": check["data"]["sources"] + check["variants"]["made"],
    }


def called(words: list[str]) -> tuple[dict[str, Any], float]:
    """What a command prints, and the CPU seconds of its process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "metacompress", *words, "--workers", "1", "--json"]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"},
        check=False,
    )
    if done.returncode not in (0, 1, 3):
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), seconds


if __name__ == "__main__":
    main()
