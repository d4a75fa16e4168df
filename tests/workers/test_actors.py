"""Workers on a real Ray cluster of two nodes, which loses actors and nodes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

import pytest
from shared_work import Square

import metacompress
from metacompress.errors import DataError, WorkerError
from metacompress.runs.progress import NoProgress
from metacompress.workers.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ray = pytest.importorskip("ray", reason="needs the extra ray")
pytestmark = pytest.mark.filterwarnings("ignore")  # of Ray itself


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # the nodes import what we do
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        made.add_node(num_cpus=1)
        made.connect()
        yield made
        ray.shutdown()
        made.shutdown()


def actors(cpus: float = 0.5) -> Any:
    from metacompress.workers.actors import Actors

    return Actors(None, cpus=cpus, gpus=0.0)


def test_results_come_in_order_from_both_nodes(cluster: Any, tmp_path: Path) -> None:
    crew = actors()
    assert crew.room == 2
    with Pool(crew, 2) as pool:
        found: list[tuple[int, int]] = []
        until_both = takewhile(lambda task: len({pid for _, pid in found}) < 2, count())
        for one in pool.run(Square(str(tmp_path), slow=0.05), until_both):
            found.append(one)  # noqa: PERF402 - the tasks end when enough are done
        assert [one for one, _ in found] == [task**2 for task in range(len(found))]
        (tmp_path / "again").mkdir()
        with pytest.raises(DataError, match="task 1 is wrong") as caught:
            list(pool.run(Square(str(tmp_path / "again"), wrong=1), range(3)))
        assert caught.value.line == 1


def test_lost_actors_take_no_result_with_them(cluster: Any, tmp_path: Path) -> None:
    with Pool(actors(), 2) as pool:
        found = list(pool.run(Square(str(tmp_path), deadly=7), range(20)))
    assert [one for one, _ in found] == [task**2 for task in range(20)]
    assert (tmp_path / "died").exists()


def test_actors_rest_until_they_are_needed(cluster: Any, tmp_path: Path) -> None:
    with Pool(actors(), 2) as pool:
        first = list(pool.run(Square(str(tmp_path)), range(4)))
        pool.rest()
        second = list(pool.run(Square(str(tmp_path)), range(4)))
    assert [one for one, _ in first] == [one for one, _ in second] == [0, 1, 4, 9]
    assert not {pid for _, pid in first} & {pid for _, pid in second}


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from metacompress.workers.actors import Actors

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(WorkerError, match=r"ray://127.0.0.1:1: the Ray cluster cannot be reached"):
        Actors("ray://127.0.0.1:1", cpus=0.5, gpus=0.0)


class Removing(NoProgress):
    """Removes a node where a stage begins."""

    def __init__(self, cluster: Any, node: Any, title: str) -> None:
        self._cluster = cluster
        self._title = title
        self.node = node

    @contextmanager
    def stage(self, title: str, total: int) -> Iterator[Callable[[int], None]]:
        if title == self._title:
            self._cluster.remove_node(self.node, allow_graceful=False)
            self.node = None
        yield lambda steps: None


def test_a_check_gives_the_same_bytes_while_a_node_is_removed(cluster: Any, tmp_path: Path) -> None:
    def check(run: str, **settings: Any) -> dict[str, bytes]:
        metacompress.check(
            "demo:teacher", "demo:student", "demo", task="clone-detection", split="test", limit=6,
            transforms=("rename-identifiers",), run=tmp_path / run, report=False, **settings,
        )  # fmt: skip
        parts = [tmp_path / run / "summary.json", *(tmp_path / run).glob("*.parquet")]
        return {part.name: part.read_bytes() for part in parts}

    removing = Removing(cluster, cluster.add_node(num_cpus=1), "student on follow-ups")
    found = check("cluster", executor="ray", workers=3, progress=removing)
    assert removing.node is None
    assert found == check("alone", workers=1)
