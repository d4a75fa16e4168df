"""The benchmark of hostile trials finds every kind of fault, and a right outcome has none."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

import commands
import flips
import kills
import numpy as np
import pytest
import run
import studies
import tally
from meeting import meet
from mutating import mutated
from nasty import hostile_files
from outcome import CHANGED, LOST, OVER, TRACEBACK, Expected, Outcome, resumed_faults
from readers import Reader, data_readers

from metacompress.errors import DataError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

UNDISTURBED = Expected(1, {"run/summary.json": "a", "run/log.txt": ""}, 1.0, 1)
LINE = "error: run: damaged; choose another --run\n"


def kinds(faults: list[tuple[str, str]]) -> set[str]:
    return {kind for kind, _ in faults}


@pytest.mark.parametrize(
    ("status", "stderr", "found", "expected"),
    [
        (1, "", {"run/summary.json": "a", "run/log.txt": ""}, set()),
        (1, "", {"run/summary.json": "b", "run/log.txt": ""}, {CHANGED}),
        (0, "", {"run/summary.json": "a", "run/log.txt": ""}, {CHANGED}),
        (1, "", {"run/log.txt": ""}, {LOST}),
        (1, "", {**UNDISTURBED.results, "run/.a.7.metacompress-partial": ""}, {LOST}),
        (2, LINE, {}, {LOST}),
        (2, "", {}, {TRACEBACK}),
        (2, LINE + LINE, {}, {TRACEBACK}),
        (2, LINE + "and another line\n", {}, {TRACEBACK}),
        (70, "internal error, and no verdict: KeyError\n", {}, {TRACEBACK}),
        (-11, "", {}, {TRACEBACK}),
        (1, "Traceback (most recent call last):\n", UNDISTURBED.results, {TRACEBACK}),
    ],
)
def test_every_fault_of_a_command(
    status: int, stderr: str, found: dict[str, str], expected: set[str]
) -> None:
    done = commands.Done(status, "", stderr, 0.1)
    assert kinds(resumed_faults(done, found, UNDISTURBED)) == expected
    allowed = resumed_faults(done, found, UNDISTURBED, may_refuse=True)
    assert kinds(allowed) == (set() if stderr == LINE else expected)


# A command that takes a while, and keeps what it has done: rightly, or in one of the wrong ways.
FAKE = """
import os, pathlib, sys, time
run = pathlib.Path("run"); run.mkdir(exist_ok=True)
begun = run / "begun"
again = begun.exists()
begun.write_text("")
{way}
time.sleep(0.2)
(run / "summary.json").write_text('{{"rate": 0.5}}')
sys.exit(1)
"""
WAYS = {
    "right": ("", set()),
    "changes": (
        "if again: (run / 'summary.json').write_text('{}'); sys.exit(1)",
        {CHANGED},
    ),
    "leaves": ("if again: (run / '.x.1.metacompress-partial').write_text('')", {LOST}),
    "refuses": ("if again: sys.stderr.write('error: no\\n'); sys.exit(2)", {LOST}),
    "crashes": ("if again: raise KeyError('x')", {TRACEBACK}),
}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def use(way: str) -> None:
        def become(*arguments: object) -> None:
            """In the forked process; starting another Python would take longer than the rest."""
            _, cwd, _, error = map(str, arguments)
            status = 70
            try:
                os.chdir(cwd)
                sys.stderr = open(error, "w")  # noqa: PTH123, SIM115
                exec(FAKE.format(way=way), {})
            except SystemExit as end:
                status = int(str(end.code))
            finally:
                sys.stderr.flush()
                os._exit(status)

        monkeypatch.setattr(commands, "_become", become)

    made = studies.Study("check-mock", ("check",), "--run", "run")
    for module in (studies, kills, flips):
        monkeypatch.setattr(module, "studies", lambda: {"check-mock": made})
    return use


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_command_that_goes_on_wrongly(
    way: str, fake: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, expected = WAYS[way]
    monkeypatch.setitem(kills._KILLS, "check-mock", 10)
    real = commands.call

    def call(words: list[str], cwd: Path, kill_after: float | None = None) -> commands.Done:
        if way == "right" or kill_after is None:
            return real(words, cwd, kill_after=kill_after)
        # On a busy machine a kill may come before the command has begun.
        (cwd / "run").mkdir()
        (cwd / "run" / "begun").touch()
        return commands.Done(-9, "", "", kill_after)

    monkeypatch.setattr(kills, "call", call)
    fake(text)
    outcome = kills.attempt("check-mock/8", studies.Bench(tmp_path))
    assert kinds(outcome.faults) - ({LOST} if expected else set()) == expected - {LOST}
    assert bool(outcome.faults) is bool(expected)


def test_a_flipped_bit_that_changes_a_summary(
    fake: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flips, "_STATES", {"check-mock finished": (1.0, 1)})
    fake("if again: sys.exit(1)")  # takes what is there for what it wrote
    outcome = flips.attempt("check-mock finished/0", studies.Bench(tmp_path / "bad"))
    assert kinds(outcome.faults) == {CHANGED}
    fake("")
    assert not flips.attempt("check-mock finished/0", studies.Bench(tmp_path / "good")).faults


def test_one_bit_is_flipped(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(100))
    flips.flip(path, np.random.default_rng(0))
    assert sum(byte.bit_count() for byte in path.read_bytes()) == 1


def reader(read: Callable[[Path], object]) -> Reader:
    return Reader("fake", {"d.jsonl": b"{}"}, read)


def test_every_fault_of_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(folder: Path) -> None:
        raise DataError(f"{folder}: damaged")

    def ends(folder: Path) -> None:
        raise SystemExit(0)

    monkeypatch.setattr("meeting.MOST_SECONDS", 0.02)
    monkeypatch.setattr("meeting.MOST_BYTES", 32 << 20)

    def works(folder: Path) -> None:
        end = time.process_time() + 0.03
        while time.process_time() < end:
            pass

    found = {
        read: meet(reader(read), {}, tmp_path / "input", "trial")
        for read in (lambda folder: None, refuses, lambda folder: folder / 1, ends, works)
    }
    assert [sorted(kinds(one.faults)) for one in found.values()] == [
        [],
        [],
        [TRACEBACK],
        [TRACEBACK],
        [OVER],
    ]
    assert [one.refused for one in found.values()] == [0, 1, 0, 0, 0]
    if os.path.exists("/proc/self/clear_refs"):  # noqa: PTH110
        large = meet(reader(lambda folder: bytearray(64 << 20)), {}, tmp_path / "input", "trial")
        assert OVER in kinds(large.faults)


def test_a_fault_is_in_the_table_and_in_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = {
        "a/0": Outcome("a/0", inputs=3, refused=2, seconds=0.5),
        "b/0": Outcome("b/0", faults=[(CHANGED, "other"), (CHANGED, "more"), (LOST, "gone")]),
    }
    monkeypatch.setattr(kills, "trials", lambda: list(outcomes))
    monkeypatch.setattr(kills, "attempt", lambda trial, bench: outcomes[trial])
    words = ["run.py", "--part", "kills", "--jobs", "1", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", words)
    monkeypatch.setattr(commands, "load_libraries", lambda: None)
    assert run.main() == 1
    shown = json.loads(capsys.readouterr().out)
    (counts,) = shown["parts"]
    assert counts == {
        "part": "kills",
        "inputs": 4,
        "refused_in_one_line": 2,
        "lost": 1,
        "changed_silently": 1,
        "tracebacks": 0,
        "over_the_limit": 0,
        "slowest_seconds": 0.5,
        "megabytes_at_most": None,
    }
    assert shown["missed"] == ["b/0: changed: other; changed: more; lost: gone"]
    outcomes["b/0"].faults = []
    assert run.main() == 1  # what was found in this state of the project stays
    monkeypatch.setattr(run, "state_of", lambda *_: "another")
    assert run.main() == 0
    assert len(tally.read_rows(tmp_path / "kills.jsonl", "another")) == 2

    def dies(trial: str, bench: object) -> Outcome:
        raise KeyError(trial)

    monkeypatch.setattr(kills, "attempt", dies)
    monkeypatch.setattr(run, "state_of", lambda *_: "a third")
    assert run.main() == 1
    assert "kills: 2 trials did not end" in capsys.readouterr().out


def test_shares_are_spread() -> None:
    assert run.share_of([str(k) for k in range(10)], 0.3) == ["0", "3", "6"]
    assert run.share_of(["a"], 0.01) == ["a"]


def test_readers_read_their_valid_files_and_mutations_differ(tmp_path: Path) -> None:
    import random

    for one in data_readers():
        outcome = meet(one, {}, tmp_path / "input", one.name)
        assert (outcome.faults, outcome.refused) == ([], 0), one.name
        for name, content in one.files.items():
            rng: random.Random = random.Random(0)
            assert len({mutated(name, content, rng) for _ in range(20)}) > 10


def test_the_fixed_list_meets_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nasty

    one = next(each for each in data_readers() if each.name == "config")
    monkeypatch.setattr(nasty, "data_readers", lambda: [one])
    found = list(hostile_files(tmp_path))
    assert len(found) > 25
    assert [outcome.faults for outcome in found if outcome.faults] == []
    assert json.dumps([outcome.as_row() for outcome in found])
