"""Several students, and a floor, in one check."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from warm_python import warm_python

import metacompress
from metacompress.errors import UsageError
from metacompress.report.terminal.check import print_summary

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"
FUNCTION = "int f{k}(int a) {{ int total = a + {k}; return total > 9 ? 9 : total; }}"


def command(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    words = [warm_python(), "-m", "metacompress", *map(str, arguments)]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def one_and_both(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[metacompress.CheckResult, metacompress.CheckResult]:
    folder = tmp_path_factory.mktemp("students")
    devign_file = folder / "test.jsonl"
    rows = [{"idx": k, "func": FUNCTION.format(k=k), "target": k % 2} for k in range(60)]
    devign_file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    alone = metacompress.check(
        "mock:",
        "mock:?seed=1",
        devign_file,
        task=TASK,
        transforms=("rename-identifiers",),
        run=folder / "one",
    )
    both = metacompress.check(
        "mock:",
        {"near": "mock:?seed=1", "same": "mock:?seed=2"},
        devign_file,
        task=TASK,
        floor="mock:?seed=3",
        transforms=("rename-identifiers",),
        run=folder / "both",
    )
    return alone, both


def test_a_student_is_judged_the_same_beside_others(
    one_and_both: tuple[metacompress.CheckResult, metacompress.CheckResult],
) -> None:
    alone, both = one_and_both
    assert list(both.students) == ["near", "same"]
    first = both.students["near"].relations["prediction-agreement"].sources
    assert first is not None
    second = alone.relations["prediction-agreement"].sources
    assert second is not None
    assert (first.value, first.verdict, first.inputs) == (
        second.value,
        second.verdict,
        second.inputs,
    )


def test_tables_hold_every_model(
    one_and_both: tuple[metacompress.CheckResult, metacompress.CheckResult],
) -> None:
    _, both = one_and_both
    assert {"teacher", "near", "same", "floor"} <= set(both.predictions.column_names)
    assert set(both.violations["student"].to_pylist()) == {"near", "same"}
    assert set(both.summary.models) == {"teacher", "near", "same", "floor"}
    assert both.probabilities("floor").shape == both.probabilities("near").shape
    with pytest.raises(UsageError, match="near, same"):
        _ = both.relations
    page = both.to_html()
    assert "near beside the teacher" in page
    assert "Reliability of same" in page


def test_the_command_takes_several(devign_file: Path, tmp_path: Path) -> None:
    done = command(
        "check",
        *("--task", TASK, "--data", devign_file, "--teacher", "mock:"),
        *("--student", "a=mock:?seed=1", "--student", "b=mock:?seed=2", "--json"),
        cwd=tmp_path,
    )
    assert list(json.loads(done.stdout)["students"]) == ["a", "b"]
    refused = command(
        "check",
        *("--task", TASK, "--data", devign_file, "--teacher", "mock:"),
        *("--student", "mock:?seed=1", "--student", "mock:?seed=2"),
        cwd=tmp_path,
    )
    assert refused.returncode == 2
    assert "a name each" in refused.stderr


@pytest.mark.parametrize(
    ("mix", "why"),
    [
        ({"rename-identifiers": 0}, "above 0"),
        ({"flip-comparison": 2}, "no variant is made by"),
        ("rename-identifiers", "NAME=VALUE"),
    ],
)
def test_weights_must_be_of_what_makes_variants(
    mix: object, why: str, devign_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=why):
        metacompress.check(
            "mock:",
            "mock:?seed=1",
            devign_file,
            task=TASK,
            transforms=("rename-identifiers",),
            mix=mix,
            run=tmp_path / "r",
        )


def test_students_beside_each_other_are_shown(
    one_and_both: tuple[metacompress.CheckResult, metacompress.CheckResult],
    capsys: pytest.CaptureFixture[str],
) -> None:
    alone, both = one_and_both
    assert alone.summary.ranking is None
    ranking = both.summary.ranking
    assert ranking is not None
    assert set(ranking.order) == {"near", "same"}
    print_summary(both.summary, None)
    told = capsys.readouterr().out
    assert all(f"{rank}. {name}" in told for rank, name in enumerate(ranking.order, start=1))
    assert "Students beside each other" in both.to_html()
    assert "Students beside each other" not in alone.to_html()


def test_sizes_make_a_picture(devign_file: Path, tmp_path: Path) -> None:
    result = metacompress.check(
        "demo:teacher",
        {"small": "demo:student", "short": "demo:student?max_length=64", "mock": "mock:"},
        "demo",
        task="clone-detection",
        split="test",
        limit=6,
        run=tmp_path / "run",
    )
    page = result.to_html()
    assert "Size against violations" in page
    assert result.summary.models["small"].cost.bytes is not None
    assert result.summary.models["mock"].cost.bytes is None
