"""A repair is told as its intervals show it, and no better."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from repairs import accuracy, repair_summary

from metacompress.report.pages.repair import repair_page
from metacompress.report.tables.repair import kept_rows, made, proof_rows, repair_headline
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT

FALLS = {"first": 0.3, "second": 0.1, "difference": -0.2, "low": -0.3, "high": -0.1}
RISES = {"first": 0.1, "second": 0.3, "difference": 0.2, "low": 0.1, "high": 0.3}
UNKNOWN = {"difference": None, "low": None, "high": None}
LOST, KEPT, OPEN = accuracy(-0.5, -0.3), accuracy(-0.005, 0.005), accuracy(-0.05, 0.03)
FEWER = (
    "new-disagreement on held-out variants 30.00 % before and 10.00 % after (-30.00 to -10.00 "
    "points)"
)
MORE = (
    "new-disagreement on held-out variants 10.00 % before and 30.00 % after (+10.00 to +30.00 "
    "points)"
)
ON_NONE = "on no held-out source, so that new-disagreement applies to none of its variants."
LOSS = "accuracy is lost (-50.00 to -30.00 points)."


@pytest.mark.parametrize(
    ("verdict", "target", "accuracies", "sentence"),
    [
        ("pass", FALLS, KEPT, f"Repaired: {FEWER}."),
        ("fail", RISES, KEPT, f"Worse: {MORE}."),
        ("fail", RISES, LOST, f"Worse: {MORE}; {LOSS}"),
        ("fail", FALLS, LOST, f"Worse: {FEWER}; {LOSS}"),
        (
            "undecided",
            FALLS,
            OPEN,
            f"No repair is shown: {FEWER}, but a loss of accuracy is not excluded (-5.00 to +3.00 "
            f"points).",
        ),
        (
            "undecided",
            {**UNKNOWN, "first": None},
            KEPT,
            f"No repair is shown: the student before agrees with its teacher {ON_NONE}",
        ),
        (
            "undecided",
            {**UNKNOWN, "second": None},
            None,
            f"No repair is shown: the repaired student agrees with its teacher {ON_NONE}",
        ),
        (
            "undecided",
            {**UNKNOWN, "first": None, "second": None},
            None,
            "No repair is shown: new-disagreement applies to no held-out variant.",
        ),
        (
            "undecided",
            UNKNOWN,
            None,
            "No repair is shown: new-disagreement on held-out variants 30.00 % before and 30.00 % "
            "after (no interval is known).",
        ),
    ],
)
def test_the_headline_claims_what_the_intervals_show(
    verdict: str, target: dict[str, Any], accuracies: dict[str, Any] | None, sentence: str
) -> None:
    found = repair_summary(verdict=verdict, target=target, accuracies=accuracies)
    assert repair_headline(found) == sentence


@pytest.mark.parametrize(
    ("verdict", "target"), [("pass", FALLS), ("fail", RISES), ("undecided", {})]
)
def test_a_temperature_is_cosmetic_whatever_came_of_it(
    verdict: str, target: dict[str, float]
) -> None:
    found = repair_summary("temperature", verdict, target, LOST, temperature=2.0)
    assert repair_headline(found).endswith("; cosmetic: no predicted class changed.")
    assert "accuracy" not in repair_headline(found)


def test_a_relation_that_applies_to_nothing_has_a_row() -> None:
    (row,) = proof_rows(repair_summary(target={**UNKNOWN, "second": None}).proof)
    assert row == ["new-disagreement", "trained", "30.00", "–", "–", "–"]


def test_what_is_one_is_not_called_many() -> None:
    found = repair_summary()
    assert found.distillation is not None
    one = found.distillation.model_copy(update={"steps": 1, "inputs": 1, "hard": 1})
    family = found.proof.families["trained"].model_copy(update={"follow_ups": 1})
    proof = found.proof.model_copy(update={"families": {"trained": family}})
    told = list(made(found.model_copy(update={"distillation": one, "proof": proof})))
    assert told[1] == "trained: 1 held-out variant by transformations that it learnt from"
    assert told[2].startswith("1 step at temperature 1, 50 % of the rows variants; 1 of 1 input ")
    assert told[3] == "Agreement with the teacher, to choose by: 50.00 % before, – after"


def test_a_way_of_many_tensors_is_told_by_what_changed(tmp_path: Path) -> None:
    names = [f"layer.{number}.weight" for number in range(60)]
    ways = [*(names[:count] for count in range(61)), names[1:]]
    steps = [
        {"kept": kept, "violations": 0.25, "passes": kept is ways[-1], "bytes": len(kept)}
        for kept in ways
    ]
    sizes = {"bytes_before": 0, "bytes": 59, "bytes_teacher": 60}
    precision = {"tensors": 60, "kept": names[1:], "steps": steps, **sizes}
    found = repair_summary("precision", precision=precision)
    assert found.precision is not None
    rows = list(kept_rows(found.precision))
    assert rows[0] == ["0", "the student as it is", "25.00 %", "0", "do not pass"]
    assert rows[2][:2] == ["2", "with layer.1.weight"]
    assert rows[-1] == ["59", "without layer.0.weight", "25.00 %", "59", "pass"]
    assert list(made(found))[-1].endswith("layer.10.weight and 49 more")
    run = RunDirectory(tmp_path)
    run.write_json(ENVIRONMENT, environment(Stopwatch(), {}))
    page = repair_page(run, found)
    # In the step that takes it, and in the list of all: not in each step that keeps it.
    assert page.count("layer.40.weight") == 2


def test_the_page_names_the_run_the_data_and_what_made_the_variants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = RunDirectory(Path())
    run.write_json(ENVIRONMENT, environment(Stopwatch(), {}))
    page = repair_page(run, repair_summary())
    assert f"<title>MetaCompress: {tmp_path.name}</title>" in page
    assert "<dt>data</dt><dd>programs.jsonl</dd>" in page
    assert "Variants called trained were made by rename-identifiers." in page
