"""Summaries of repairs that nobody has made, for tests of how they are told."""

from __future__ import annotations

from typing import Any

from metacompress.repairing.summary import RepairSummary


def compared(**changed: Any) -> dict[str, Any]:
    """One relation on one part, without a difference."""
    return {
        "verdict": None,
        "first": 0.3,
        "second": 0.3,
        "difference": 0.0,
        "low": -0.1,
        "high": 0.1,
        "distances": False,
        "unit": "share of inputs",
        "p_pass": 0.5,
        "p_fail": 0.5,
        "sources": 20,
        **changed,
    }


def accuracy(low: float, high: float) -> dict[str, Any]:
    """Accuracies whose difference has these ends."""
    return {
        "labelled": 20,
        "before": 0.9,
        "after": 0.9 + (low + high) / 2,
        "difference": (low + high) / 2,
        "low": low,
        "high": high,
    }


def repair_summary(
    by: str = "distillation",
    verdict: str = "undecided",
    target: dict[str, Any] | None = None,
    accuracies: dict[str, Any] | None = None,
    **changed: Any,
) -> RepairSummary:
    """A repair of which only the target relation on variants and the accuracy are known.

    Args:
        by: kind of the repair.
        verdict: of it.
        target: fields of the target relation on variants that the repair learnt from.
        accuracies: see ``accuracy``.
        **changed: further fields.
    """
    relation = "distribution-similarity" if by == "temperature" else "new-disagreement"
    row = compared(**(target or {}))
    size = {"bytes": 4000, "parameters": 1000, "gflops": None, "unknown": None}
    trained = {
        "temperature": 1.0,
        "follow_up_share": 0.5,
        "trials": [],
        "inputs": 40,
        "hard": 4,
        "steps": 10,
        "agreement_before": 0.5,
        "agreement": None,
    }
    content = {
        "by": by,
        "verdict": verdict,
        "task": "vulnerability-prediction",
        "target": relation,
        "repaired": None,
        "examples": {"learn": 30, "choose": 10, "prove": 20, "left_out": 1},
        "distillation": trained if by == "distillation" else None,
        "sizes": {"student": size, "repaired": size},
        "proof": {
            "verdict": verdict,
            "before": "student",
            "after": "repaired",
            "sources": 20,
            "families": {
                "trained": {
                    "transformations": ["rename-identifiers"],
                    "follow_ups": 20,
                    "relations": {relation: {"follow_ups": row}},
                },
                "unseen": {"transformations": [], "follow_ups": 0, "relations": {}},
            },
            "accuracy": accuracies,
        },
        "control": None,
        "config": {
            "teacher": "mock:",
            "student": "mock:?seed=1",
            "data": {"path": "programs.jsonl"},
            "by": by,
            "worse_by": 0.01,
            "confidence": 0.95,
        },
        **changed,
    }
    return RepairSummary.model_validate(content)
