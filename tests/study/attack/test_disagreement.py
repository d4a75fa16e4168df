from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.errors import UsageError
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.validity import check_renaming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TASK = "vulnerability-prediction"


def teacher(texts: list[str]) -> list[list[float]]:
    """Says safe to functions of even numbers, whatever their names; it is unsure of the first."""
    return [_said(text, sure=0.55 if "scale0(" in text else 0.9) for text in texts]


def student(texts: list[str]) -> list[list[float]]:
    """The same, but it leaves where one name is gone; and it is wrong about the first function."""
    found = []
    for text in texts:
        p = _said(text, sure=0.8)
        if "total +=" not in text or "scale0(" in text:
            p = p[::-1]
        found.append(p)
    return found


def _said(text: str, *, sure: float) -> list[float]:
    odd = int(text.split("scale")[1].split("(")[0]) % 2
    return [1 - sure, sure] if odd else [sure, 1 - sure]


def seek(dataset: Dataset, run: Path, **settings: object) -> metacompress.AttackResult:
    given = {"attacks": ("alert", "wir-random"), "max_queries": 150, "goal": "disagreement"}
    return metacompress.attack(teacher, student, dataset, task=TASK, run=run, **(given | settings))


def test_measures_and_their_arithmetic(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(9)
    result = seek(dataset, tmp_path / "run", relations={"prediction-agreement": {}})
    rows = result.attempts.to_pylist()
    for name in ("alert", "wir-random"):
        found = result.disagreement(name)
        # On the first function they part already.
        assert (found.n, found.skipped, found.attacked, found.found) == (9, 1, 8, 8)
        assert found.rate == 1
        assert found.left == {"teacher": 0, "student": 8, "both": 0}
        assert (found.regressions, found.recoveries) == (8, 0)
        assert found.divergence_clean_mean < found.divergence_mean
        own = [row for row in rows if row["attack"] == name]
        assert {row["victim"] for row in own} == {"pair"}
        assert found.first_median == np.median([row["found_at"] for row in own])
        assert found.queries_mean == np.mean([row["queries"] for row in own])
        assert found.cpu_seconds > 0
        chance = {row["index"]: row for row in rows if row["attack"] == "random-control-names"}
        wins = sum(0 < chance[row["index"]]["found_at"] <= row["queries"] for row in own)
        control = found.control
        assert control.found == wins
        assert control.difference == pytest.approx(found.rate - wins / 8)
        low, high = control.difference_interval
        assert -1 <= low <= control.difference <= high <= 1
        assert control.only_attack - control.only_control == 8 - wins
        crafted = result.summary.attacks[name].relations["pair-crafted, successful"]
        assert crafted["prediction-agreement"].violations == 8
        assert not result.summary.attacks[name].victims
    for row in rows:
        if row["succeeded"]:
            source = dataset[row["index"]].programs[0]
            programs = [
                AnalysedProgram.of(t, source.language) for t in (source.text, *row["programs"])
            ]
            assert check_renaming(*programs) is None


def test_no_label_is_needed(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    dataset = make_dataset(4)
    none = Dataset(dataset.task, tuple(replace(one, label=None) for one in dataset))
    found = seek(none, tmp_path / "run", attacks=("alert",)).disagreement("alert")
    assert (found.skipped, found.found, found.regressions, found.recoveries) == (1, 3, 0, 0)


def test_the_same_seed_gives_the_same_bytes_and_a_finished_study_asks_nothing(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    for name, concurrency in (("one", 1), ("two", 64)):
        seek(make_dataset(5), tmp_path / name, attacks=("combined",), concurrency=concurrency)
    for file in ("summary.json", "attempts.parquet"):
        one, two = ((tmp_path / name / file).read_bytes() for name in ("one", "two"))
        assert one == two
    loaded = metacompress.load_run(tmp_path / "one")
    assert loaded.disagreement("combined").cpu_seconds > 0


def test_models_that_never_part(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    result = metacompress.attack(
        teacher, lambda texts: teacher(texts), make_dataset(3), task=TASK, attacks=("alert",),
        goal="disagreement", max_queries=30, run=tmp_path / "run",
    )  # fmt: skip
    found = result.disagreement("alert")
    assert (found.skipped, found.found, found.first_median) == (0, 0, None)
    assert found.control.times is None
    assert found.divergence_mean == found.divergence_clean_mean == 0
    assert "No valid variant was found" in (tmp_path / "run/report.html").read_text()


def test_models_that_always_part_leave_nothing_to_attack(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.attack(
        teacher, lambda texts: [p[::-1] for p in teacher(texts)], make_dataset(3), task=TASK,
        attacks=("alert",), goal="disagreement", run=tmp_path / "run",
    )  # fmt: skip
    found = result.disagreement("alert")
    assert (found.skipped, found.attacked, found.rate) == (3, 0, None)
    assert "No input could be attacked" in (tmp_path / "run/report.html").read_text()


def test_reports_speak_of_disagreements_alone(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from metacompress.report.terminal.attacks import print_attacks

    result = seek(make_dataset(4), tmp_path / "run", attacks=("alert",))
    print_attacks(result.summary)
    printed = capsys.readouterr().out
    for word in ("found %", "random %", "student left", "first"):
        assert word in printed
    page = (tmp_path / "run/report.html").read_text()
    assert "Teacher and student come to disagree on 100 % of the inputs" in page
    assert "Disagreements found" in page
    assert "--goal disagreement" in page
    for word in ("flip", "lost", "loses"):
        assert word not in printed
        assert f" {word} " not in page.split("<script")[0]
    assert "100.00 %" in repr(result)
    assert result.to_pandas()["found"].tolist() == [3]
    assert json.loads((tmp_path / "run/summary.json").read_text())["goal"] == "disagreement"


def test_measures_of_the_other_goal_are_refused(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    result = metacompress.attack(
        teacher, student, make_dataset(2), task=TASK, attacks=("alert",), control=False,
        max_queries=5, run=tmp_path / "run", report=False,
    )  # fmt: skip
    with pytest.raises(UsageError, match="goal='disagreement'"):
        result.disagreement("alert")
