"""Classifiers that read data-flow graphs of programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from metacompress.models.protocols.graph_store import GraphStore


@runtime_checkable
class ReadsGraphs(Protocol):
    """What a classifier offers beside probabilities where it reads graphs."""

    def keeping_graphs_in(self, store: GraphStore) -> AbstractContextManager[None]:
        """Keep graphs in ``store`` within the context."""
