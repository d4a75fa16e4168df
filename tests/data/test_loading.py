from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metacompress.data.fields import MalformedValueError, parse_label
from metacompress.data.loading import load_dataset
from metacompress.data.sampling import Chosen
from metacompress.data.task import Task
from metacompress.errors import DataError, EmptyDatasetError, QuarantineLimitError, UsageError
from metacompress.lang.language import Language

if TYPE_CHECKING:
    from pathlib import Path

    from metacompress.data.example import Example

TASK = "vulnerability-prediction"
GOOD = {"idx": 1, "func": "int f(void) { return 1; }", "target": 0}


def write(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_malformed_rows_are_set_aside_with_line_and_reason(tmp_path: Path) -> None:
    rows = [
        json.dumps(GOOD).encode(),
        b"{not json",
        json.dumps({"idx": 2, "target": 0}).encode(),
        json.dumps({**GOOD, "idx": 3, "target": 7}).encode(),
        b'{"idx": 4, "func": "caf\xe9", "target": 0}',
        json.dumps({**GOOD, "idx": 5, "func": "  \n"}).encode(),
        json.dumps(GOOD).encode(),
        b"[1, 2]",
        b'{"idx": 6, "func": "a \\ud800 b", "target": 0}',
        json.dumps({**GOOD, "idx": 7, "target": "vulnerable"}).encode(),
        json.dumps({"idx": 8, "func": "int g;"}).encode(),
    ]
    dataset = load_dataset(write(tmp_path / "d.jsonl", *rows), TASK, max_quarantined=1)
    assert [(e.id, e.label) for e in dataset] == [("1", 0), ("7", 1)]
    assert [(q.line, str(q.reason)) for q in dataset.quarantine] == [
        (2, "bad-json"),
        (3, "missing-field"),
        (4, "wrong-label"),
        (5, "bad-encoding"),
        (6, "empty-code"),
        (7, "duplicate-id"),
        (8, "bad-json"),
        (9, "bad-encoding"),
        (11, "missing-field"),
    ]
    with pytest.raises(QuarantineLimitError, match=r"9 of 11 rows are malformed.*line 2"):
        load_dataset(tmp_path / "d.jsonl", TASK)


def test_all_table_formats_hold_the_same(tmp_path: Path) -> None:
    texts = ['int f() { return "a,b"; }', "int g()\n{ return 2; }"]
    rows = [{"code": text, "label": k, "id": f"x{k}"} for k, text in enumerate(texts)]
    jsonl = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "d.jsonl").write_text(jsonl)
    (tmp_path / "z.jsonl.gz").write_bytes(gzip.compress(jsonl.encode()))
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    csv_lines = [f"{q},{k},x{k}" for k, q in enumerate(quoted)]
    (tmp_path / "d.csv").write_text("code,label,id\n" + "\n".join(csv_lines) + "\n")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "d.parquet")
    loaded = [
        load_dataset(tmp_path / name, TASK, language=Language.C).examples
        for name in ("d.jsonl", "z.jsonl.gz", "d.csv", "d.parquet")
    ]
    assert all(examples == loaded[0] for examples in loaded)
    assert loaded[0][1].programs[0].text == texts[1]


def test_fields_can_be_mapped(tmp_path: Path) -> None:
    path = write(tmp_path / "d.jsonl", b'{"body": "int f;", "y": 1, "lang": "c++", "repo": "r"}')
    fields = {"code": "body", "label": "y", "group": "repo"}
    (example,) = load_dataset(path, TASK, fields=fields)
    assert (example.label, example.group, example.programs[0].language) == (1, "r", Language.CPP)
    with pytest.raises(UsageError, match="no column 'nope' for label"):
        load_dataset(path, TASK, fields={"code": "body", "label": "nope"})
    with pytest.raises(DataError, match="--field code=COLUMN"):
        load_dataset(path, TASK)


def test_unlabelled_data_and_unknown_language(tmp_path: Path) -> None:
    path = write(tmp_path / "d.jsonl", b'{"code": "int f;"}')
    (example,) = load_dataset(path, TASK, language=Language.C)
    assert example.label is None
    with pytest.raises(UsageError, match="--language"):
        load_dataset(path, TASK)


def test_pairs_in_the_bigclonebench_layout(tmp_path: Path) -> None:
    functions = [{"idx": str(k), "func": f"int f{k}() {{ return {k}; }}"} for k in range(3)]
    (tmp_path / "functions.jsonl").write_text("".join(json.dumps(f) + "\n" for f in functions))
    (tmp_path / "test_pairs.tsv").write_text("0\t1\t1\n1\t9\t0\n2\t0\t0\n0\t1\n")
    dataset = load_dataset(tmp_path, "clone-detection", split="test", max_quarantined=1)
    assert [(e.id, e.label, e.program_ids) for e in dataset] == [
        ("0+1", 1, ("0", "1")),
        ("2+0", 0, ("2", "0")),
    ]
    assert [str(q.reason) for q in dataset.quarantine] == ["unknown-program", "bad-row"]
    with pytest.raises(UsageError, match="takes single programs"):
        load_dataset(tmp_path, TASK, split="test")
    with pytest.raises(UsageError, match="--split"):
        load_dataset(tmp_path, "clone-detection")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("d.jsonl", b"", "no usable example"),
        (
            "d.jsonl.gz",
            gzip.compress(json.dumps(GOOD).encode() * 99, mtime=0)[:-20],
            "truncated gzip",
        ),
        ("d.jsonl.gz", b"no gzip at all", "Not a gzipped file"),
        ("d.parquet", b"PAR1nonsense", "cannot be read as Parquet"),
        ("d.weird", b"x", "unknown file type"),
    ],
    ids=["empty", "truncated gzip", "no gzip", "no parquet", "unknown suffix"],
)
def test_damaged_files(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises((DataError, EmptyDatasetError), match=message):
        load_dataset(tmp_path / name, TASK)


def test_limit_counts_kept_examples(tmp_path: Path) -> None:
    rows = [json.dumps({**GOOD, "idx": k}).encode() for k in range(10)]
    path = write(tmp_path / "d.jsonl", *rows)

    def is_odd(example: Example) -> bool:
        return int(example.id) % 2 == 1

    dataset = load_dataset(path, TASK, limit=3, head=True, keep=is_odd)
    assert [e.id for e in dataset] == ["1", "3", "5"]
    assert dataset.skipped == 3
    sample = load_dataset(path, TASK, limit=3, keep=is_odd)
    odd = load_dataset(path, TASK, keep=is_odd).examples
    assert sample.examples == Chosen(3).offer_all(odd).examples()
    assert sample.skipped == 5


def test_hugging_face_data_sets_by_name(tmp_path: Path) -> None:
    rows = [{"code": f"int f{k};", "label": k % 2} for k in range(5)]
    (tmp_path / "test.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    dataset = load_dataset(f"hub:{tmp_path}", TASK, split="test", language="c")
    assert [(e.id, e.label, e.programs[0].text) for e in dataset][:2] == [
        ("1", 0, "int f0;"),
        ("2", 1, "int f1;"),
    ]
    assert dataset[0].programs[0].language is Language.C
    with pytest.raises(UsageError, match="--split"):
        load_dataset(f"hub:{tmp_path}", TASK, language="c")
    with pytest.raises(DataError, match="hub data set"):
        load_dataset(f"hub:{tmp_path}", TASK, split="no_such_split", language="c")


def test_real_layouts(shared: Path) -> None:
    devign = load_dataset(shared / "data/devign/test.jsonl.gz", TASK)
    assert (len(devign), sum(e.label or 0 for e in devign), len(devign.quarantine)) == (
        2732,
        1255,
        0,
    )
    pairs = load_dataset(shared / "data/bigclonebench", "clone-detection", split="test")
    assert len(pairs) == 4000
    assert len({program for e in pairs for program in e.programs}) <= 911


def test_pairs_depend_on_each_other_by_either_program(tmp_path: Path) -> None:
    row = '{"code1": "int a;", "code2": "int %s;", "label": 1, "language": "c"%s}\n'
    rows = row % ("b", ', "group": null') + row % ("c", "") + row % ("d", ', "group": "g"')
    path = write(tmp_path / "d.jsonl", rows.encode())
    first, second, grouped = load_dataset(path, "clone-detection")
    assert first.clusters[0] == second.clusters[0]
    assert first.clusters[1] != second.clusters[1]
    assert grouped.clusters == ("g",)


@pytest.mark.parametrize(
    ("labels", "value", "index"),
    [
        (("1", "2", "3"), 1, 0),
        (("1", "2", "3"), "2.0", 1),
        (("1", "2", "3"), 0, None),
        (("bug", "style", "none"), "1.0", 1),
        (("bug", "style", "none"), [1], None),
        (("1", "2", "3"), 3.0, 2),
        (("-1", "1"), -1, 0),
        (("1", "0"), True, 0),
        (("true", "false"), True, 0),
        (("false", "true"), True, 1),
        (("bug", "style", "none"), 1, 1),
        (("bug", "style", "none"), " none ", 2),
        (("bug", "style", "none"), 3, None),
    ],
)
def test_a_label_is_a_name_before_it_is_a_number(
    labels: tuple[str, ...], value: object, index: int | None
) -> None:
    task = Task("own", 1, labels, 0, "")
    if index is None:
        with pytest.raises(MalformedValueError, match="is none of"):
            parse_label(value, task)
    else:
        assert parse_label(value, task) == index
