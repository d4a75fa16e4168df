"""Errors about data say what would be right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from metacompress.data.loading import load_dataset
from metacompress.errors import DataError, MetaCompressError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

TASK, CLONES = "vulnerability-prediction", "clone-detection"
ROW = json.dumps({"code": "int f;", "label": 1}) + "\n"


def test_splits_that_are_there_are_named(tmp_path: Path) -> None:
    for name in ("dev.jsonl", "train.csv.gz", "other.jsonl"):
        (tmp_path / name).write_text(ROW)
    with pytest.raises(UsageError, match=r"say which split with --split dev, train$"):
        load_dataset(tmp_path, TASK)
    (tmp_path / "data.jsonl").write_text("")
    (tmp_path / "test.txt").write_text("")
    with pytest.raises(UsageError, match=r"say which split with --split test$"):
        load_dataset(tmp_path, CLONES)


@pytest.mark.parametrize("split", [None, "test"])
def test_what_a_directory_holds_instead(tmp_path: Path, split: str | None) -> None:
    def said() -> str:
        with pytest.raises((UsageError, DataError)) as raised:
            load_dataset(tmp_path, TASK, split=split)
        return str(raised.value)

    assert "no table is in it; tables are .csv, .json" in said()
    (tmp_path / "a.c").write_text("int f;")
    assert "no table is in it" in said()
    for k in range(7):
        (tmp_path / f"mine{k}.jsonl.gz").write_text("")
    assert "tables in it: mine0.jsonl.gz, mine1.jsonl.gz" in said()
    assert "and 2 more; give one of them itself" in said()
    (tmp_path / "state.json").write_text("{}")
    assert said().endswith(f"give it as hub:{tmp_path}")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("d.csv", "idx,code,label\n1,int f;,1\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("d.jsonl", ROW.encode("utf-16-be", "strict"), "mend the file"),
        ("d.jsonl", ROW.replace("f", "ü").encode("latin-1"), "save the file as UTF-8 .of Lat"),
        ("d.jsonl", b"code,label\nint f,1\n", "2 of 2 rows are malformed.*; mend the file$"),
        ("d.csv", b"code;label\nint f;1\n", "first line is one cell: .csv files have commas"),
        ("d.txt", 2 * ROW.encode(), "JSON Lines end in .jsonl"),
        ("d.csv", b"a,b\n1,2\n", r"columns: a, b\); name it with --field code=COLUMN$"),
        ("d.csv", b"%b,b\n1,2\n" % (b"x" * 99), r"columns: x{37}\.\.\., b\)"),
    ],
)  # fmt: skip
def test_files_of_another_kind(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MetaCompressError, match=said):
        load_dataset(tmp_path / name, TASK, language="c")


def test_a_list_of_pairs_needs_its_functions(tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text("1\t2\t0\n3\t4\t1\n")
    with pytest.raises(DataError, match=r"give the directory, with functions\.jsonl in it"):
        load_dataset(tmp_path / "test.txt", CLONES, language="c")
