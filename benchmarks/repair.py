"""How far a repair brings disagreement down, beside as many steps of plain distillation.

    python benchmarks/repair.py devign DIRECTORY [SEEDS] > benchmarks/results/repair-devign.json
    python benchmarks/repair.py demo DIRECTORY [SEEDS] > benchmarks/results/repair-demo.json

``devign`` is the shared pair (../shared), ``demo`` the pair that the package brings along, its
student read back from ONNX. A seed is that of the trainings: sources and variants are the same.
Repaired student and control start from the same student and take as many steps; what differs is
the rows: variants and hard inputs, or sources alone. Prints JSON: rates of either on held-out
sources, by transformations that trained and by others, their differences with intervals paired by
source, accuracies, and the drop of accuracy under one attack with equal queries.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

import metacompress
from metacompress.models.backends.demo import DEMO_MODELS

SHARED = Path(__file__).resolve().parents[2] / "shared"
TRAINED = [
    "rename-identifiers",
    "parentheses",
    "flip-comparison",
    "rewrite-literal",
    "split-declarations",
]
UNSEEN = ["insert-dead-code", "rewrite-boolean", "extract-local"]
PAIRS: dict[str, dict[str, Any]] = {
    "devign": {
        "task": "vulnerability-prediction",
        "data": str(SHARED / "data/devign"),
        "teacher": str(SHARED / "models/devign_teacher"),
        "student": str(SHARED / "models/devign_student"),
        "split": "train",
        "limit": 1700,
        "test_split": "test",
        "test_limit": 500,
        "steps": 300,
        "learning_rate": 5e-4,
    },
    "demo": {
        "task": "clone-detection",
        "data": "demo",
        "teacher": "demo:teacher",
        "split": "train",
        "limit": 400,
        "valid_split": "valid",
        "test_split": "unseen-problems",
        "test_limit": 150,
        "steps": 120,
        "rows_per_step": 16,
        "learning_rate": 5e-4,
    },
}
ATTACKED, ATTACK = 40, "random-renaming"


def main() -> None:
    """Repair with every seed, attack, and print what came of it."""
    name, directory = sys.argv[1], Path(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    given = dict(PAIRS[name])
    if name == "demo":
        given["student"] = str(read_back(DEMO_MODELS / "student", directory / "student"))
    found = [measured(given, directory, seed) for seed in range(seeds)]
    settings = {
        key: value for key, value in given.items() if key not in ("data", "teacher", "student")
    }
    result = {
        "settings": {**settings, "trained": TRAINED, "unseen": UNSEEN},
        "seeds": found,
        "median": summed_up(found),
    }
    print(json.dumps(result, indent=1))


def measured(given: dict[str, Any], directory: Path, seed: int) -> dict[str, Any]:
    """One repair with its control."""
    run = directory / f"seed-{seed}"
    found = metacompress.repair(
        **given,
        transforms=TRAINED,
        unseen=UNSEEN,
        follow_ups=2,
        temperatures=[2.0],
        follow_up_shares=[0.8],
        evaluations=3,
        device="cpu",
        control=True,
        training_seed=seed,
        store=directory / "store.sqlite",
        run=run,
    )
    assert found.control is not None
    assert found.cost is not None
    assert found.distillation is not None
    proofs = {"student": found.proof, "control": found.control}
    rows = {
        f"{before}_{family}_{relation}": compared(proof.families[family], relation)
        for before, proof in proofs.items()
        for family in proof.families
        for relation in ("new-disagreement", "prediction-agreement")
    }
    accuracy = found.control.accuracy
    return {
        "seed": seed,
        "held_out": found.proof.sources,
        "variants": {name: one.follow_ups for name, one in found.proof.families.items()},
        "hard": found.distillation.hard,
        "inputs": found.distillation.inputs,
        "rates": rows,
        "accuracy": None if accuracy is None else accuracy.content(),
        "training_seconds": found.cost.training_seconds,
        "bytes": {name: one.bytes for name, one in found.sizes.items()},
        "verdict": found.verdict,
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


def summed_up(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians over the seeds, with the least and the greatest."""
    rates = found[0]["rates"]
    return {
        name: {
            key: spread([one["rates"][name][key] for one in found])
            for key in ("before", "after", "difference", "left")
        }
        for name in rates
    }


def spread(values: list[float | None]) -> dict[str, float] | None:
    """Median, least and greatest of those that are known."""
    known = [one for one in values if one is not None]
    if not known:
        return None
    return {"median": statistics.median(known), "low": min(known), "high": max(known)}


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
