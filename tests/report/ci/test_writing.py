from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from metacompress.cli.app import run_command
from metacompress.cli.exits import verdict_status
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    import metacompress

TASK = ("--task", "vulnerability-prediction", "--data")


@pytest.fixture
def command(devign_file: Path, tmp_path: Path) -> list[str]:
    return [
        "check", *TASK, str(devign_file), "--teacher", "mock:", "--student", "mock:?seed=1",
        "--run", str(tmp_path / "run"), "--quiet",
    ]  # fmt: skip


def test_a_check_writes_the_files_and_the_job_summary(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "step.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    files = {name: tmp_path / "ci" / name for name in ("junit", "sarif", "markdown", "badge")}
    flags = [text for name, path in files.items() for text in (f"--{name}", str(path))]
    assert run_command([*command, *flags]) == 1
    first = {name: path.read_bytes() for name, path in files.items()}
    assert summary.read_text() == f"before\n{first['markdown'].decode()}"
    # A finished study writes them again, the same, and does not count as another one.
    for path in files.values():
        path.unlink()
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run_command([*command, *flags, "--undecided", "fail"]) == 1
    for name in ("sarif", "markdown", "badge"):
        assert files[name].read_bytes() == first[name]


def test_statuses_of_verdicts() -> None:
    for given, statuses in ((None, (0, 1, 3)), ("pass", (0, 1, 0)), ("fail", (0, 1, 1))):
        found = tuple(verdict_status(one, given) for one in ("pass", "fail", "undecided"))
        assert found == statuses


def test_undecided_changes_the_status(command: list[str]) -> None:
    few = [*command, "--relation", "prediction-agreement", "--limit", "6"]
    assert run_command(few) == 3
    assert run_command([*few, "--undecided", "pass"]) == 0
    assert run_command([*few, "--undecided", "fail"]) == 1


def test_a_comparison_writes_files(checked: metacompress.CheckResult, tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    places = [f"{checked.run}#{name}" for name in checked.students]
    status = run_command(["compare", *places, "--junit", str(junit)])
    text = junit.read_text()
    assert "prediction-agreement on sources" in text
    assert "limit less than 1 point<" in text
    assert ("<failure" in text) == (status == 1)
    with pytest.raises(UsageError, match="keeps no counterexamples"):
        run_command(["compare", *places, "--sarif", str(tmp_path / "no.sarif")])


def test_a_finished_check_writes_files_again(
    checked: metacompress.CheckResult, tmp_path: Path
) -> None:
    junit, sarif = tmp_path / "junit.xml", tmp_path / "found.sarif"
    before = {path.name: path.read_bytes() for path in checked.run.iterdir() if path.is_file()}
    run_command(["report", str(checked.run), "--junit", str(junit), "--sarif", str(sarif)])
    assert 'name="other"' in junit.read_text()
    assert sarif.stat().st_size > 0
    with pytest.raises(UsageError, match=r"reads it, and it would be replaced"):
        run_command(["report", str(checked.run), "--badge", str(checked.run / "summary.json")])
    assert {path.name: path.read_bytes() for path in checked.run.iterdir()} == before


def test_a_check_that_asks_the_student_first_has_no_counterexamples(
    command: list[str], tmp_path: Path
) -> None:
    junit = tmp_path / "junit.xml"
    first = [*command, "--student-first", "--tolerance", "0.2"]
    assert run_command([*first, "--junit", str(junit)]) in (0, 1)
    assert "distribution-similarity on sources" in junit.read_text()
    with pytest.raises(UsageError, match="keeps no counterexamples"):
        run_command([*first, "--sarif", str(tmp_path / "no.sarif")])
    run_command(["report", command[command.index("--run") + 1], "--junit", str(junit)])


def test_files_that_are_read_or_written_already_are_refused(
    command: list[str], devign_file: Path, tmp_path: Path
) -> None:
    before = devign_file.read_bytes()
    with pytest.raises(UsageError, match=r"--junit .*: --data reads it"):
        run_command([*command, "--junit", str(devign_file)])
    assert devign_file.read_bytes() == before
    same = str(tmp_path / "same")
    with pytest.raises(UsageError, match=r"--junit and --badge name the same file"):
        run_command([*command, "--junit", same, "--badge", same])
    run_command(command)
    with pytest.raises(UsageError, match=r"--markdown .*: the run reads it"):
        run_command([*command, "--markdown", str(tmp_path / "run" / "summary.json")])
    with pytest.raises(UsageError, match=r"--badge .*: cannot be written"):
        run_command([*command, "--badge", str(tmp_path)])


def test_files_that_the_command_itself_will_write_are_refused(
    command: list[str], checked: metacompress.CheckResult, tmp_path: Path
) -> None:
    run, store, page = tmp_path / "run", str(tmp_path / "store.sqlite"), str(tmp_path / "page.html")
    for name in ("summary.json", "report.html", "predictions.parquet", "predictions.sqlite"):
        with pytest.raises(UsageError, match=r"the run and --junit name the same file"):
            run_command([*command, "--junit", str(run / ".." / "run" / name)])
    with pytest.raises(UsageError, match=r"--store and --sarif name the same file"):
        run_command([*command, "--store", store, "--sarif", store])
    assert not run.exists()
    places = [f"{checked.run}#{name}" for name in checked.students]
    for first in (["compare", *places], ["report", str(checked.run)]):
        with pytest.raises(UsageError, match=r" and --markdown name the same file"):
            run_command([*first, "--out", page, "--markdown", page])


def test_a_page_of_a_comparison_takes_no_file_of_its_baseline(
    checked: metacompress.CheckResult, tmp_path: Path
) -> None:
    summary = checked.run / "summary.json"
    before = summary.read_bytes()
    with pytest.raises(UsageError, match=r"--out .*: the baseline reads it"):
        run_command(["compare", f"{checked.run}#other", str(tmp_path), "--out", str(summary)])
    assert summary.read_bytes() == before


def test_the_file_of_the_settings_is_not_replaced(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_command([*command[:-1], "--write-config"])
    config = tmp_path / "check.toml"
    config.write_text(capsys.readouterr().out)
    before = config.read_bytes()
    with pytest.raises(UsageError, match=r"--badge .*: the command reads it"):
        run_command(["check", str(config), "--badge", str(config)])
    assert config.read_bytes() == before
