"""How far a repair brings disagreement down, beside as many steps of plain distillation.

    python benchmarks/repair.py RECIPE DIRECTORY [PAIR ...] > benchmarks/results/repair-RECIPE.json

Of the recipes, ``hard`` learns from four variants to a source, from inputs on which the student
parts from its teacher again and again, and from renamings that an attack found; ``consistent`` from
one variant to a source, three times as long, with a loss that keeps its answers to both alike, and
``insistent`` with three times the weight of that loss.

``devign`` and ``bigclonebench`` have a teacher of ../shared; their students were distilled from it
on the same sources for a while (START). The students of ``devign-finished`` and ``demo`` are those
that come with the teacher; that of ``demo`` is read back from ONNX. A seed is that of the
trainings: the start, sources and variants are the same.
Repaired student and control start from the same student and take as many steps; the control
learns from sources alone. Prints JSON: rates of either on held-out sources, by transformations that
trained and by others, their differences with intervals paired by source, accuracies, and the drop
of accuracy under one attack with equal queries. What is finished in DIRECTORY is not made again.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import metacompress
from metacompress.models.backends.demo import DEMO_MODELS

if TYPE_CHECKING:
    from metacompress.repairing.summary import RepairSummary

SHARED = Path(__file__).resolve().parents[2] / "shared"
TRAINED = [
    "rename-identifiers",
    "parentheses",
    "flip-comparison",
    "rewrite-literal",
    "split-declarations",
]
# What parts after an edit, what of it is the student's change alone, and what parts at all.
RELATIONS = ("new-disagreement", "invariance-inheritance", "prediction-agreement")
UNSEEN = ["insert-dead-code", "rewrite-boolean", "extract-local"]
# A small student, and its plain distillation before the steps that are compared.
START: dict[str, Any] = {
    "layers": 2,
    "hidden": 64,
    "heads": 2,
    "feed_forward": 128,
    "vocabulary": 2000,
    "epochs": 6,
    "batch_size": 32,
    "learning_rate": 1e-3,
    "temperature": 2.0,
    "keep": "last",
}
COMMON: dict[str, Any] = {
    "split": "train",
    "valid_split": "valid",
    "test_split": "test",
    "follow_ups": 4,
    "temperatures": [2.0],
    "rows_per_step": 32,
    "evaluations": 1,
}
RECIPES: dict[str, dict[str, Any]] = {
    "hard": {
        "follow_up_shares": [0.8],
        "hard_share": 0.2,
        "attack": "random",
        "attacked": 200,
        "max_queries": 20,
    },
    "consistent": {"follow_up_shares": [0.5], "hard_share": 0.0, "consistency": 1.0},
    "insistent": {"follow_up_shares": [0.5], "hard_share": 0.0, "consistency": 3.0},
}
# Steps of a recipe, as a multiple of those of the pair.
LONGER = {"hard": 1, "consistent": 3, "insistent": 3}
CLONES = {"task": "clone-detection"}
DEVIGN = {
    "task": "vulnerability-prediction",
    "data": str(SHARED / "data/devign"),
    "teacher": str(SHARED / "models/devign_teacher"),
}
PAIRS: dict[str, dict[str, Any]] = {
    "demo": {
        **COMMON,
        **CLONES,
        "data": "demo",
        "teacher": "demo:teacher",
        "limit": 400,
        "test_split": "unseen-problems",
        "test_limit": 200,
        "steps": 200,
        "rows_per_step": 16,
        "learning_rate": 5e-4,
    },
    "bigclonebench": {
        **COMMON,
        **CLONES,
        "data": str(SHARED / "data/bigclonebench"),
        "teacher": f"codexglue:{SHARED}/models/compressor_codebert_clone_detection?max_length=192",
        "limit": 3000,
        "test_limit": 600,
        "steps": 400,
        "learning_rate": 1e-3,
        "start": {"max_length": 256},
    },
    "devign": {
        **COMMON,
        **DEVIGN,
        "limit": 3000,
        "test_limit": 1000,
        "steps": 400,
        "learning_rate": 1e-3,
        "start": {"max_length": 128},
    },
    "devign-finished": {
        **COMMON,
        **DEVIGN,
        "student": str(SHARED / "models/devign_student"),
        "limit": 1700,
        "test_limit": 500,
        "steps": 300,
        "learning_rate": 5e-4,
    },
}
SEEDS = range(3)
# By seed 0 alone: labelled sources, and queries for each.
ATTACKED, QUERIES = 60, 40


def main() -> None:
    """Repair the students of all pairs, or of some, and print what came of it."""
    recipe, directory = sys.argv[1], Path(sys.argv[2])
    pairs = sys.argv[3:] or list(PAIRS)
    found = {pair: measured_pair(pair, recipe, directory / pair) for pair in pairs}
    recipe_as_run = {"trained": TRAINED, "unseen": UNSEEN, **RECIPES[recipe]}
    print(json.dumps({"recipe": recipe_as_run, "pairs": found}, indent=1))


def measured_pair(pair: str, recipe: str, directory: Path) -> dict[str, Any]:
    """Repair with every seed, and attack."""
    given = PAIRS[pair] | RECIPES[recipe]
    given["steps"] *= LONGER[recipe]
    start = given.pop("start", None)
    if pair == "demo":
        given["student"] = str(read_back(DEMO_MODELS / "student", directory / "student"))
    elif start is not None:
        given["student"] = str(started(given, start, directory / "student"))
    found = [measured(given, directory, seed) for seed in SEEDS]
    students = {"student": given["student"]}
    students |= {one: str(directory / f"seed-0/{one}") for one in ("control", "repaired")}
    attacks = {one: attacked(given, directory, one, place) for one, place in students.items()}
    settings = {
        key: value for key, value in given.items() if key not in ("data", "teacher", "student")
    }
    return {
        "settings": settings,
        "start": None if start is None else {**START, **start},
        "seeds": found,
        "rows": summed_up(found),
        "moved": moved(found),
        "accuracy": accuracies(found),
        "attack": {
            "attack": "random",
            "sources": ATTACKED,
            "queries": QUERIES,
            "students": attacks,
        },
    }


def started(given: dict[str, Any], start: dict[str, Any], out: Path) -> Path:
    """A small student, distilled for a while from the teacher's answers to the sources alone."""
    kept = ("task", "data", "teacher", "split", "limit")
    metacompress.distill(
        **{name: given[name] for name in kept},
        **START,
        **start,
        hold_out=0.05,
        device="cpu",
        out=out,
    )
    return out


def measured(given: dict[str, Any], directory: Path, seed: int) -> dict[str, Any]:
    """One repair with its control."""
    run = directory / f"seed-{seed}"
    found = metacompress.repair(
        **given,
        transforms=TRAINED,
        unseen=UNSEEN,
        device="cpu",
        control=True,
        training_seed=seed,
        store=directory / "store.sqlite",
        run=run,
    )
    return {"seed": seed, **described(found)}


def described(found: RepairSummary) -> dict[str, Any]:
    """The figures of a repair with a control."""
    assert found.control is not None
    assert found.cost is not None
    assert found.distillation is not None
    proofs = {"student": found.proof, "control": found.control}
    rows = {
        f"{before}_{family}_{relation}": compared(proof.families[family], relation)
        for before, proof in proofs.items()
        for family in proof.families
        for relation in RELATIONS
    }
    accuracy = {name: proof.accuracy for name, proof in proofs.items()}
    return {
        "held_out": found.proof.sources,
        "variants": {name: one.follow_ups for name, one in found.proof.families.items()},
        "hard": found.distillation.hard,
        "sought": found.distillation.sought,
        "inputs": found.distillation.inputs,
        "rates": rows,
        "left": {
            family: {"control": one.left_before, "repaired": one.left_after}
            for family, one in found.control.families.items()
        },
        "accuracy": {name: one and one.content() for name, one in accuracy.items()},
        "training_seconds": found.cost.training_seconds,
        "bytes": {name: one.bytes for name, one in found.sizes.items()},
        "verdict": found.verdict,
    }


def attacked(given: dict[str, Any], directory: Path, name: str, place: str) -> dict[str, Any]:
    """The drop of accuracy of one student under random variants, on held-out sources."""
    found = metacompress.attack(
        given["teacher"],
        place,
        given["data"],
        task=given["task"],
        split=given["test_split"],
        limit=ATTACKED,
        attacks="random",
        max_queries=QUERIES,
        control=False,
        device="cpu",
        report=False,
        store=directory / "store.sqlite",
        run=directory / f"attack-{name}",
    )
    (measures,) = found.summary.attacks.values()
    victim = measures.victims["student"]
    return {
        key: getattr(victim, key)
        for key in ("attacked", "succeeded", "accuracy", "adversarial_accuracy", "accuracy_drop")
    }


def compared(family: Any, relation: str) -> dict[str, float | None]:
    """Rates before and after on variants, and their difference with its interval."""
    row = family.relations[relation]["follow_ups"]
    return {
        "before": row.first,
        "after": row.second,
        "difference": row.difference,
        "low": row.low,
        "high": row.high,
        "left": row.second / row.first if row.first else None,
    }


def summed_up(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Medians over the seeds, by relation and family; of the share that is left, its range too."""
    rows = []
    for family in ("trained", "unseen"):
        for relation in RELATIONS:
            beside = {
                before: [one["rates"][f"{before}_{family}_{relation}"] for one in found]
                for before in ("student", "control")
            }
            left = [one["left"] for one in beside["control"] if one["left"] is not None]
            rows.append(
                {
                    "relation": relation,
                    "transformations": family,
                    "student": statistics.median(one["before"] for one in beside["student"]),
                    "control": statistics.median(one["before"] for one in beside["control"]),
                    "repaired": statistics.median(one["after"] for one in beside["control"]),
                    "left_of_control": statistics.median(left) if left else None,
                    "least": min(left, default=None),
                    "most": max(left, default=None),
                    "difference_from_control": [
                        [one["difference"], one["low"], one["high"]] for one in beside["control"]
                    ],
                }
            )
    return rows


def moved(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who changed its prediction where a variant brings a new disagreement: medians over seeds."""
    return [
        {
            "transformations": family,
            **{
                f"{model}_{who}": statistics.median(
                    one["left"][family][model][who] for one in found
                )
                for model in ("control", "repaired")
                for who in ("student", "teacher")
            },
        }
        for family in ("trained", "unseen")
    ]


def accuracies(found: list[dict[str, Any]]) -> dict[str, float]:
    """Medians over the seeds, on held-out sources; of the difference from the control, the range
    of its intervals.
    """
    beside = [one["accuracy"]["control"] for one in found]
    return {
        "student": statistics.median(one["accuracy"]["student"]["before"] for one in found),
        "control": statistics.median(one["before"] for one in beside),
        "repaired": statistics.median(one["after"] for one in beside),
        "difference": statistics.median(one["difference"] for one in beside),
        "low": min(one["low"] for one in beside),
        "high": max(one["high"] for one in beside),
    }


def read_back(exported: Path, out: Path) -> Path:
    """A Hugging Face directory of an exported BERT: weights of products are named by their bias."""
    import onnx
    import torch
    from onnx import numpy_helper
    from transformers import AutoConfig, AutoModelForSequenceClassification

    graph = onnx.load(exported / "model.onnx").graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    state = {name.removeprefix("_model."): one for name, one in arrays.items() if "::" not in name}
    for node in graph.node:
        bias = next((one for one in node.input if one.endswith(".bias")), None)
        product = next((products[one] for one in node.input if one in products), None)
        if node.op_type == "Add" and bias and product in arrays:
            name = bias.removeprefix("_model.").removesuffix("bias") + "weight"
            state[name] = arrays[product].T
    model = AutoModelForSequenceClassification.from_config(AutoConfig.from_pretrained(exported))
    tensors = {name: torch.tensor(one.copy()) for name, one in state.items()}
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    assert not unexpected
    assert not [one for one in missing if "position_ids" not in one]
    model.save_pretrained(out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(exported / name, out / name)
    return out


if __name__ == "__main__":
    main()
