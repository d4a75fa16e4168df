from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from repairs import accuracy, repair_summary

from metacompress.repairing.proof import verdict_of_proof
from metacompress.repairing.settings import RepairSettings
from metacompress.settings.validation import validated

if TYPE_CHECKING:
    from metacompress.stats.verdict import Verdict

FALLS = {"low": -0.3, "high": -0.1}
NOTHING = {"second": None, "difference": None, "low": None, "high": None}


@pytest.mark.parametrize(
    ("by", "target", "accuracies", "verdict"),
    [
        ("distillation", FALLS, accuracy(-0.005, 0.005), "pass"),
        ("distillation", FALLS, accuracy(-0.05, 0.03), "undecided"),
        ("distillation", FALLS, accuracy(-0.5, -0.3), "fail"),
        ("distillation", NOTHING, accuracy(-0.005, 0.005), "undecided"),
        # A student that is right on nothing agrees with its teacher on nothing, too.
        ("distillation", NOTHING, accuracy(-0.5, -0.3), "fail"),
        ("temperature", FALLS, accuracy(-0.5, -0.3), "pass"),
    ],
)
def test_lost_accuracy_fails_whatever_the_target_applies_to(
    by: str, target: dict[str, Any], accuracies: dict[str, Any], verdict: Verdict
) -> None:
    proof = repair_summary(by, target=target, accuracies=accuracies).proof
    given = {"teacher": "mock:", "student": "mock:?seed=1", "data": {"path": "x"}, "by": by}
    config = validated(RepairSettings, {**given, "task": "vulnerability-prediction"})
    assert verdict_of_proof(proof.families, proof.accuracy, config) == verdict
