"""Prompted clone detection and vulnerability prediction: how good, and what students keep of it.

    python benchmarks/language_models/prompted.py SmolLM2-135M-Instruct.Q4_1.gguf \
        > benchmarks/results/prompted.json

Model and students are those of smollm2.py. The prompts are in ``prompts``; each class is asked at
its content-free border. Runs are kept below --out; after an interruption it goes on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decoder_students import STUDENTS, student

import metacompress
from metacompress.runs.progress import TerminalProgress

if TYPE_CHECKING:
    from metacompress.study.check.summary import CheckSummary, ModelSummary, StudentSummary

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared/data"
TASKS: dict[str, dict[str, Any]] = {
    "vulnerability-prediction": {"data": SHARED / "devign/test.jsonl.gz", "language": "c"},
    "clone-detection": {"data": SHARED / "bigclonebench", "split": "test"},
}
PROMPTS = {"vulnerability-prediction": "vulnerability.txt", "clone-detection": "clones.txt"}
RELATIONS = ("prediction-agreement", "distribution-similarity", "invariance-inheritance")


def main() -> None:
    """Check both tasks and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path, help="the GGUF file")
    parser.add_argument("--examples", type=int, default=100, help="of each task")
    parser.add_argument("--window", type=int, default=512, help="tokens that a model reads")
    parser.add_argument("--students", nargs="+", default=list(STUDENTS), choices=STUDENTS)
    parser.add_argument("--out", type=Path, default=Path("build/smollm2"))
    given = parser.parse_args()
    students = {name: student(name, given.model, given.out) for name in given.students}
    models, relations, warnings = [], [], []
    for task, words in TASKS.items():
        options = (
            f"?template={HERE / 'prompts' / PROMPTS[task]}&labels=no,yes"
            f"&correction=content-free&max_length={given.window}"
        )
        summary = metacompress.check(
            f"causal:{given.model}{options}",
            {name: f"causal:{place}{options}" for name, place in students.items()},
            **words,
            task=task,
            limit=given.examples,
            transforms="rename-identifiers",
            relations=RELATIONS,
            slices=False,
            run=given.out / "runs" / f"prompted-{task}",
            progress=TerminalProgress(),
        ).summary
        models += [_model_row(task, name, one) for name, one in summary.models.items()]
        for name, found in summary.students.items():
            relations += _relation_rows(task, name, found)
        warnings += _warnings(task, summary)
    print(json.dumps({"models": models, "relations": relations, "warnings": warnings}, indent=1))


def _model_row(task: str, name: str, model: ModelSummary) -> dict[str, object]:
    scores = model.sources
    return {
        "task": task,
        "model": name,
        "examples": scores.n,
        "accuracy": scores.accuracy,
        "auroc": scores.auroc,
        "cut": scores.truncated,
    }


def _relation_rows(task: str, name: str, found: StudentSummary) -> list[dict[str, object]]:
    return [
        {
            "task": task,
            "student": name,
            "relation": relation,
            "inputs": part,
            "value": judged.value,
            "low": judged.low,
            "high": judged.high,
            "verdict": judged.verdict,
        }
        for relation, summary in found.relations.items()
        for part, judged in summary.parts()
    ]


def _warnings(task: str, summary: CheckSummary) -> list[dict[str, object]]:
    return [
        {"task": task, "model": one.model, "warning": one.name, "says": one.message}
        for one in summary.warnings
    ]


if __name__ == "__main__":
    main()
