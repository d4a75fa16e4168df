"""Bits that flip in what a study stored: computed again, or refused, and never another summary."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

import metacompress
from metacompress.errors import DamagedFileError, RunDirectoryError
from metacompress.runs.checksums import FILE, Checksums, checksum
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.variants import table as variants
from metacompress.variants.making import VariantMaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.data.dataset import Dataset

TRIALS_PER_FILE = 5


def study(run: Path, dataset: Dataset, **more: object) -> Path:
    settings = {
        "task": "vulnerability-prediction",
        "transforms": ("rename-identifiers",),
        "relations": {"prediction-agreement": {}},
        "run": run,
    }
    return metacompress.check(
        "mock:", "mock:?seed=1", dataset, report=False, **(settings | more)
    ).run


def flip(path: Path, rng: np.random.Generator) -> None:
    content = bytearray(path.read_bytes())
    content[int(rng.integers(len(content)))] ^= 1 << int(rng.integers(8))
    path.write_bytes(content)


def files_of(run: Path) -> list[str]:
    return sorted(
        path.relative_to(run).as_posix()
        for path in run.rglob("*")
        if path.is_file() and path.stat().st_size and path.name != ".lock"
    )


@pytest.mark.parametrize("shared", [False, True])
def test_a_flipped_bit_changes_no_summary(
    shared: bool, make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    dataset = make_dataset(8)
    whole, run, store = tmp_path / "whole", tmp_path / "run", tmp_path / "run/shared.sqlite"
    whole.mkdir()
    study(run, dataset, **({"store": store} if shared else {}))
    shutil.move(run, whole / "run")
    names = files_of(whole / "run")
    assert {"variants.parquet", "summary.json", "study.json", FILE} < set(names)
    expected = (whole / "run/summary.json").read_bytes()
    rng = np.random.default_rng(7)
    refused: set[str] = set()
    wanted = [name for name in names if name.endswith(".sqlite")] if shared else names
    for name in wanted * TRIALS_PER_FILE:
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(whole / "run", run)
        flip(run / name, rng)
        refusal = None
        try:
            study(run, dataset, **({"store": store} if shared else {}))
        except RunDirectoryError as error:
            refusal = str(error)
        if refusal is None:
            assert (run / "summary.json").read_bytes() == expected, name
        else:
            refused.add(name)
            assert "\n" not in refusal
    assert "variants.parquet" not in refused
    assert shared or "study.json" in refused


def test_any_byte_of_a_table_counts(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    run = RunDirectory(study(tmp_path / "run", make_dataset(3)))
    path = run.path / "curves.parquet"
    content = path.read_bytes()
    for offset in range(0, len(content), 11):
        path.write_bytes(content[:offset] + bytes([content[offset] ^ 8]) + content[offset + 1 :])
        with pytest.raises(DamagedFileError, match=r"curves\.parquet: damaged"):
            run.read_table("curves.parquet")


def test_what_is_damaged_is_made_again_with_a_word(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(NoProgress, "note", lambda self, text: lines.append(text))
    run = study(tmp_path / "run", make_dataset(4))
    expected = (run / "variants.parquet").read_bytes()
    flip(run / "variants.parquet", np.random.default_rng(0))
    study(run, make_dataset(4))
    assert lines == [f"{run / 'variants.parquet'}: damaged; it is made again"]
    assert (run / "variants.parquet").read_bytes() == expected
    study(run, make_dataset(4))
    assert len(lines) == 1


def test_shards_of_an_unfinished_stage(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variants, "_SHARD_SIZE", 2)
    dataset = make_dataset(6)
    expected = (study(tmp_path / "whole", dataset) / "summary.json").read_bytes()
    make = VariantMaker.attempts
    monkeypatch.setattr(
        VariantMaker,
        "attempts",
        lambda self, example: make(self, example) if int(example.id) < 4 else 1 // 0,
    )
    with pytest.raises(ZeroDivisionError):
        study(tmp_path / "run", dataset)
    monkeypatch.setattr(VariantMaker, "attempts", make)
    shards = sorted((tmp_path / "run/variants").iterdir())
    assert len(shards) == 2
    shutil.copyfile(shards[0], shards[1])
    study(tmp_path / "run", dataset)
    assert (tmp_path / "run/summary.json").read_bytes() == expected


def test_a_damaged_report_is_refused_in_one_line(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    run = study(tmp_path / "run", make_dataset(3))
    text = (run / "summary.json").read_text()
    (run / "summary.json").write_text(text.replace('"fail"', '"pass"'))
    with pytest.raises(DamagedFileError, match=r"summary\.json: damaged.*run the study again"):
        RunDirectory.existing(run)
    (run / FILE).unlink()
    with pytest.raises(DamagedFileError, match=r"study\.json: damaged, or of an earlier version"):
        study(run, make_dataset(3))
    study(run, make_dataset(3), overwrite=True)
    assert RunDirectory.existing(run)


def test_tables_without_their_study_count_for_nothing(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    run = study(tmp_path / "run", make_dataset(3))
    expected = (study(tmp_path / "other", make_dataset(5)) / "summary.json").read_bytes()
    (run / "study.json").unlink()
    study(run, make_dataset(5))
    assert (run / "summary.json").read_bytes() == expected


def test_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    sums = Checksums(tmp_path)
    for content in (b"first", b"second", b"second"):
        sums.record("a b.json", checksum(content))
        (tmp_path / "a b.json").write_bytes(content)
    assert len((tmp_path / FILE).read_text().splitlines()) == 2
    assert sums.holds("a b.json", checksum(b"second"))
    assert not sums.holds("a b.json", checksum(b"first"))
    with (tmp_path / FILE).open("ab") as file:
        file.write(b"\xff0123")  # a write that was cut off
    sums.record("c.json", checksum(b"third"))
    assert Checksums(tmp_path).names() == ["a b.json", "c.json"]
    text = Checksums(tmp_path).text()
    assert text is not None
    assert len(text.splitlines()) == 2
    (tmp_path / FILE).write_text(text)
    assert Checksums(tmp_path).text() is None


def test_a_damaged_attempt_is_made_again(tmp_path: Path) -> None:
    from metacompress.study.attack.jobs import _line, _read_lines

    lines: list[str] = []

    class Notes(NoProgress):
        def note(self, text: str) -> None:
            lines.append(text)

    path = tmp_path / "attempts.jsonl"
    whole = "".join(_line({"index": index, "text": "é\u2028"}) for index in range(4)).encode()
    path.write_bytes(whole)
    assert [row["index"] for row in _read_lines(path, Notes())] == [0, 1, 2, 3]
    for offset in range(0, len(whole), 7):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
        left = list(_read_lines(path, Notes()))
        assert len(left) in (2, 3)
        assert all(row["text"] == "é\u2028" for row in left)
    assert lines


@pytest.mark.parametrize(
    "make",
    [
        lambda run: run.symlink_to(run),
        lambda run: run.write_text("a file"),
        lambda run: (run / "variants.parquet").mkdir(parents=True),
        lambda run: (run / FILE).mkdir(parents=True),
        lambda run: (run / "predictions.sqlite").mkdir(parents=True),
        lambda run: (run / "study.json").mkdir(parents=True),
    ],
)
def test_hostile_run_directories_are_refused_in_one_line(
    make: Callable[[Path], object], make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    make(tmp_path / "run")
    with pytest.raises(RunDirectoryError) as raised:
        study(tmp_path / "run", make_dataset(2))
    assert "\n" not in str(raised.value)


def test_a_damaged_list_of_checksums_removes_nothing_of_a_user(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    study(run, make_dataset(4))
    (tmp_path / "precious.txt").write_text("mine")
    (run / "notes.txt").write_text("mine, too")
    (run / "variants").symlink_to(tmp_path)
    (tmp_path / "part-00000.parquet").write_text("behind a link")
    with (run / FILE).open("a") as file:
        for name in ("../precious.txt", "notes.txt", "variants/part-00000.parquet", "*", "../*"):
            file.write(f"{'0' * 64}  {name}\n")
    study(run, make_dataset(4))
    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert (run / "notes.txt").read_text() == "mine, too"
    assert (tmp_path / "part-00000.parquet").read_text() == "behind a link"


def test_leftovers_of_a_killed_process_are_removed(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    run = study(tmp_path / "run", make_dataset(3))
    expected = (run / "summary.json").read_bytes()
    (run / "summary.json").unlink()
    (run / "variants").mkdir()
    (run / "mine.txt").write_text("of the user")
    (tmp_path / "elsewhere").mkdir()
    (run / "link").symlink_to(tmp_path / "elsewhere")
    leftover = ".summary.json.7.metacompress-partial.json"
    for folder in (run, run / "variants", tmp_path / "elsewhere"):
        (folder / leftover).write_text("{")
    study(run, make_dataset(3))
    assert (run / "summary.json").read_bytes() == expected
    assert [path.parent for path in tmp_path.rglob(leftover)] == [tmp_path / "elsewhere"]
    assert (run / "mine.txt").exists()
