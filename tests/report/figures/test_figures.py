from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
import yaml
from huggingface_hub import parse_eval_result_entries
from placed import write_functions

import metacompress
from metacompress.cli.app import run_command
from metacompress.data.part import Part
from metacompress.errors import RunDirectoryError, UsageError
from metacompress.files.ownership import mark
from metacompress.report.figures.formats import latex_table, markdown_table
from metacompress.report.figures.matrix import Cell, Matrix

if TYPE_CHECKING:
    from pathlib import Path

TASK = "vulnerability-prediction"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a check of two students, one of a third, and a study of attacks."""
    directory: Path = tmp_path_factory.mktemp("runs")
    data = write_functions(directory / "functions.jsonl", 30)
    common = {"task": TASK, "language": "c", "report": False}
    two = {"small_1": "mock:?seed=1", "small_2": "mock:?seed=2"}
    metacompress.check(
        "mock:", two, data, run=directory / "two", transforms=["rename-identifiers"], **common
    )
    metacompress.check("mock:", "mock:?seed=3", data, run=directory / "one", **common)
    metacompress.attack(
        "mock:", "mock:?seed=1", data, task=TASK, language="c", attacks=["wir-random"],
        control=False, limit=8, run=directory / "attacked",
    )  # fmt: skip
    return directory


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    capsys.readouterr()
    assert not run_command([str(word) for word in words])
    return capsys.readouterr().out


def table_of(text: str) -> tuple[str, list[str]]:
    """The heading and the rows of a Markdown table, without the notes below it."""
    heading, _, *rows = text.partition("\n\n")[0].splitlines()
    return heading, rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def test_rows_are_students_and_columns_relations(
    runs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "table", runs / "two", runs / "one")
    heading, rows = table_of(text)
    assert "in brackets 95 % intervals." in text
    names = [cells(row)[0] for row in rows]
    assert names == [r"two: small\_1", r"two: small\_2", "one"]
    column = cells(heading).index("prediction-agreement, sources")
    for row, (run, student) in zip(
        rows, [("two", "small_1"), ("two", "small_2"), ("one", "student")], strict=True
    ):
        judged = (
            metacompress.load_run(runs / run)
            .students[student]
            .relations["prediction-agreement"]
            .sources
        )
        expected = f"{100 * judged.value:.2f} ({100 * judged.low:.2f} to {100 * judged.high:.2f})"
        assert cells(row)[column] == expected
    # The check without variants has nothing to say of them.
    assert cells(rows[2])[cells(heading).index("new-disagreement, follow-ups")] == "–"


def test_rows_may_be_relations_and_scores(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("table", runs / "two", "--rows", "relations", "--verdicts")
    chosen = ("--relation", "macro-disagreement", "--relation", "prediction-agreement")
    heading, rows = table_of(printed(capsys, *words, *chosen))
    assert cells(heading) == ["relation", r"small\_1", r"small\_2"]
    assert [cells(row)[0] for row in rows] == [
        f"{name}, {part.words}"
        for name in ("macro-disagreement", "prediction-agreement")
        for part in Part
    ]
    assert all(re.search(r"\) (pass|fail|undecided)$", cells(row)[1]) for row in rows)
    scores = printed(capsys, "table", runs / "two", "--rows", "scores").splitlines()
    accuracy = metacompress.load_run(runs / "two").summary.models["teacher"].sources.accuracy
    assert cells(scores[2])[:2] == ["teacher, 30 sources", f"{100 * accuracy:.2f}"]


def test_csv_has_shares(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "table", runs / "two", "--format", "csv", "--verdicts")
    found = {row["student"]: row for row in csv.DictReader(io.StringIO(text))}
    for name, student in metacompress.load_run(runs / "two").students.items():
        judged = student.relations["prediction-agreement"].sources
        title = "prediction-agreement, sources"
        assert float(found[name][title]) == judged.value
        assert float(found[name][f"{title} high"]) == judged.high
        assert found[name][f"{title} verdict"] == judged.verdict


def test_latex_is_balanced(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "table", runs / "two", runs / "one", "--format", "latex")
    lines = [line for line in text.splitlines() if line.endswith(r"\\")]
    columns = len(re.search(r"\{(l(r+))\}", text)[1])
    for line in lines:
        spans = sum(int(span) - 1 for span in re.findall(r"\\multicolumn\{(\d+)\}", line))
        assert line.count(" & ") + 1 + spans == columns
    assert text.count("{") == text.count("}")
    assert r"two: small\_1" in text
    assert text.index(r"\toprule") < text.index(r"\midrule") < text.index(r"\bottomrule")


def test_names_are_text_in_latex_and_markdown() -> None:
    matrix = Matrix("a", [("50% & more_",)], [(r"x\y{z}|", [Cell(-0.5, -1.0, 0.0)])], ["90 %_"])
    latex = latex_table(matrix)
    assert r"50\% \& more\_" in latex
    assert r"x\textbackslash{}y\{z\}\textbar{}" in latex
    assert r"$-50.00$ {\footnotesize($-100.00$ to 0.00)}" in latex
    assert r"| x\\y\{z\}\| | -50.00 (-100.00 to 0.00) |" in markdown_table(matrix)
    assert markdown_table(matrix).endswith("|\n\n90 %\\_\n")


def test_attacks_have_a_table(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, rows = table_of(printed(capsys, "table", runs / "attacked"))
    assert cells(heading) == ["victim", "wir-random"]
    assert [cells(row)[0] for row in rows] == ["teacher", "student"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("two", "attacked"), "attacked cannot stand in this one"),
        (("two", "two"), "a run is named twice"),
        (("two", "--relation", "prediction-agrement"), "did you mean prediction-agreement"),
    ],
)
def test_what_makes_no_table(words: tuple[str, ...], message: str, runs: Path) -> None:
    paths = [str(runs / word) if (runs / word).exists() else word for word in words]
    with pytest.raises(UsageError, match=message):
        run_command(["table", *paths])


def test_the_card_has_a_section_and_results_that_the_hub_reads(
    runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, model = f"{runs / 'two'}#small_2", tmp_path / "model"
    section = printed(
        capsys, "card", place, "--out", model, "--dataset", "me/functions",
        "--source-url", "https://example.org/report.html",
    )  # fmt: skip
    summary = metacompress.load_run(runs / "two").summary
    student = summary.students["small_2"]
    assert f"**{student.verdict}**" in section
    rows = [cells(line) for line in section.splitlines() if line.startswith("| ")]
    assert ["prediction-agreement", "sources"] in [row[:2] for row in rows]
    text = (model / ".eval_results/metacompress.yaml").read_text()
    entries = {one.task_id: one for one in parse_eval_result_entries(yaml.safe_load(text))}
    assert entries[TASK].value == round(100 * summary.models["small_2"].sources.accuracy, 2)
    for part, suffix in ((Part.SOURCES, ""), (Part.FOLLOW_UPS, "-follow-ups")):
        judged = dict(student.relations["prediction-agreement"].parts())[part]
        entry = entries[f"prediction-agreement{suffix}"]
        assert entry.value == round(100 * (1 - judged.value), 2)
        assert entry.dataset_id == "me/functions"
        assert entry.source_url == "https://example.org/report.html"
    assert not any("calibration" in name for name in entries)


def test_a_card_needs_its_student_and_its_data_set(runs: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="students small_1, small_2; name one"):
        run_command(["card", str(runs / "two")])
    with pytest.raises(UsageError, match="add --dataset ID"):
        run_command(["card", str(runs / "one"), "--out", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_a_card_is_of_a_check(tmp_path: Path) -> None:
    mark(tmp_path, "repair")
    with pytest.raises(RunDirectoryError, match="kind repair; name the directory of a finished"):
        run_command(["card", str(tmp_path)])
