from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from metacompress.compression.trainings import Training, Trainings
from metacompress.runs.progress import NoProgress

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("warm_trainings")


def _training(directory: Path, teacher: Path, **changed: Any) -> Training:
    shape = {"layers": 1, "hidden": 16, "heads": 2, "feed_forward": 16, "vocabulary": 500}
    settings = {
        "task": "demo-problem",
        "data": {"path": "demo", "split": "train", "language": "c"},
        "valid_split": "valid",
        "teacher": str(teacher),
        "architecture": {**shape, "max_length": 64},
        "epochs": 1,
        **changed,
    }
    return Training(directory, settings, "one")


def test_a_killed_training_is_begun_once_more(teacher: Path, tmp_path: Path) -> None:
    training = _training(tmp_path / "one", teacher, epochs=2)
    trainings = Trainings(1, None, NoProgress())
    killed: list[int] = []

    def kill_first() -> None:
        while not trainings._running:
            time.sleep(0.01)
        process = next(iter(trainings._running))
        killed.append(process.pid)
        process.send_signal(signal.SIGKILL)

    threading.Thread(target=kill_first).start()
    (outcome,) = trainings.run([training], "one")
    assert killed
    assert outcome is not None
    assert outcome["parameters"] > 0


def test_a_training_that_is_killed_twice_fails_until_the_next_run(
    teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killer = tmp_path / "python"
    killer.write_text("#!/bin/sh\nkill -9 $$\n")
    killer.chmod(0o755)
    training = _training(tmp_path / "one", teacher)
    trainings = Trainings(1, None, NoProgress())
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(killer))
        (outcome,) = trainings.run([training], "one")
    assert outcome is not None
    assert "2 times with exit status -9" in outcome["failure"]
    assert trainings.run([training], "one") == [outcome]
    (again,) = Trainings(1, None, NoProgress()).run([training], "one")
    assert again is not None
    assert again["parameters"] > 0


def test_ctrl_c_stops_trainings_at_once(
    teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\necho begun\nexec sleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    training = _training(tmp_path / "one", teacher)
    trainings = Trainings(1, None, NoProgress())
    begun: list[subprocess.Popen[bytes]] = []

    def interrupt() -> None:
        log = training.directory / "log.txt"
        while not (log.exists() and log.read_text()):
            time.sleep(0.01)
        begun.extend(trainings._running)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    before = time.monotonic()
    signal.siginterrupt(signal.SIGINT, False)  # as libraries leave it
    try:
        with pytest.raises(KeyboardInterrupt):
            trainings.run([training, _training(tmp_path / "two", teacher)], "both")
    finally:
        signal.siginterrupt(signal.SIGINT, True)
    assert time.monotonic() - before < 120
    assert begun[0].poll() == -signal.SIGKILL
    assert (training.directory / "log.txt").read_text() == "begun\n"
    assert not (tmp_path / "two").exists()


def test_trainings_are_out_of_reach_of_the_terminal(
    teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = tmp_path / "python"
    teller.write_text("#!/bin/sh\nps -o sid= -p $$\n")
    teller.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(teller))
    training = _training(tmp_path / "one", teacher)
    Trainings(1, None, NoProgress()).run([training], "one")
    sessions = (training.directory / "log.txt").read_text().split()
    assert sessions
    assert str(os.getsid(0)) not in sessions


def test_a_failure_of_an_earlier_run_is_tried_again(teacher: Path, tmp_path: Path) -> None:
    training = _training(tmp_path / "one", teacher)
    training.directory.mkdir()
    job = {"settings": {**training.settings, "out": str(training.model)}}
    (training.directory / "job.json").write_text(json.dumps(job))
    (training.directory / "outcome.json").write_text('{"failure": "MemoryError"}')
    (again,) = Trainings(1, None, NoProgress()).run([training], "one")
    assert again is not None
    assert "failure" not in again


def test_an_outcome_of_other_settings_is_none(teacher: Path, tmp_path: Path) -> None:
    first = _training(tmp_path / "one", teacher)
    (outcome,) = Trainings(1, None, NoProgress()).run([first], "one")
    other = _training(tmp_path / "one", teacher, seed=1)
    assert (first.outcome(), other.outcome()) == (outcome, None)
    (found,) = Trainings(1, None, NoProgress()).run([other], "one")
    assert found is not None
    assert "failure" not in found
    assert (first.outcome(), other.outcome()) == (None, found)


def test_a_failing_training_says_why_and_the_others_go_on(teacher: Path, tmp_path: Path) -> None:
    bad = _training(tmp_path / "bad", teacher, learning_rate=1e30)
    good = _training(tmp_path / "good", teacher)
    failed, finished = Trainings(2, None, NoProgress()).run([bad, good], "both")
    assert failed is not None
    assert "no longer finite" in failed["failure"]
    assert finished is not None
    assert finished["seconds"] > 0


class _Watching(NoProgress):
    def __init__(self) -> None:
        self.advances: list[int] = []

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        self.total = total
        yield self.advances.append


def test_a_long_training_shows_how_far_it_is(teacher: Path, tmp_path: Path) -> None:
    progress = _Watching()
    training = _training(tmp_path / "one", teacher, epochs=25, patience=100)
    Trainings(1, None, progress).run([training], "one")
    assert sum(progress.advances) == progress.total == 100
    assert sum(0 < advance < 100 for advance in progress.advances) > 1


def test_trainings_that_may_not_begin_are_left_out(tmp_path: Path) -> None:
    training = _training(tmp_path / "one", tmp_path)
    assert Trainings(1, None, NoProgress()).run([training], "one", lambda: False) == [None]
    assert not training.directory.exists()
