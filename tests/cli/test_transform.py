from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from warm_python import warm_python

import metacompress
from metacompress.data.loading import load_dataset
from metacompress.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

JAVA = "class A {\r\n    boolean f(int a) { return a < 3; }\r\n}\r\n"
FLIPPED = JAVA.replace("a < 3", "3 > a")


def transform(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [warm_python(), "-m", "metacompress", "transform", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "A.java"
    path.write_bytes(JAVA.encode())
    return path


def test_a_variant_of_a_file_goes_to_standard_output(program: Path) -> None:
    done = transform(program, "--transform", "flip-comparison")
    assert (done.returncode, done.stdout) == (0, FLIPPED.encode())
    assert b"1 of 1 variants made" in done.stderr


def test_out_takes_a_file_or_a_directory(program: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "B.java"
    transform(program, "--transform", "flip-comparison", "--out", out)
    assert out.read_bytes() == FLIPPED.encode()
    many = tmp_path / "many"
    names = ["flip-comparison", "rename-identifiers"]
    options = [word for name in names for word in ("--transform", name)]
    transform(program, *options, "--out", many)
    assert sorted(path.name for path in many.iterdir()) == [f"A~{name}~0.java" for name in names]


def test_differences_are_shown(program: Path) -> None:
    done = transform(program, "--transform", "flip-comparison", "--diff")
    assert b"-    boolean f(int a) { return a < 3; }" in done.stdout
    assert b"+    boolean f(int a) { return 3 > a; }" in done.stdout


def test_the_variants_of_data_are_a_data_set(tmp_path: Path) -> None:
    out = tmp_path / "variants.jsonl"
    words = ["--task", "clone-detection", "--split", "valid", "--limit", "20", "--json"]
    words += ["--transform", "flip-comparison", "--transform", "rename-identifiers"]
    done = transform("demo", *words, "--compose", "2", "--out", out)
    counts = json.loads(done.stdout)
    assert counts["made"] == counts["transformations"]["compose-2"]["made"] == 20
    variants = load_dataset(out, "clone-detection")
    sources = {e.id: e for e in load_dataset("demo", "clone-detection", split="valid", limit=20)}
    assert len(variants) == 20
    for variant in variants:
        source = sources[variant.id.partition("~")[0]]
        assert (variant.label, variant.group) == (source.label, source.clusters[0])
        assert variant.programs[0].language == source.programs[0].language
        assert variant.programs[0].text != source.programs[0].text
        assert variant.programs[1] == source.programs[1]


def test_no_variant_is_an_exit_status(tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    path.write_text("int x;\n")
    done = transform(path, "--transform", "swap-if-branches")
    assert done.returncode == 2
    assert b"swap-if-branches: 1 no-site" in done.stderr


def test_the_python_api_gives_the_same(program: Path) -> None:
    found = metacompress.transform(JAVA, ["flip-comparison"], language="java")
    (variant,) = found.variants
    assert variant.programs == (FLIPPED,)
    (edit,) = variant.edits
    source = JAVA.encode()
    made = source[: edit.start] + edit.replacement.encode() + source[edit.end :]
    assert made.decode() == FLIPPED
    assert repr(found) == "TransformedPrograms: 1 of 1 variants\n  flip-comparison: 1 made"
    refused = metacompress.transform("class A {}", ["flip-comparison"], language="java")
    assert repr(refused).endswith("flip-comparison: 0 made, 1 no-site")
    again = metacompress.transform(JAVA, ["all"], language="java", compose=4, seed=3)
    same = metacompress.transform(JAVA, ["all"], language="java", compose=4, seed=3)
    assert again.attempts == same.attempts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"transforms": []}, "no transformation"),
        ({"transforms": ["turn-around"]}, "turn-around"),
        ({"transforms": ["layout"], "language": None}, "language is not given"),
        ({"transforms": ["layout"], "validity": "sure"}, "validity"),
        ({"transforms": ["layout"], "compose": 0}, "compose"),
        ({"transforms": ["layout"], "variants": 0}, "variants"),
        ({"transforms": ["layout"], "seed": -1}, "seed"),
        ({"transforms": ["layout"], "programs": "third"}, "programs"),
    ],
)
def test_wrong_questions_are_answered(arguments: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        metacompress.transform(JAVA, **({"language": "java"} | arguments))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.c"
    path.write_bytes(b"int \xff;")
    assert b"byte 4 is not valid UTF-8" in transform(path, "--transform", "layout").stderr
    path.write_text(" \n")
    assert b"is empty" in transform(path, "--transform", "layout").stderr
    assert b"give --task" in transform(tmp_path, "--transform", "layout").stderr
    with pytest.raises(DataError, match="is empty"):
        metacompress.transform("", ["layout"], language="c")
