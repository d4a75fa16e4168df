"""Where the graphs of classifiers that read data flow outlast the process."""

from __future__ import annotations

from typing import Protocol


class GraphStore(Protocol):
    """Keeps graphs by their keys."""

    def read_graphs(self, keys: list[str]) -> dict[str, bytes]:
        """Those of ``keys`` that are known."""

    def write_graphs(self, graphs: dict[str, bytes]) -> None:
        """Keep ``graphs``."""
