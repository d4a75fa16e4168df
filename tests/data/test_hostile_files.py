"""Files that were made to break a loader, or that are no files at all."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import metacompress
from metacompress.data.dataset import Dataset
from metacompress.data.loading import load_dataset
from metacompress.data.task import TASKS
from metacompress.errors import DataError, MetaCompressError, QuarantineLimitError
from metacompress.models.loading import load_classifier
from metacompress.transforms.naming import read_substitutes
from metacompress.variants.transforming import read_source_file

if TYPE_CHECKING:
    from collections.abc import Callable

TASK = "vulnerability-prediction"


def load(path: Path, **options: Any) -> Dataset:
    return load_dataset(path, TASK, language="c", max_quarantined=1, **options)


def _recorded(path: Path) -> object:
    return load_classifier(f"recorded:{path}", TASKS.get(TASK))


@pytest.mark.parametrize("kind", ["fifo", "device", "directory", "socket"])
def test_only_regular_files_are_read(kind: str, tmp_path: Path) -> None:
    import socket

    for suffix in (".jsonl", ".json", ".csv", ".parquet", ".jsonl.gz", ".npy", ".c"):
        path = tmp_path / f"d{suffix}"
        listener = None
        if kind == "fifo":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        elif kind == "directory":
            path.mkdir()
        else:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(path))
        readers = [
            read_substitutes,
            lambda path: load_classifier(f"recorded:{path}", TASKS.get(TASK)),
        ]
        readers += [lambda path: read_source_file(path, "c")]
        readers += [] if kind == "directory" else [load]
        for reader in readers:
            with pytest.raises(MetaCompressError, match=r"not a regular file|directory|file type"):
                reader(path)
        if listener is not None:
            listener.close()


def test_a_line_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metacompress.data.files.MAX_LINE_BYTES", 1 << 20)
    monkeypatch.setattr("metacompress.data.json_array.MAX_LINE_BYTES", 1 << 20)
    zeros = gzip.compress(b"\0" * (8 << 20))
    for name in ("d.jsonl.gz", "d.csv.gz", "d.tsv.gz"):
        (tmp_path / name).write_bytes(zeros)
        with pytest.raises(DataError, match=r"line 1 is longer than 1 MB"):
            load(tmp_path / name)
    (tmp_path / "d.json.gz").write_bytes(gzip.compress(b'[{"a": "' + b"x" * (8 << 20)))
    with pytest.raises(DataError, match="element 1"):
        load(tmp_path / "d.json.gz")


def test_a_hundred_megabytes_of_empty_lines_take_a_moment(tmp_path: Path) -> None:
    row = json.dumps({"code": "int a;"}).encode()
    block = gzip.compress(b"\n" * (10 << 20))
    path = tmp_path / "d.jsonl.gz"
    path.write_bytes(gzip.compress(row + b"\n") + block * 10 + gzip.compress(row))
    began = time.process_time()
    dataset = load(path)
    assert time.process_time() - began < 40
    assert [example.id for example in dataset] == ["1", str(2 + (100 << 20))]


def test_a_large_file_of_another_kind_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metacompress.data.loading._MANY_MALFORMED", 1000)
    (tmp_path / "d.jsonl").write_bytes(b"no json\n" * 50_000)
    with pytest.raises(QuarantineLimitError, match="of 4096 rows"):
        load_dataset(tmp_path / "d.jsonl", TASK)


def test_progress_is_reported_where_it_takes_long(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_bytes(b'{"code": "int a;"}\n' * 9000)
    counts: list[int] = []
    load(tmp_path / "d.jsonl", watch=counts.append)
    assert counts == [4096, 8192]


HUGE = "9" * 5000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"code": "a", "id": "\\ud800"}', "bad-encoding"),
        ('{"code": "a", "group": "\\udfff"}', "bad-encoding"),
        ('{"code": "a", "label": "\\ud800"}', "wrong-label"),
        ('{"code": "a\\ud800"}', "bad-encoding"),
        ('{"code": "a", "lang": "\\ud800"}', "wrong-language"),
        ('{"code": "a", "lang": 5}', "wrong-language"),
        (f'{{"code": "a", "id": {HUGE}}}', "bad-json"),
        (f'{{"code": "a", "label": "{HUGE}"}}', "wrong-label"),
        ('{"code": "a", "label": 1e999}', "wrong-label"),
        ('{"code": "a", "label": NaN}', "wrong-label"),
        ('{"code": "a", "label": [1]}', "wrong-label"),
        ('{"code": 5}', "bad-row"),
        ("[" * 9000, "bad-json"),
    ],
)
def test_one_row_costs_one_row(row: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    good = {"code": "x", "id": "g", "label": 0, "group": "g", "lang": "c"}
    filled = row
    if row.startswith("{"):
        others = {**good, "id": "h"}
        missing = [
            f"{json.dumps(k)}: {json.dumps(v)}" for k, v in others.items() if f'"{k}"' not in row
        ]
        filled = ", ".join([row[:-1], *missing]) + "}"
    path.write_text(json.dumps(good) + "\n" + filled + "\n")
    dataset = load_dataset(path, TASK, max_quarantined=1)
    assert [example.id for example in dataset] == ["g"]
    assert [(entry.line, str(entry.reason)) for entry in dataset.quarantine] == [(2, reason)]


def test_parquet_text_that_is_not_utf8_costs_one_row(tmp_path: Path) -> None:
    texts = pa.array([b"int a;", b"int \xff;", b"int b;"], pa.binary())
    wrong = pa.Array.from_buffers(pa.string(), 3, texts.buffers())
    pq.write_table(pa.table({"code": wrong, "label": [0, 1, 1]}), tmp_path / "d.parquet")
    dataset = load(tmp_path / "d.parquet")
    assert [example.id for example in dataset] == ["1", "3"]
    assert [(row.line, str(row.reason)) for row in dataset.quarantine] == [(2, "bad-encoding")]


def test_parquet_times_beyond_the_calendar_cost_one_row(tmp_path: Path) -> None:
    times = pa.array([0, 2**62], pa.timestamp("us"))
    pq.write_table(pa.table({"code": ["int a;", "int b;"], "at": times}), tmp_path / "d.parquet")
    assert [str(row.reason) for row in load(tmp_path / "d.parquet").quarantine] == ["bad-row"]


def test_a_name_that_is_too_long_is_one_line() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load(Path("x" * 5000 + ".jsonl"))


# Anything at all, in every format: a data set whose every part can be written, or one line.

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**4400, max_value=10**4401),
    st.floats(),
    st.text(max_size=8),
    st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE00F), max_size=3),
    st.sampled_from(["int a;", "1.0", "c", "go", "\0", "\ufeff", '"', "\r\n", "=1"]),
)
_COLUMNS = st.sampled_from(
    ["code", "code1", "code2", "label", "id", "id1", "group", "lang", "x", "\ud800", "substitutes"]
)
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
_ROWS = st.lists(st.one_of(st.dictionaries(_COLUMNS, _VALUES, max_size=6), _VALUES), max_size=4)
_BOUNDED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_EXTENSIONS = (".jsonl", ".json", ".csv", ".tsv", ".parquet", ".jsonl.gz", ".json.gz", ".csv.gz")


def _outcome(reader: Callable[[Path], object], path: Path) -> object:
    """What ``reader`` gives, or the error of ours, in one line; any other error is a failure."""
    try:
        return reader(path)
    except MetaCompressError as error:
        return error


def _read_everything(path: Path) -> None:
    """Every loader of data must give what can be written again, or one error of ours."""
    for task in ("clone-detection", TASK):
        found = _outcome(
            lambda path, task=task: load_dataset(path, task, language="c", max_quarantined=1), path
        )
        if isinstance(found, Dataset):
            for example in found:
                example.content_key()
                "".join((example.id, example.group or "", *example.program_ids)).encode()
            metacompress.transform(found, "layout").table()
            for row in found.quarantine:
                row.detail.encode()
        else:
            assert "\n" not in str(found).strip()
    for reader in (read_substitutes, _recorded):
        found = _outcome(reader, path)
        assert not isinstance(found, MetaCompressError) or "\n" not in str(found).strip()


@_BOUNDED
@given(rows=_ROWS, suffix=st.sampled_from([".jsonl", ".json", ".jsonl.gz"]), array=st.booleans())
def test_any_rows_of_json(
    rows: list[Any], suffix: str, array: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import sys

    digits = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        text = json.dumps(rows) if array else "\n".join(map(json.dumps, rows))
    finally:
        sys.set_int_max_str_digits(digits)
    path = tmp_path_factory.mktemp("fuzz") / f"d{suffix}"
    content = text.encode()
    path.write_bytes(gzip.compress(content) if suffix.endswith(".gz") else content)
    _read_everything(path)


@_BOUNDED
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text("abc,\t\"'\r\n0=[]{}:é", max_size=80).map(
            lambda text: b"code,label,id\ncode\tlabel\n" + text.encode()
        ),
    ),
    suffix=st.sampled_from(_EXTENSIONS),
    pack=st.booleans(),
)
def test_any_bytes_in_any_format(
    content: bytes, suffix: str, pack: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / f"d{suffix}"
    path.write_bytes(gzip.compress(content) if pack and suffix.endswith(".gz") else content)
    _read_everything(path)


@_BOUNDED
@given(position=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.integers(0, 400))
def test_any_damaged_parquet(
    position: int, bit: int, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "d.parquet"
    table = pa.table({"code": ["int a;", "int b;"], "label": [0, 1], "id": ["x", "y"]})
    pq.write_table(table, path)
    content = bytearray(path.read_bytes())
    content[position % len(content)] ^= 1 << bit
    path.write_bytes(content[: len(content) - cut] if cut < 100 else content)
    _read_everything(path)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_table_of_blank_lines_is_refused_at_once(
    ending: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metacompress.data.files.MAX_BLANK_LINES", 1000)
    path = tmp_path / "d.csv"
    path.write_bytes(b"code,label\n" + ending * 1000 + b"int a;,1\n" + ending * 900)
    assert len(load(path)) == 1
    path.write_bytes(b"code,label\nint a;,1\n" + ending * 1002)
    with pytest.raises(DataError, match="more than 1,000 blank lines follow line 2"):
        load(path)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(100),
        b"\x80\x04N.",
        b"",
        b"\x93NUMPY\x01\x00v\x00"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 2), }".ljust(117)
        + b"\n",
    ],
)
def test_an_array_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "r.npy").write_bytes(content)
    with pytest.raises(MetaCompressError, match="cannot be read as an npy array"):
        _recorded(tmp_path / "r.npy")
