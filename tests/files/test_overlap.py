from __future__ import annotations

import os
from pathlib import Path

import pytest

from metacompress.errors import UsageError
from metacompress.files.overlap import refuse_inputs_in, refuse_output_over


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inner = tmp_path / "out" / "model"
    inner.mkdir(parents=True)
    (inner / "config.json").write_text("{}")
    (tmp_path / "link").symlink_to(inner)
    (tmp_path / "out" / "away").symlink_to("/usr")
    return inner


@pytest.mark.parametrize(
    ("out", "given"),
    [
        ("out", "out"),
        ("out", "out/model"),
        ("out", "out/model/config.json"),
        ("out/../out", "./out/model"),
        ("out", "link"),
        ("link", "out/model"),
        ("link/..", "out/model"),
        ("out", "out/away"),
        ("out", "out/away/bin"),
    ],
)
def test_a_directory_that_holds_an_input(model: Path, out: str, given: str) -> None:
    with pytest.raises(UsageError, match="--teacher reads"):
        refuse_inputs_in(Path(out), "--out", [("--teacher", given)])
    absolute = model.parent.parent / given
    with pytest.raises(UsageError, match="--teacher reads"):
        refuse_inputs_in(Path(out), "--out", [("--teacher", absolute)])


@pytest.mark.parametrize(
    ("out", "given"),
    [
        ("new", "out"),
        ("out/new", "out"),
        ("out/model/student", "out/model"),
        ("out", "microsoft/codebert-base"),
        ("out", None),
        ("out", ""),
        ("out", "a\0b"),
        ("out", "x" * 5000),
        ("out", "/usr"),
    ],
)
def test_directories_beside_inputs_are_free(model: Path, out: str, given: str | None) -> None:
    refuse_inputs_in(Path(out), "--out", [("--teacher", given)])


def test_a_file_that_is_an_input_under_any_name(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    table = data / "test.jsonl"
    table.write_text("{}")
    (tmp_path / "soft.jsonl").symlink_to(table)
    os.link(table, tmp_path / "hard.jsonl")
    for given in (table, data, tmp_path / "soft.jsonl"):
        for out in (table, tmp_path / "soft.jsonl", tmp_path / "hard.jsonl"):
            with pytest.raises(UsageError, match="--data reads it"):
                refuse_output_over(out, "--out", [("--data", given)])
        refuse_output_over(data / "new.jsonl", "--out", [("--data", given)])
    (tmp_path / "other.jsonl").touch()
    refuse_output_over(tmp_path / "other.jsonl", "--out", [("--data", data)])
