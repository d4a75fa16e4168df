"""The command, the function, the page and the terminal show what a study of completions found."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from completion_studies import rows

import metacompress
from metacompress.api.completions import CompletionsResult
from metacompress.api.schemas import SUMMARIES, json_schema
from metacompress.cli.entry import main
from metacompress.report.pages.completions import completions_page
from metacompress.report.tables.completions import about_completions, completions_tables
from metacompress.study.completions.summary import read_completions

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


def test_the_command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    learnt: dict[str, Path],
    problems: Path,
    completed: RunDirectory,
    tmp_path: Path,
) -> None:
    def printed(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["metacompress", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert ended.value.code in (None, 0, 1), captured.err
        return int(ended.value.code or 0), captured.out

    run = shutil.copytree(completed.path, tmp_path / "run")
    status, text = printed(
        "completions", "--teacher", learnt["teacher"], "--student", f"near={learnt['near']}",
        "--student", f"far={learnt['far']}", "--data", problems, "--language", "python",
        "--transform", "rename-identifiers", "--substitutes", problems.parent / "names.jsonl",
        "--tests", problems, "--lines", 1, "--tokens", 60, "--run", run, "--workers", 1,
        "--json", "--quiet",
    )  # fmt: skip
    assert status == 1
    found = SUMMARIES.get("completions").model_validate_json(text)
    assert found.content() == json.loads(text)
    assert found.content() | {"run": None} == read_completions(completed).content() | {"run": None}
    assert json_schema("completions")["properties"].keys() == json.loads(text).keys()
    status, shown = printed("report", run)
    assert status == 0
    for words in (
        "completion-invariance-inheritance",
        "Completions beside the teacher's of far",
        "Variants beside their sources of near",
        "Tests of far",
        "12 of 12 programs were completed. 12 were run on their tests; 0 of these fail",
        "FAIL  far does not mimic the teacher.",
    ):
        assert words in shown
    assert printed("list", "completion-relations")[1].startswith("completion-agreement")


def test_the_page_shows_every_table(completed: RunDirectory) -> None:
    summary = read_completions(completed)
    page = completions_page(completed, summary)
    for student in summary.students.values():
        for table in completions_tables(student):
            # Apostrophes are entities there.
            assert table.title.split("'")[0] in page
            for row in table.rows:
                assert row[0] in page
    assert "metacompress completions" in page
    assert "texts end: 12 where the model ends a text" in page
    # Tables of a student stand below its heading.
    assert page.count("<h3>") == len(summary.students) + 2
    assert "<h4>Relations</h4>" in page
    # Where all texts are the same, others may differ all the same.
    near = summary.students["near"].sources.figures
    assert near.similarity.value == 1
    assert near.similarity.low == near.same.low < 0.6


def test_malformed_rows_are_told(completed: RunDirectory) -> None:
    data = read_completions(completed).data.model_copy(update={"quarantined": 1})
    summary = read_completions(completed).model_copy(update={"data": data})
    assert about_completions(summary).endswith(" not counted. 1 malformed row set aside.")


def test_the_function_takes_data_in_memory(learnt: dict[str, Path], tmp_path: Path) -> None:
    found = metacompress.completions(
        learnt["teacher"],
        learnt["near"],
        rows()[:3],
        language="python",
        lines=1,
        tokens=60,
        tolerance=0.6,
        relations="completion-agreement?distance=0",
        run=tmp_path / "run",
        report=False,
    )
    assert isinstance(found, CompletionsResult)
    judged = found.students["student"].relations["completion-agreement"]
    assert judged.constants == {"tolerance": 0.6, "distance": 0.0}
    assert found.students["student"].sources.tests is None
    assert len(found.completions) == 3
    assert "completion-agreement" in repr(found)
    assert isinstance(metacompress.load_run(tmp_path / "run"), CompletionsResult)
    assert "Completions" in found.to_html()
