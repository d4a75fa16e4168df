"""Outputs that would cost a file that is there, through the commands themselves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from metacompress.cli.app import run_command
from metacompress.errors import MetaCompressError

if TYPE_CHECKING:
    from pathlib import Path

TASK = ("--task", "vulnerability-prediction")


def refused(*words: object) -> str:
    """The error that a command ends with."""
    with pytest.raises(MetaCompressError) as raised:
        run_command([str(word) for word in words])
    return str(raised.value)


@pytest.mark.parametrize("link", ["same", "soft", "hard", "relative"])
def test_predictions_do_not_replace_their_data(
    link: str, devign_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(devign_file.parent)
    before = devign_file.read_bytes()
    out = devign_file.with_name("out.jsonl")
    if link == "soft":
        out.symlink_to(devign_file)
    elif link == "hard":
        os.link(devign_file, out)
    else:
        out = devign_file if link == "same" else devign_file.relative_to(devign_file.parent)
    message = refused("predict", "--model", "mock:", *TASK, "--data", devign_file, "--out", out)
    assert "--data reads it" in message
    assert devign_file.read_bytes() == before


def test_predictions_do_not_replace_model_or_store(devign_file: Path, tmp_path: Path) -> None:
    table = tmp_path / "recorded.jsonl"
    table.write_text('{"id": "0", "prediction": 1}\n')
    out = ("--out", table)
    given = ("predict", *TASK, "--data", devign_file)
    assert "--model reads it" in refused(*given, "--model", f"recorded:{table}", *out)
    assert "--store reads it" in refused(*given, "--model", "mock:", "--store", table, *out)
    assert table.read_text() == '{"id": "0", "prediction": 1}\n'


def test_variants_do_not_replace_their_source(devign_file: Path, tmp_path: Path) -> None:
    source = tmp_path / "f.c"
    source.write_text("int f(int a) { return a + 1; }\n")
    (tmp_path / "link.c").symlink_to(source)
    layout = ("--transform", "rename-identifiers")
    for out in (source, tmp_path / "link.c"):
        assert "transform reads it" in refused("transform", source, *layout, "--out", out)
    message = refused("transform", devign_file, *TASK, *layout, "--out", devign_file)
    assert "transform reads it" in message
    assert source.read_text() == "int f(int a) { return a + 1; }\n"


def test_models_are_not_made_over_what_they_come_from(devign_file: Path, tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text('{"model_type": "roberta"}')
    (tmp_path / "link").symlink_to(model)
    data = (*TASK, "--data", devign_file)
    for out in (model, tmp_path / "link", tmp_path / "model" / ".." / "model", tmp_path):
        assert "--teacher reads" in refused("distill", *data, "--teacher", model, "--out", out)
        assert "--model reads" in refused("train", *data, "--model", model, "--out", out)
        assert "reads" in refused("export", model, "--out", out)
    assert [path.name for path in model.iterdir()] == ["config.json"]


def test_models_are_not_made_in_directories_in_use(devign_file: Path, tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    used = tmp_path / "used"
    used.mkdir()
    (used / "thesis.tex").write_text("years of work")
    data = (*TASK, "--data", devign_file, "--out", used)
    for words in (
        ("train", *data, "--overwrite"),
        ("distill", *data, "--teacher", "mock:", "--overwrite"),
        ("export", tmp_path / "model", "--out", used),
    ):
        assert "'thesis.tex'" in refused(*words)
    assert [path.name for path in used.iterdir()] == ["thesis.tex"]


def test_compressions_likewise(devign_file: Path, tmp_path: Path) -> None:
    pytest.importorskip("pymoo")
    used = tmp_path / "used"
    used.mkdir()
    (used / "config.json").write_text("{}")
    given = ("compress", "compressor", *TASK, "--data", devign_file, "--out", used, "--overwrite")
    assert "--teacher reads" in refused(*given, "--teacher", used)
    assert "'config.json'" in refused(*given, "--teacher", "mock:")
    assert [path.name for path in used.iterdir()] == ["config.json"]
