"""Results come in order whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shared_work import Square, Stubborn

from metacompress.errors import DataError, WorkerError
from metacompress.workers.in_process import InProcess
from metacompress.workers.pool import Pool
from metacompress.workers.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Processes(), 2) as made:
        yield made


def test_results_come_in_order_from_several_processes(pool: Pool, tmp_path: Path) -> None:
    found = list(pool.run(Square(str(tmp_path), slow=0.05), range(40)))
    assert [one for one, _ in found] == [task**2 for task in range(40)]
    pids = {pid for _, pid in found}
    assert len(pids) == 2
    assert os.getpid() not in pids
    # Set up once by each, and not here.
    assert {one.name for one in tmp_path.iterdir()} == {f"setup-{pid}" for pid in pids}


def test_in_process_does_the_same(tmp_path: Path) -> None:
    found = list(InProcess().run(Square(str(tmp_path)), range(10)))
    assert found == [(task**2, os.getpid()) for task in range(10)]
    assert [one.name for one in tmp_path.iterdir()] == [f"setup-{os.getpid()}"]
    assert list(InProcess().run(Square(str(tmp_path)), [])) == []


def test_tasks_are_taken_as_results_are(pool: Pool, tmp_path: Path) -> None:
    tasks = iter(range(10_000))
    results = pool.run(Square(str(tmp_path)), tasks)
    for _ in range(5):
        next(results)
    assert next(tasks) <= 5 + 4 * pool.workers
    results.close()
    # What was left over disturbs nobody.
    (tmp_path / "after").mkdir()
    after = pool.run(Square(str(tmp_path / "after")), range(6))
    assert [one for one, _ in after] == [0, 1, 4, 9, 16, 25]


def test_one_run_may_feed_another(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    inner = (one for one, _ in pool.run(Square(str(tmp_path / "inner")), range(30)))
    outer = pool.run(Square(str(tmp_path)), inner)
    assert [one for one, _ in outer] == [task**4 for task in range(30)]


def test_an_error_comes_in_its_place_with_its_attributes(pool: Pool, tmp_path: Path) -> None:
    results = pool.run(Square(str(tmp_path), wrong=3), range(10))
    assert [next(results)[0] for _ in range(3)] == [0, 1, 4]
    with pytest.raises(DataError, match="task 3 is wrong") as caught:
        next(results)
    assert (caught.value.path, caught.value.line) == (Path("data.jsonl"), 3)
    assert "in do" in caught.value.__notes__[0]


def test_a_killed_worker_is_replaced_and_its_task_done_again(tmp_path: Path) -> None:
    with Pool(Processes(), 1) as pool:
        found = list(pool.run(Square(str(tmp_path), deadly=7), range(20)))
        assert [one for one, _ in found] == [task**2 for task in range(20)]
        before, after = ({pid for _, pid in part} for part in (found[:7], found[7:]))
        assert len(before) == len(after) == 1
        assert before != after


def test_workers_rest_until_they_are_needed(tmp_path: Path) -> None:
    crew = Processes()
    with Pool(crew, 2) as pool:
        results = pool.run(Square(str(tmp_path), slow=0.05), range(20))
        found = [next(results) for _ in range(5)]
        before = crew.pids
        pool.rest()
        assert crew.pids == []
        assert not any(Path(f"/proc/{pid}").exists() for pid in before)
        # A run that is under way goes on with others.
        found += results
    assert [one for one, _ in found] == [task**2 for task in range(20)]
    assert not {pid for _, pid in found[12:]} & set(before)


def test_a_task_that_kills_every_worker_is_named(tmp_path: Path) -> None:
    with Pool(Processes(), 2) as pool:
        results = pool.run(Square(str(tmp_path), deadly=2, for_ever=True), range(5))
        assert [next(results)[0] for _ in range(2)] == [0, 1]
        with pytest.raises(WorkerError, match=r"square of 2: 3 workers.*SIGKILL") as caught:
            next(results)
        assert caught.value.task == "square of 2"


def test_no_more_workers_start_than_there_are_tasks(tmp_path: Path) -> None:
    crew = Processes()
    with Pool(crew, 8) as pool:
        assert len(list(pool.run(Square(str(tmp_path)), range(2)))) == 2
        assert len(crew.pids) <= 2


def test_workers_that_cannot_be_started_are_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with (
        Pool(Processes(), 2) as pool,
        pytest.raises(WorkerError, match=r"worker 1 cannot be started .*fewer workers"),
    ):
        next(pool.run(Square("."), [1]))


def test_workers_that_do_not_start_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with (
        Pool(Processes(), 2) as pool,
        pytest.raises(WorkerError, match=r"3 workers in a row .*\(exit status 1\)"),
    ):
        next(pool.run(Square("."), [1]))


def wait_for(directory: Path, pattern: str, count: int) -> list[int]:
    """Process numbers in the names of ``count`` files, once they are there."""
    deadline = time.monotonic() + 30
    while len(found := list(directory.glob(pattern))) < count:
        assert time.monotonic() < deadline, pattern
        time.sleep(0.02)
    return [int(one.name.partition("-")[2]) for one in found]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(
    how: signal.Signals, tmp_path: Path
) -> None:
    script = f"""
        from shared_work import Stubborn
        from metacompress.workers.pool import Pool
        from metacompress.workers.processes import Processes

        with Pool(Processes(), 2) as pool:
            list(pool.run(Stubborn({str(tmp_path)!r}), range(4)))
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
    )
    pids = wait_for(tmp_path, "running-*", 2)
    parent.send_signal(how)
    assert parent.wait(20) != 0
    # What was under way could clean up behind itself.
    assert sorted(wait_for(tmp_path, "cleaned-*", 2)) == sorted(pids)
    deadline = time.monotonic() + 10
    while any(map(is_alive, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_workers_under_way_end_with_the_pool(tmp_path: Path) -> None:
    crew = Processes()
    with Pool(crew, 1) as pool:
        results = pool.run(Stubborn(str(tmp_path)), iter([1]))
        with pytest.raises(TimeoutError):
            _give_up_once_it_runs(results, tmp_path)
        pids = crew.pids
        assert len(pids) == 1
    assert not any(map(is_alive, pids))


def _give_up_once_it_runs(results: Iterator[int], directory: Path) -> None:
    def stop(number: int, frame: object) -> None:
        if list(directory.glob("running-*")):
            raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        next(results)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
