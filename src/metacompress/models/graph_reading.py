"""Classifiers that read data-flow graphs of programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class GraphStore(Protocol):
    """Where graphs outlast the process."""

    def read_graphs(self, keys: list[str]) -> dict[str, bytes]:
        """Those of ``keys`` that are known."""

    def write_graphs(self, graphs: dict[str, bytes]) -> None:
        """Keep ``graphs``."""


@runtime_checkable
class ReadsGraphs(Protocol):
    """What a classifier offers beside probabilities where it reads graphs."""

    def keeping_graphs_in(self, store: GraphStore) -> AbstractContextManager[None]:
        """Keep graphs in ``store`` within the context."""
