"""A study gives the same bytes at any number of workers, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import metacompress
from metacompress.runs.progress import NoProgress
from metacompress.workers.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEMO = {"task": "clone-detection", "teacher": "demo:teacher", "student": "demo:student",
        "data": "demo", "split": "test"}  # fmt: skip
TIMED = ("SHA256SUMS", "environment.json", "recognition.json", "costs.json", "report.html")


def check(run: Path, **settings: Any) -> Path:
    metacompress.check(
        **DEMO, limit=12, transforms=("rename-identifiers",), run=run, report=False, **settings
    )
    return run


def attack(run: Path, **settings: Any) -> Path:
    metacompress.attack(
        **DEMO, limit=6, attacks=("wir-random",), max_queries=4, run=run, **settings
    )
    return run


def contents(run: Path) -> dict[str, bytes]:
    """The files of a run whose bytes are results, by name."""
    return {
        path.name: path.read_bytes()
        for path in run.iterdir()
        if path.suffix in (".parquet", ".json") and path.name not in TIMED
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[..., Path]], Any]:
    """What one process gives, by study."""
    known: dict[str, dict[str, bytes]] = {}

    def of(study: Callable[..., Path]) -> dict[str, bytes]:
        name = study.__name__
        if name not in known:
            known[name] = contents(study(tmp_path_factory.mktemp(name) / "run", workers=1))
            assert "summary.json" in known[name]
        return known[name]

    return of


@pytest.mark.parametrize(("study", "workers"), [(check, 2), (check, 3), (attack, 3)])
def test_the_bytes_are_the_same(
    alone: Callable[..., Any], study: Callable[..., Path], workers: int, tmp_path: Path
) -> None:
    run = study(tmp_path / "run", workers=workers)
    assert contents(run) == alone(study)


class Killing(NoProgress):
    """Kills a worker where a stage begins, whatever it is doing.

    Attributes:
        killed: process numbers.
        there: workers at the beginning of every stage.
    """

    def __init__(self, crews: list[Processes]) -> None:
        self._crews = crews
        self.killed: set[int] = set()
        self.there: dict[str, int] = {}

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        self.there[title] = sum(len(crew.pids) for crew in self._crews)
        for crew in self._crews:
            pid = max(crew.pids, default=None)
            if pid is not None and pid not in self.killed:
                os.kill(pid, signal.SIGKILL)
                self.killed.add(pid)
        yield lambda steps: None


@pytest.mark.parametrize("study", [check, attack])
def test_killed_workers_change_nothing(
    alone: Callable[..., Any],
    study: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    crews: list[Processes] = []
    begin = Processes.__init__

    def noted(crew: Processes) -> None:
        begin(crew)
        crews.append(crew)

    monkeypatch.setattr(Processes, "__init__", noted)
    killing = Killing(crews)
    run = study(tmp_path / "run", workers=2, progress=killing)
    assert len(killing.killed) > 2
    assert contents(run) == alone(study)
    # Where this process needs the memory, they have none.
    assert killing.there.get("evaluating relations", 0) == 0


def test_the_leading_process_loads_no_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*given: object, **settings: object) -> None:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr("metacompress.models.shared.load_classifier", refuse)
    check(tmp_path / "run", workers=2)


def test_what_is_no_specification_stays_in_the_process(tmp_path: Path) -> None:
    """A Python object cannot be loaded again elsewhere; the variants are made by workers."""
    pid = os.getpid()
    notes = []

    class Noting(NoProgress):
        def note(self, text: str) -> None:
            notes.append(text)

    def teacher(pairs: list[tuple[str, str]]) -> list[list[float]]:
        assert os.getpid() == pid
        return [[0.25, 0.75]] * len(pairs)

    result = metacompress.check(
        **{**DEMO, "teacher": teacher}, limit=6, transforms=("rename-identifiers",),
        run=tmp_path / "run", report=False, workers=2, progress=Noting(),
    )  # fmt: skip
    assert result.summary.models["teacher"].fingerprint is None
    assert notes[:1] == ["teacher: a Python object, which this process asks itself"]
