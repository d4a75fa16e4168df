"""A shipped model of code and its quantised version: check, shrink, locate, repair.

    python benchmarks/language_detector.py SHARED > benchmarks/results/language-detector.json

SHARED holds models/vscode_language_detector, data/bigclonebench, data/devign and data/gcj_java (see
docs/tutorial-shipped-model.md). Prints JSON: accuracies and different answers on all programs, by
length; a check on a sample of functions of both languages; what shrinking leaves; which tensors
carry the violations; the size of the repaired file.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import metacompress

if TYPE_CHECKING:
    from metacompress.data.dataset import Dataset
    from metacompress.study.check.summary import CheckSummary

EXAMPLE = Path(__file__).parents[1] / "examples/language_detector"
RELATIONS = (
    "prediction-agreement",
    "distribution-similarity",
    "new-disagreement",
    "invariance-inheritance",
)
SOURCES = {
    "BigCloneBench, Java functions": ("java", "bigclonebench/functions.jsonl.gz"),
    "Google Code Jam, Java programs": ("java", "gcj_java/programs.jsonl.gz"),
    "Devign, C functions": ("c", "devign/test.jsonl.gz"),
}
CHECKED, LOCATED, SHRUNK = 1000, 500, 5


def measured(shared: Path, scratch: Path) -> dict[str, Any]:
    """Do all of it, with files in ``scratch``."""
    os.environ["LANGUAGE_DETECTOR"] = str(shared / "models/vscode_language_detector")
    sys.path.insert(0, str(EXAMPLE))
    import detector

    import data

    teacher, student = detector.fp32, detector.uint8
    kept = {"linear.weight": teacher.tensors()["linear.weight"]}
    student.with_tensors(kept).write(scratch / "repaired.safetensors")
    repaired = detector.LanguageDetector.read(scratch / "repaired.safetensors")
    models = {"fp32": teacher, "uint8": student, "repaired": repaired}
    task = metacompress.Task("language", 1, teacher.labels, 0, "")

    def load(name: str, **sources: Path) -> Dataset:
        data.write_functions(scratch / name, **sources)
        return metacompress.load_dataset(scratch / name, task)

    answered = {
        name: _answers(load("one.jsonl", **{language: shared / "data" / path}), models)
        for name, (language, path) in SOURCES.items()
    }
    both = load(
        "functions.jsonl",
        **{
            language: shared / "data" / path
            for name, (language, path) in SOURCES.items()
            if name.endswith("functions")
        },
    )
    settings: dict[str, Any] = {
        "task": task,
        "transforms": "rename-identifiers",
        "report": False,
        "workers": 1,
    }
    checked = metacompress.check(
        teacher,
        {"uint8": student, "repaired": repaired},
        both,
        relations=RELATIONS,
        limit=CHECKED,
        shrink=SHRUNK,
        run=scratch / "check",
        **settings,
    ).summary
    located = metacompress.locate(
        teacher, student, both, limit=LOCATED, run=scratch / "locate", **settings
    ).summary
    bytes_of = {
        name: (detector.DIRECTORY / f"{name}.safetensors").stat().st_size
        for name in ("fp32", "uint8")
    }
    return {
        "programs": [{"data": name, **_facts(one)} for name, one in answered.items()],
        "lengths": _by_length(answered["BigCloneBench, Java functions"]),
        "answers": _confusions(answered["BigCloneBench, Java functions"], teacher.labels),
        "check": _checked(checked),
        "slices": _slices(checked),
        "shrunk": _shrunk(checked),
        "locate": {
            "sources": located.data.sources,
            "variants": located.data.variants,
            "violated": located.violated,
            "swaps": [
                {
                    "tensor_or_layer": swap.name,
                    "numbers": swap.parameters,
                    "distance": swap.distance,
                    **_effect("removed", swap.follow_ups.removed),
                    **_effect("caused", swap.follow_ups.caused),
                }
                for swap in (located.everything, *located.swaps)
                if swap.follow_ups is not None
            ],
        },
        "bytes": {**bytes_of, "repaired": (scratch / "repaired.safetensors").stat().st_size},
    }


def _answers(dataset: Dataset, models: dict[str, Any]) -> dict[str, np.ndarray]:
    texts = [example.programs[0].text.encode() for example in dataset]
    return {
        "label": np.array([example.label for example in dataset]),
        "bytes": np.array([len(text) for text in texts]),
        **{
            name: model.predict(dataset.examples).probabilities.argmax(axis=1)
            for name, model in models.items()
        },
    }


def _facts(answers: dict[str, np.ndarray]) -> dict[str, Any]:
    right = {name: answers[name] == answers["label"] for name in ("fp32", "uint8", "repaired")}
    apart = {name: answers[name] != answers["fp32"] for name in ("uint8", "repaired")}
    return {
        "n": len(answers["label"]),
        **{name: float(one.mean()) for name, one in right.items()},
        "uint8_answers_otherwise": float(apart["uint8"].mean()),
        "repaired_answers_otherwise": float(apart["repaired"].mean()),
    }


def _by_length(answers: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    """Different answers by quarters of the programs, the shortest first."""
    order = np.argsort(answers["bytes"], kind="stable")
    return [
        {
            "bytes": f"{answers['bytes'][rows].min():,} to {answers['bytes'][rows].max():,}",
            "answers_otherwise": float((answers["uint8"] != answers["fp32"])[rows].mean()),
        }
        for rows in np.array_split(order, 4)
    ]


def _confusions(answers: dict[str, np.ndarray], labels: tuple[str, ...]) -> list[dict[str, Any]]:
    """The most frequent pairs of different answers."""
    apart = np.flatnonzero(answers["fp32"] != answers["uint8"])
    found = Counter((labels[answers["fp32"][k]], labels[answers["uint8"][k]]) for k in apart)
    return [
        {"fp32": first, "uint8": second, "share": count / len(apart)}
        for (first, second), count in found.most_common(5)
    ]


def _checked(summary: CheckSummary) -> dict[str, Any]:
    return {
        "sources": summary.data.sources,
        "variants": summary.variants.made,
        "students": {
            name: {
                "verdict": student.verdict,
                "relations": [
                    {
                        "relation": relation,
                        "inputs": str(part.words),
                        "violated": judged.violations,
                        "of": judged.inputs,
                        "value": judged.value,
                        "interval": f"{100 * judged.low:.2f} – {100 * judged.high:.2f} %",
                        "verdict": judged.verdict,
                    }
                    for relation, found in student.relations.items()
                    for part, judged in found.parts()
                ],
            }
            for name, student in summary.students.items()
        },
    }


def _slices(summary: CheckSummary) -> list[dict[str, Any]]:
    found = summary.students["uint8"].slices
    return [] if found is None else [one.content() for one in found.found]


def _shrunk(summary: CheckSummary) -> dict[str, Any]:
    found = summary.shrinking
    if found is None:
        return {}
    shrunk = [one for one in found.counterexamples if one.refusal is None]
    smallest = min(shrunk, key=lambda one: len(one.counterexample.variant[0]))
    names = ("edits_before", "edits", "statements_before", "statements", "queries")
    return {
        "found": found.found,
        "shrunk": len(shrunk),
        "medians": {
            name: statistics.median(getattr(one, name) or 0 for one in shrunk) for name in names
        },
        "smallest": {
            "source": smallest.counterexample.source[0],
            "variant": smallest.counterexample.variant[0],
            "relation": smallest.counterexample.relation,
            "transformation": smallest.transformation,
        },
    }


def _effect(name: str, effect: Any) -> dict[str, Any]:
    return {
        name: effect.value,
        f"{name}_interval": f"{100 * effect.low:.2f} to {100 * effect.high:.2f}",
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        print(json.dumps(measured(Path(sys.argv[1]), Path(directory)), indent=1))
