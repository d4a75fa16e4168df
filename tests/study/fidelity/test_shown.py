"""The command, the function, the page and the terminal show what a study found."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from fidelity_studies import write_programs

import metacompress
from metacompress.api.fidelity import FidelityResult
from metacompress.api.schemas import SUMMARIES
from metacompress.cli.entry import main
from metacompress.errors import UsageError
from metacompress.report.pages.fidelity import fidelity_page
from metacompress.report.tables.fidelity import fidelity_tables
from metacompress.study.fidelity.summary import read_fidelity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.runs.run_directory import RunDirectory


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["metacompress", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        status = ended.value.code or 0
        assert isinstance(status, int)
        assert status != 70, captured.err
        return status, captured.out + captured.err * (status == 2)

    return run


def test_the_command(
    printed: Callable[..., tuple[int, str]],
    decoders: dict[str, Path],
    programs: Path,
    finished: RunDirectory,
    tmp_path: Path,
) -> None:
    run = shutil.copytree(finished.path, tmp_path / "run")
    models = [f"near={decoders['near']}", "--student", f"other={decoders['other']}"]
    words = [
        "--teacher", decoders["teacher"], "--student", *models, "--data", programs,
        "--language", "c", "--transform", "rename-identifiers", "--run", run, "--workers", "1",
    ]  # fmt: skip
    status, text = printed("fidelity", *words, "--json", "--quiet")
    assert status == 1
    found = SUMMARIES.get("fidelity").model_validate_json(text)
    assert found.content() == json.loads(text)
    assert found.content() | {"run": None} == read_fidelity(finished).content() | {"run": None}
    assert (run / "report.html").exists()
    status, shown = printed("report", run)
    assert status == 0
    for words_shown in (
        "token-invariance-inheritance",
        "KL(teacher || student), nats",
        "identifier",
        "Mean ln(PPL(Q)/PPL(base))",
        "UNDECIDED  The data cannot decide whether near mimics the teacher.",
        "FAIL  other does not mimic the teacher.",
        "10 programs and 10 variants of them, each read whole.",
    ):
        assert words_shown in shown
    status, message = printed("check", "--task", "next-token", *words)
    assert status == 2
    assert "metacompress fidelity" in message


def test_the_page_shows_every_table(finished: RunDirectory) -> None:
    summary = read_fidelity(finished)
    page = fidelity_page(finished, summary)
    for student in summary.students.values():
        for table in fidelity_tables(student):
            assert table.title in page
            for row in table.rows:
                assert row[0] in page
    assert "metacompress fidelity" in page
    assert "<script src" not in page


def test_the_function_takes_data_in_memory(
    decoders: dict[str, Path], tmp_path: Path, programs: Path
) -> None:
    rows = [json.loads(line) for line in programs.read_text(encoding="utf-8").splitlines()[:4]]
    found = metacompress.fidelity(
        decoders["teacher"],
        decoders["near"],
        rows,
        language="c",
        run=tmp_path / "run",
        tolerance=0.6,
        relations=["token-divergence?eps=0.2", "top-token-agreement"],
        report=False,
    )
    assert isinstance(found, FidelityResult)
    assert set(found.students["student"].relations) == {"token-divergence", "top-token-agreement"}
    judged = found.students["student"].relations["token-divergence"]
    assert judged.constants == {"tolerance": 0.6, "eps": 0.2}
    assert found.verdict == "undecided"
    assert len(found.tokens) == found.students["student"].sources.figures.tokens
    assert len(found.programs) == 4
    assert "token-divergence" in repr(found)
    assert "<table>" in found._repr_html_()
    assert isinstance(metacompress.load_run(tmp_path / "run"), FidelityResult)
    assert "Next-token fidelity" in found.to_html()


def test_mistakes_are_one_line(decoders: dict[str, Path], tmp_path: Path) -> None:
    data = write_programs(tmp_path / "programs.jsonl")
    with pytest.raises(UsageError, match="next-token has no classes"):
        metacompress.check(decoders["teacher"], decoders["near"], data, task="next-token")
    with pytest.raises(metacompress.errors.UnknownNameError, match="'token-divergence'"):
        metacompress.fidelity(
            decoders["teacher"], decoders["near"], data, language="c", relations="token-div",
            run=tmp_path / "run",
        )  # fmt: skip
    with pytest.raises(UsageError, match=r"programs\.jsonl.*would be replaced"):
        metacompress.fidelity(decoders["teacher"], decoders["near"], data, language="c",
                              run=tmp_path)  # fmt: skip
