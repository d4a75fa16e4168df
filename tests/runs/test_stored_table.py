from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metacompress.errors import DamagedFileError, RunDirectoryError
from metacompress.runs.run_directory import RunDirectory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 9000
WHOLE = pa.table({"id": [f"row {row}" for row in range(ROWS)], "number": range(ROWS)})


def cut(*ends: int) -> Iterator[pa.Table]:
    start = 0
    for end in (*ends, ROWS):
        yield WHOLE.slice(start, end - start)
        start = end


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path)


def test_row_groups_do_not_depend_on_the_parts_of_a_table(run: RunDirectory) -> None:
    run.write_table("whole.parquet", WHOLE)
    for name, parts in (("halves", cut(4500)), ("crumbs", cut(*range(0, ROWS, 7)))):
        run.write_groups(f"{name}.parquet", WHOLE.schema, parts)
        written = (run.path / f"{name}.parquet").read_bytes()
        assert written == (run.path / "whole.parquet").read_bytes()
    assert pq.read_table(run.path / "whole.parquet").equals(WHOLE)


def test_a_table_is_read_group_by_group(run: RunDirectory) -> None:
    run.write_table("t.parquet", WHOLE)
    table = run.open_table("t.parquet")
    assert (len(table), table.schema.names) == (ROWS, ["id", "number"])
    groups = list(table.groups(["number"]))
    assert [len(group) for group in groups] == [4096, 4096, ROWS - 8192]
    assert {tuple(group.column_names) for group in groups} == {("number",)}
    assert table.read().equals(WHOLE)
    assert table.read(["number", "id"]).column_names == ["number", "id"]


def test_no_rows_are_a_table_too(run: RunDirectory) -> None:
    run.write_groups("t.parquet", WHOLE.schema, [])
    table = run.open_table("t.parquet")
    assert len(table) == 0
    assert table.read() == WHOLE.schema.empty_table()


def test_an_error_in_the_middle_leaves_what_was_there(run: RunDirectory) -> None:
    def failing() -> Iterator[pa.Table]:
        yield WHOLE
        raise ZeroDivisionError

    run.write_table("t.parquet", WHOLE.slice(0, 5))
    with pytest.raises(ZeroDivisionError):
        run.write_groups("t.parquet", WHOLE.schema, failing())
    assert len(run.read_table("t.parquet")) == 5
    assert sorted(path.name for path in run.path.iterdir()) == ["SHA256SUMS", "t.parquet"]


def test_what_is_wrong_with_a_table_is_said_in_one_line(run: RunDirectory) -> None:
    run.write_table("t.parquet", WHOLE)
    with pytest.raises(RunDirectoryError, match=r"t\.parquet: cannot be read \(.*colour"):
        list(run.open_table("t.parquet").groups(["id", "colour"]))
    with pytest.raises(RunDirectoryError, match=r"t\.parquet: cannot be read \(.*colour"):
        run.open_table("t.parquet").read(["colour"])
    with pytest.raises(RunDirectoryError, match=r"other\.parquet: cannot be read \(No such file"):
        run.open_table("other.parquet")
    run.write_text("list.parquet", "no table")
    run.checksums.record("list.parquet", "0" * 64)
    with pytest.raises(DamagedFileError, match="run the study again"):
        run.open_table("list.parquet")
