"""Files as people have them, and in any language."""

from __future__ import annotations

import gzip
import json
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from standard_error import errors_of
from warm_python import warm_python

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.data.splits import spellings
from metacompress.errors import DataError, MissingFrontEndError, UsageError
from metacompress.lang.language import FRONT_ENDS, Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TASK = "vulnerability-prediction"
ROWS = [{"id": f"x{k}", "code": f"func f{k}() int {{ return {k} }}", "label": k} for k in (0, 1)]


def lines(rows: Sequence[object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


# Languages


def test_a_language_is_one_object_of_its_name() -> None:
    import copy
    import pickle

    rust = Language("rust")
    assert Language.parse(" Rs ") is rust
    assert pickle.loads(pickle.dumps(rust)) is rust  # noqa: S301 - our own bytes
    assert copy.deepcopy(rust) is rust
    assert (str(rust), f"{rust}", rust.has_front_end) == ("rust", "rust", False)
    assert Language.parse("C++") is Language.CPP
    assert all(language.has_front_end for language in FRONT_ENDS)


@pytest.mark.parametrize("name", ["", "  ", "é", "\x1b[31m", "a" * 41, "x\ny"])
def test_what_is_not_a_name_of_a_language(name: str) -> None:
    with pytest.raises(UsageError, match="is not the name of a language"):
        Language.parse(name)


@pytest.mark.parametrize(
    ("given", "name"),
    [("JS", "javascript"), ("Go", "go"), ("PHP", "php"), ("rb", "ruby"), ("C#", "csharp"),
     ("rs", "rust"), ("cobol", "cobol")],
)  # fmt: skip
def test_programs_of_any_language_are_checked_on_sources(
    given: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(lines([{**row, "lang": given} for row in ROWS]))
    dataset = load_dataset(path, TASK)
    assert {example.programs[0].language for example in dataset} == {name}
    result = metacompress.check(
        "mock:", "mock:?seed=1", path, report=False, task=TASK, run=tmp_path / "r"
    )
    assert result.summary.data.sources == 2


def test_only_what_analyses_programs_needs_a_front_end(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(lines(ROWS))
    given = {"task": TASK, "language": "Ruby"}
    message = f"ruby has none; languages with one: {', '.join(sorted(FRONT_ENDS))}"
    for transforms in ("layout", "all"):
        with pytest.raises(MissingFrontEndError, match=message):
            metacompress.check(
                "mock:",
                "mock:?seed=1",
                path,
                transforms=transforms,
                report=False,
                run=tmp_path / transforms,
                **given,
            )
    with pytest.raises(MissingFrontEndError, match=message):
        metacompress.attack(
            "mock:", "mock:?seed=1", path, attacks="mhm", run=tmp_path / "a", **given
        )
    with pytest.raises(MissingFrontEndError, match=message):
        metacompress.transform("def f; end", "layout", language="ruby")


def test_of_mixed_languages_those_with_a_front_end_are_transformed(tmp_path: Path) -> None:
    rows = [
        {**ROWS[0], "lang": "ruby"},
        {**ROWS[1], "code": "int f(int a){return a<3;}", "lang": "c"},
    ]
    (tmp_path / "d.jsonl").write_text(lines(rows))
    made = metacompress.transform(load_dataset(tmp_path / "d.jsonl", TASK), "flip-comparison")
    assert [row.refusal for row in made.attempts] == ["unsupported-language", None]
    assert made.table()["language"].to_pylist() == ["c"]


def test_both_languages_of_a_pair_survive_a_table(tmp_path: Path) -> None:
    pair = {"id1": "a", "id2": "b", "label": 1, "code1": "int f(int a){return a<3;}",
            "code2": "fn f() {}", "lang1": "C", "lang2": "Rust"}  # fmt: skip
    (tmp_path / "d.jsonl").write_text(lines([pair]))
    dataset = load_dataset(tmp_path / "d.jsonl", "clone-detection")
    made = metacompress.transform(dataset, "flip-comparison")
    from metacompress.data.writing import write_table

    for name in ("v.parquet", "v.csv", "v.jsonl"):
        write_table(made.table(), tmp_path / name)
        (again,) = load_dataset(tmp_path / name, "clone-detection")
        assert [program.language for program in again.programs] == ["c", "rust"]


# Files


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", ["d.json", "d.json.gz"])
def test_a_json_array(name: str, indent: int | None, tmp_path: Path) -> None:
    text = "\ufeff \n" + json.dumps(
        [*ROWS, 7, {"code": "é" * 5}], indent=indent, ensure_ascii=False
    )
    pack = gzip.compress if name.endswith(".gz") else bytes
    (tmp_path / name).write_bytes(pack(text.encode()))
    with pytest.raises(DataError):
        load_dataset(tmp_path / name, TASK, language="go")
    dataset = load_dataset(tmp_path / name, TASK, language="go", max_quarantined=1)
    assert [example.id for example in dataset] == ["x0", "x1"]
    assert [(row.line, str(row.reason)) for row in dataset.quarantine] == [
        (3, "bad-json"),
        (4, "missing-field"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [("[", "Expecting"), ('[{"code": "x"}', "element 1"), ('[{"code": "x"} {}]', "element 1"),
     ('[{"code": "x"}] x', "after the end"),
     ("[" + "9" * 5000 + "]", "4300"), ("[" * 9000, "element 1"),
     ("[]", "no usable example"), ('[{"code": "x"},]', "element 2")],
)  # fmt: skip
def test_a_damaged_json_array_is_one_line(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(text)
    with pytest.raises(DataError, match=message):
        load_dataset(tmp_path / "d.json", TASK, language="c", max_quarantined=1)


def test_elements_that_cross_the_ends_of_what_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metacompress.data.json_array._CHUNK", 7)
    (tmp_path / "d.json").write_text(json.dumps(ROWS, indent=1))
    assert len(load_dataset(tmp_path / "d.json", TASK, language="go")) == 2


def test_objects_per_line_may_be_called_json_too(tmp_path: Path) -> None:
    (tmp_path / "test.json").write_text(lines(ROWS))
    assert len(load_dataset(tmp_path, TASK, split="test", language="go")) == 2


@pytest.mark.parametrize(
    ("text", "label"),
    [("1.0", 1), ("0.", 0), ("1", 1), ("true", 1), ("False", 0), ("1.5", None), ("2.0", None),
     ("9" * 5000, None), ("-1", None), ("nan", None), ("1e0", None)],
)  # fmt: skip
def test_labels_of_csv_files(text: str, label: int | None, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(f"code,label\nint a;,{text}\nint b;,0\n")
    dataset = load_dataset(tmp_path / "d.csv", TASK, language="c", max_quarantined=1)
    expected = [0] if label is None else [label, 0]
    assert [example.label for example in dataset] == expected


@pytest.mark.parametrize("asked", ["valid", "validation", "dev", "val"])
@pytest.mark.parametrize("there", ["valid", "validation", "dev", "val"])
def test_a_split_has_several_names(asked: str, there: str, tmp_path: Path) -> None:
    (tmp_path / f"{there}.jsonl").write_text(lines(ROWS))
    assert len(load_dataset(tmp_path, TASK, split=asked, language="go")) == 2
    assert spellings(asked)[0] == asked


def test_a_split_of_two_other_names_is_not_guessed(tmp_path: Path) -> None:
    for name in ("dev", "val"):
        (tmp_path / f"{name}.jsonl").write_text(lines(ROWS))
    with pytest.raises(UsageError, match="dev and val; name one"):
        load_dataset(tmp_path, TASK, split="valid", language="go")
    assert len(load_dataset(tmp_path, TASK, split="dev", language="go")) == 2


def test_saved_data_sets_are_read_by_their_directory(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    one = datasets.Dataset.from_list(ROWS)
    one.save_to_disk(str(tmp_path / "one"))
    datasets.DatasetDict({"validation": one}).save_to_disk(str(tmp_path / "many"))
    assert len(load_dataset(f"hub:{tmp_path}/one", TASK, language="go")) == 2
    assert len(load_dataset(f"hub:{tmp_path}/one", TASK, split="test", language="go")) == 2
    assert len(load_dataset(f"hub:{tmp_path}/many", TASK, split="dev", language="go")) == 2
    with pytest.raises(UsageError, match="no split 'test'; splits: validation"):
        load_dataset(f"hub:{tmp_path}/many", TASK, split="test", language="go")
    with pytest.raises(UsageError, match="--split"):
        load_dataset(f"hub:{tmp_path}/many", TASK, language="go")


def test_transform_reads_standard_input_and_tells_what_is_missing(tmp_path: Path) -> None:
    def transform(*words: str, given: bytes = b"") -> tuple[int, bytes, bytes]:
        command = [warm_python(), "-m", "metacompress", "transform", *words]
        done = subprocess.run(
            [*command, "--transform", "flip-comparison"],
            input=given, cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    program = b"int f(int a) {\r\n return a < 3; }\r\n"
    status, out, _ = transform("-", "--language", "c", given=program)
    assert (status, out) == (0, program.replace(b"a < 3", b"3 > a"))
    assert b"give --language" in transform("-", given=program)[2]
    for missing in ("nowhere.c", "nowhere.jsonl", "nowhere"):
        status, _, err = transform(missing)
        assert (status, errors_of(err.decode())) == (2, [f"error: {missing}: no such file"])
    (tmp_path / "a.rb").write_text("puts 1")
    status, _, err = transform("a.rb")
    assert status == 2
    assert b"ruby has none; languages with one: c, cpp" in err


def test_cells_that_spreadsheets_compute_survive_the_round_trip(tmp_path: Path) -> None:
    import pyarrow as pa

    from metacompress.data.writing import write_table

    codes = [
        "=1+1",
        "@Override\nvoid f() {}",
        "-x",
        "+y",
        "'quoted'",
        "'=z",
        "\tif",
        "plain",
        "\rx",
    ]
    ids = [f"={k}" for k in range(len(codes))]
    table = pa.table({"id": ids, "code": codes, "label": pa.array(np.zeros(len(codes), int))})
    for name in ("t.csv", "t.jsonl", "t.parquet"):
        write_table(table, tmp_path / name)
        dataset = load_dataset(tmp_path / name, TASK, language="java")
        assert [example.programs[0].text for example in dataset] == codes, name
        assert [example.id for example in dataset] == ids
    import csv

    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
