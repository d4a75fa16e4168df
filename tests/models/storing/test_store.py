from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.errors import ModelError, PredictionError, RunDirectoryError
from metacompress.models.loading import load_classifier
from metacompress.models.protocols.classifier import Classifier, Predictions
from metacompress.models.storing import store_file
from metacompress.models.storing.store import PredictionStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example

TASK = "vulnerability-prediction"


def ask(path: Path, dataset: Dataset, **options: object) -> tuple[Predictions, int, list[str]]:
    notes: list[str] = []
    with PredictionStore(path, note=notes.append, **options) as store:  # type: ignore[arg-type]
        found, asked = store.predict(load_classifier("mock:", TASK), dataset.examples)
    return found, asked, notes


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement).rowcount != 0
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        "answer = zeroblob(length(answer))",
        "answer = CAST(answer AS TEXT)",
        "answer = 1",
        "answer = x''",
        "digest = x'00'",
    ],
)
def test_a_damaged_answer_is_asked_again(
    damage: str, make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    path, dataset = tmp_path / "s.sqlite", make_dataset(6)
    first, asked, notes = ask(path, dataset)
    assert (asked, notes) == (6, [])
    change(path, f"UPDATE answer SET {damage} WHERE input = (SELECT input FROM answer LIMIT 1)")
    again, asked, notes = ask(path, dataset)
    assert np.array_equal(first.probabilities, again.probabilities)
    assert np.array_equal(first.truncated, again.truncated)
    # Together with the rows that it was asked with: a batch may round differently otherwise.
    assert asked == 6
    assert notes == [f"{path}: 1 stored row failed the checksum; computed again"]
    assert ask(path, dataset)[1:] == (0, [])


def test_answers_that_change_places_are_noticed(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    path, dataset = tmp_path / "s.sqlite", make_dataset(2)
    first, _, _ = ask(path, dataset)
    one = "FROM answer ORDER BY input LIMIT 1"
    change(
        path, f"UPDATE answer SET answer = (SELECT answer {one}), digest = (SELECT digest {one})"
    )
    again, asked, notes = ask(path, dataset)
    assert np.array_equal(first.probabilities, again.probabilities)
    assert (asked, len(notes)) == (2, 1)


def test_a_damaged_graph_is_extracted_again(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    notes: list[str] = []
    with PredictionStore(path) as store:
        store.write_graphs({"a": b"graph of a", "b": b"graph of b"})
    change(path, "UPDATE graph SET graph = x'00' WHERE program = 'a'")
    with PredictionStore(path, note=notes.append) as store:
        assert store.read_graphs(["a", "b"]) == {"b": b"graph of b"}
    assert len(notes) == 1


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE answer (weather TEXT)")
        connection.execute("INSERT INTO answer VALUES ('rain')")
    connection.close()


def earlier(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE prediction (model, input, probabilities, truncated)")
        connection.execute("CREATE TABLE graph (program, graph)")
    connection.close()


def later(path: Path) -> None:
    PredictionStore(path).__exit__(None, None, None)
    change(path, "PRAGMA user_version = 9")


def loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: path.write_bytes(b"not SQLite, but long enough to be read" * 99), "damaged"),
        (foreign, "SQLite file of another program"),
        (earlier, "earlier version, without checksums"),
        (later, "format 9"),
        (loop, "cannot be"),
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(
    make: Callable[[Path], object],
    message: str,
    make_dataset: Callable[[int], Dataset],
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RunDirectoryError, match=message) as raised:
        ask(path, make_dataset(2))
    assert "\n" not in str(raised.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_store_of_one_run_of_an_earlier_format_is_begun_anew(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    path = tmp_path / "s.sqlite"
    ask(path, make_dataset(2))
    change(path, "PRAGMA user_version = 2")
    with pytest.raises(RunDirectoryError, match="format 2, and this version reads 3"):
        ask(path, make_dataset(2))
    _, asked, notes = ask(path, make_dataset(2), own=True)
    assert (asked, len(notes)) == (2, 1)
    assert ask(path, make_dataset(2))[1:] == (0, [])


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "file/below.sqlite"])
def test_paths_that_cannot_be(
    name: str, make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunDirectoryError, match="cannot be used as prediction store"):
        ask(tmp_path / name, make_dataset(2))


def test_a_file_of_no_bytes_is_a_new_store(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    (tmp_path / "s.sqlite").write_bytes(b"")
    assert ask(tmp_path / "s.sqlite", make_dataset(3))[1] == 3


@pytest.mark.parametrize("own", [True, False])
def test_a_truncated_store(
    own: bool, make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    path, dataset = tmp_path / "s.sqlite", make_dataset(200)
    first, _, _ = ask(path, dataset)
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 77])
    if own:
        again, asked, notes = ask(path, dataset, own=True)
        assert np.array_equal(first.probabilities, again.probabilities)
        assert asked == 200
        assert "computed again" in notes[0]
        assert ask(path, dataset)[1] == 0
    else:
        with pytest.raises(RunDirectoryError, match=r"damaged .*; move it away"):
            ask(path, dataset)


def test_a_locked_store_is_waited_for_and_then_named(
    make_dataset: Callable[[int], Dataset], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_file, "LOCK_SECONDS", 0.1)
    path = tmp_path / "s.sqlite"
    ask(path, make_dataset(2))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RunDirectoryError, match=r"another process has locked it for 0\.1 s"):
        ask(path, make_dataset(3))
    other.execute("ROLLBACK")
    other.close()
    assert ask(path, make_dataset(3))[1] == 1


FULL = """
import resource, signal, sys
from pathlib import Path
from metacompress.errors import MetaCompressError
from metacompress.models.storing.store_file import StoreFile
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    store = StoreFile(Path(sys.argv[1]), own=False, note=print)
    for block in range(40):
        store.write_answers("m", {b"%d-%d" % (block, k): bytes(64) for k in range(50)})
        print(block)
except MetaCompressError as error:
    print(error)
"""


def test_a_full_disk_is_named_and_what_was_kept_stays(tmp_path: Path) -> None:
    for size in (0, 5000, 120_000):
        path = tmp_path / f"s{size}.sqlite"
        command = [sys.executable, "-c", FULL, str(path), str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        *blocks, message = done.stdout.splitlines()
        assert "make room" in message
        if blocks:
            store = store_file.StoreFile(path, own=False, note=pytest.fail)
            for block in map(int, blocks):
                assert (
                    len(store.read_answers("m", [b"%d-%d" % (block, k) for k in range(50)], 64))
                    == 50
                )
            store.close()


class Foreign(Classifier):
    labels = ("safe", "vulnerable")
    fingerprint = "foreign"

    def __init__(self, answer: Callable[[int], object]) -> None:
        self._answer = answer

    def predict(self, examples: Sequence[Example]) -> Predictions:
        n = len(examples)
        p = self._answer(n)
        return Predictions(p, np.zeros(n, bool), np.zeros(n, np.uint64), np.zeros(n))  # type: ignore[arg-type]


def test_foreign_classifiers(make_dataset: Callable[[int], Dataset], tmp_path: Path) -> None:
    with PredictionStore(tmp_path / "s.sqlite") as store:
        leaving = Foreign(lambda n: sys.exit(0))
        with pytest.raises(ModelError, match="Foreign: raised SystemExit: 0 on 3 inputs"):
            store.predict(leaving, make_dataset(3).examples)
        for answer in (lambda n: np.ones((1, 2)) / 2, lambda n: np.ones((n + 1, 2)) / 2):
            with pytest.raises(PredictionError, match=r"shape .*; expected \(3, 2\)"):
                store.predict(Foreign(answer), make_dataset(3).examples)


class Lengths(Classifier):
    """The probability of the second class is a thousandth of the text's length."""

    labels = ("safe", "vulnerable")

    def __init__(self) -> None:
        self.fingerprint = "lengths"
        self.blocks: list[list[str]] = []

    def predict(self, examples: Sequence[Example]) -> Predictions:
        self.blocks.append([example.id for example in examples])
        p = np.array([len(example.programs[0].text) / 1000 for example in examples])
        return Predictions.checked(np.stack([1 - p, p], axis=1), examples, 2, "lengths")


def repeated(dataset: Dataset) -> list[Example]:
    """Eleven inputs, of which seven differ."""
    one = list(dataset.examples)
    return [*one[:3], *one[:2], one[6], one[6], *one[3:]]


def test_equal_inputs_are_asked_once_in_blocks_of_distinct_ones(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    examples, model = repeated(make_dataset(7)), Lengths()
    steps: list[int] = []
    with PredictionStore(tmp_path / "s.sqlite") as store:
        found, asked = store.predict(model, examples, block_size=4, advance=steps.append)
    assert asked == 7
    assert model.blocks == [["0", "1", "2", "6"], ["3", "4", "5"]]
    assert sum(steps) == len(examples) == 11
    assert np.array_equal(found.probabilities, Lengths().predict(examples).probabilities)


def test_blocks_are_shared_out_and_an_interrupted_call_goes_on_with_the_same_ones(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    examples, path = repeated(make_dataset(7)), tmp_path / "s.sqlite"
    shared: list[list[str]] = []

    def ahead(blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        taken = [list(block) for block in blocks]
        shared.extend([example.id for example in block] for block in taken)
        yield from map(Lengths().predict, taken)

    def killed(blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        yield from islice(ahead(blocks), 1)
        raise KeyboardInterrupt

    expected = Lengths().predict(examples).probabilities
    with PredictionStore(path) as store, pytest.raises(KeyboardInterrupt):
        store.predict(Lengths(), examples, block_size=3, share=killed)
    assert shared == [["0", "1", "2"], ["6", "3", "4"], ["5"]]
    shared.clear()
    # Examples may be made anew each time that they are gone over.
    with PredictionStore(path) as store:
        found, asked = store.predict(Lengths(), Again(examples), block_size=3, share=ahead)
    assert (asked, shared) == (4, [["6", "3", "4"], ["5"]])
    assert np.array_equal(found.probabilities, expected)


class Again:
    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples

    def __iter__(self) -> Iterator[Example]:
        return (replace(example) for example in self._examples)


def test_a_share_must_answer_every_block_with_a_row_per_input(
    make_dataset: Callable[[int], Dataset], tmp_path: Path
) -> None:
    examples = make_dataset(5).examples

    def lazy(blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        yield Lengths().predict(next(blocks))
        next(blocks)

    def short(blocks: Iterator[Sequence[Example]]) -> Iterator[Predictions]:
        yield from (Lengths().predict(block[1:]) for block in blocks)

    with PredictionStore(tmp_path / "s.sqlite") as store:
        with pytest.raises(PredictionError, match="1 blocks of inputs got no answer"):
            store.predict(Lengths(), examples, block_size=2, share=lazy)
        with pytest.raises(PredictionError, match=r"shape \(1, 2\); expected \(2, 2\)"):
            store.predict(Lengths(), examples, block_size=2, share=short)
