"""How small the counterexamples of a pair become, and after how many queries.

    python benchmarks/shrinking.py TEACHER STUDENT DATA [LIMIT] > benchmarks/results/shrinking.json

A check with renamings as in docs/results.md, on a sample of the sources, shrinks all of its
counterexamples. Prints JSON: medians and quartiles of edits, statements and queries.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

import metacompress

_ALL = 1_000_000


def measured(teacher: str, student: str, data: str, limit: int) -> dict[str, object]:
    """Check, shrink and sum up."""
    with tempfile.TemporaryDirectory() as scratch:
        checked = metacompress.check(
            teacher,
            student,
            data,
            task="vulnerability-prediction",
            transforms="rename-identifiers",
            variants=4,
            seed=0,
            limit=limit,
            slices=False,
            shrink=_ALL,
            report=False,
            run=Path(scratch) / "run",
        )
    found = checked.summary.shrinking
    if found is None or not found.counterexamples:
        sys.exit("no counterexample was found; take a larger LIMIT")
    shrunk = [one for one in found.counterexamples if one.refusal is None]
    figures = {
        "edits_before": [one.edits_before or 0 for one in shrunk],
        "edits": [one.edits or 0 for one in shrunk],
        "statements_before": [one.statements_before or 0 for one in shrunk],
        "statements": [one.statements or 0 for one in shrunk],
        "statements_share": [
            (one.statements or 0) / one.statements_before for one in shrunk if one.statements_before
        ],
        "queries": [one.queries for one in shrunk],
    }
    return {
        "sources": checked.summary.data.sources,
        "counterexamples": found.found,
        "not_shrunk": len(found.counterexamples) - len(shrunk),
        "one_edit": sum(one.edits == 1 for one in shrunk),
        "relations": Counter(one.counterexample.relation for one in shrunk),
        "stopped": {
            name: Counter(
                [step.stopped for step in one.passes if step.name == name][-1] for one in shrunk
            )
            for name in ("edits", "statements")
        },
        "quartiles": {
            name: [round(one, 4) for one in statistics.quantiles(values, method="inclusive")]
            for name, values in figures.items()
        },
    }


if __name__ == "__main__":
    teacher, student, data = sys.argv[1:4]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else 300
    print(json.dumps(measured(teacher, student, data, limit), indent=2))
