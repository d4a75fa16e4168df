from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from metacompress.errors import RunDirectoryError
from metacompress.files.ownership import MARKER, mark, refuse_foreign, remove_ours

if TYPE_CHECKING:
    from pathlib import Path


def test_only_new_empty_and_own_directories_are_taken(tmp_path: Path) -> None:
    refuse_foreign(tmp_path / "new", "study", "--run")
    refuse_foreign(tmp_path, "study", "--run")
    (tmp_path / ".lock").touch()
    refuse_foreign(tmp_path, "study", "--run")
    mark(tmp_path, "study")
    (tmp_path / "notes.txt").touch()
    refuse_foreign(tmp_path, "study", "--run")
    with pytest.raises(RunDirectoryError, match="study, not training"):
        refuse_foreign(tmp_path, "training", "--out")
    with pytest.raises(RunDirectoryError, match="is not a directory"):
        refuse_foreign(tmp_path / "notes.txt", "study", "--run")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": 1}', "\0", '{"kind": "study"'])
def test_a_marker_that_we_did_not_write_is_none(content: str, tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text(content)
    with pytest.raises(RunDirectoryError, match="new or empty"):
        refuse_foreign(tmp_path, "study", "--run")


def test_a_later_format_is_named(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text(json.dumps({"kind": "study", "format": 99}))
    with pytest.raises(RunDirectoryError, match="format 99"):
        refuse_foreign(tmp_path, "study", "--run")


def test_only_what_we_write_is_removed_and_no_link_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "part-1.parquet").write_text("precious")
    (outside / "summary.json").write_text("precious")
    root = tmp_path / "run"
    (root / "variants").mkdir(parents=True)
    mark(root, "study")
    (root / "summary.json").symlink_to(outside / "summary.json")
    (root / "attempts").symlink_to(outside)
    (root / "notes.txt").write_text("mine")
    (root / "mine").mkdir()
    (root / "mine" / "summary.json").write_text("mine")
    (root / "variants" / "part-1.parquet").touch()
    (root / "variants" / "part-1.txt").write_text("mine")
    patterns = ("summary.json", "variants/part-*.parquet", "attempts/*.jsonl", "store.sqlite")
    (root / "store.sqlite").touch()
    foreign = remove_ours(root, patterns, stay=["store.*"])
    assert foreign == ["attempts", "mine", "notes.txt", "variants/part-1.txt"]
    left = sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())
    assert left == [
        MARKER,
        "mine/summary.json",
        "notes.txt",
        "store.sqlite",
        "variants/part-1.txt",
    ]
    assert {path.read_text() for path in outside.iterdir()} == {"precious"}


def test_a_name_that_no_file_can_have_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(RunDirectoryError, match="cannot be read"):
        refuse_foreign(tmp_path / ("x" * 300), "study", "--run")
