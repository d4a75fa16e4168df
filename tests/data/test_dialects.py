from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metacompress.data.loading import load_dataset
from metacompress.data.rows import QuarantinedRow, Row, read_rows
from metacompress.data.writing import write_table
from metacompress.errors import DataError

FORMATS = ("jsonl", "csv", "tsv", "parquet")
TASK = "vulnerability-prediction"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    "\"\t\n\r,=\0\ufeff '\\a", max_size=8
)


def texts(path: Path) -> list[dict[str, object]]:
    rows = []
    for row in read_rows(path):
        assert isinstance(row, Row), row
        rows.append(dict(row.values))
    return rows


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=5),
    st.sampled_from(FORMATS),
)
def test_any_text_is_read_as_it_was_written(rows: list[tuple[str, str]], format_name: str) -> None:
    table = pa.table({"id": [row[0] for row in rows], "code": [row[1] for row in rows]})
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"t.{format_name}"
        write_table(table, path)
        assert texts(path) == table.to_pylist()


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_table_of_one_column_and_other_values(format_name: str, tmp_path: Path) -> None:
    write_table(pa.table({"code": ["", "a", ""]}), tmp_path / f"one.{format_name}")
    assert [row["code"] for row in texts(tmp_path / f"one.{format_name}")] == ["", "a", ""]
    values = {"n": [1], "x": [0.1], "yes": [True], "none": pa.array([None], pa.int32())}
    write_table(pa.table(values), tmp_path / f"more.{format_name}")
    (row,) = texts(tmp_path / f"more.{format_name}")
    if format_name in ("csv", "tsv"):
        assert row == {"n": "1", "x": "0.1", "yes": "true", "none": ""}
    else:
        assert row == {"n": 1, "x": 0.1, "yes": True, "none": None}


CODE = 'int f(void)\n{\n\treturn g("a\\tb");\n}\n'
BARE = 'code\tlabel\nputs("a");\t0\n"a" + b;\t1\n'
PANDAS = 'code\tlabel\n"int f()\n{ puts(""a""); }"\t0\ng();\t1\n'


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        # CodeXGLUE and others: quotes are text.
        (BARE, ['puts("a");', '"a" + b;']),
        (BARE.replace("\n", "\r\n"), ['puts("a");', '"a" + b;']),
        ('code\tlabel\nputs("a");\t0\nputs("b");\t1\n', ['puts("a");', 'puts("b");']),
        ('code\tlabel\n"not closed\t0\n', ['"not closed']),
        # pandas and spreadsheets: quotes are marks.
        (PANDAS, ['int f()\n{ puts("a"); }', "g();"]),
        ("\ufeff" + PANDAS, ['int f()\n{ puts("a"); }', "g();"]),
        # The first line tells.
        ('"code"\t"label"\n"""doc"""\t1\n', ['"doc"']),
    ],
)
def test_the_dialect_of_a_tsv_file_is_found(content: str, codes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(content.encode())
    assert [row["code"] for row in texts(path)] == codes


@pytest.mark.parametrize(
    "content",
    [
        'code\tlabel\n"doc"\t1\n',  # a text in quotes, or a text
        'code\tlabel\n"""doc"""\t1\n',
        'code\tlabel\n"a" + b;\t1\nshort\n',
        'code\tlabel\n"cut\noff\t1\n',  # what is left of a file that was not copied to its end
    ],
)
def test_a_tsv_file_that_may_be_misread_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(content)
    with pytest.raises(DataError, match=r"marks or text: .*first line in quotes") as raised:
        list(read_rows(path))
    assert "\n" not in str(raised.value)


def test_a_csv_file_that_ends_in_a_quote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for content in ('code,label\nf();,1\n"g();,0\n', 'code,label\n"a" + b;,1\n'):
        path.write_text(content)
        with pytest.raises(DataError, match="after line"):
            list(read_rows(path))


def test_lists_of_pairs_have_no_header(tmp_path: Path) -> None:
    path = tmp_path / "test_pairs.tsv"
    path.write_bytes(b"\xef\xbb\xbf1\t2\t1\n3\t4\t0\n3\t4\n")
    *rows, last = read_rows(path, columns=("id1", "id2", "label"))
    assert [list(row.values.values()) for row in rows if isinstance(row, Row)] == [
        ["1", "2", "1"],
        ["3", "4", "0"],
    ]
    assert isinstance(last, QuarantinedRow)


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_transform_writes_is_a_data_set(format_name: str, tmp_path: Path) -> None:
    path = tmp_path / f"v.{format_name}"
    labels = pa.array([1, None], pa.int64())
    write_table(
        pa.table({"id": ["=1", "2"], "label": labels, "language": ["c"] * 2, "code": [CODE] * 2}),
        path,
    )
    dataset = load_dataset(path, TASK)
    assert [(e.id, e.label, e.programs[0].text) for e in dataset] == [
        ("=1", 1, CODE),
        ("2", None, CODE),
    ]


def test_cells_that_look_like_formulas_are_not_computed(tmp_path: Path) -> None:
    write_table(pa.table({"id": ["=1+1", "@a", "b"], "n": [-1, 2, 3]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text().splitlines() == [
        '"id","n","apostrophes"',
        "'=1+1,-1,id",
        "'@a,2,id",
        "b,3,",
    ]
