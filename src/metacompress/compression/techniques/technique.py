"""What the three techniques have in common: a space, a search in it, and a way to train."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from metacompress.training.losses import KL

if TYPE_CHECKING:
    from metacompress.compression.search.feasibility import CostOf
    from metacompress.compression.search.problem import Found, Search
    from metacompress.compression.search.space import SearchSpace
    from metacompress.data.task import Task


class Technique(ABC):
    """A published compression technique."""

    name: ClassVar[str]
    space: ClassVar[SearchSpace]
    soft_loss: ClassVar[str] = KL
    # Whether students learn from variants too, and are judged by their flips.
    uses_variants: ClassVar[bool] = False
    # Whether no student may be larger than the target; else the search sees to it.
    limits_size: ClassVar[bool] = True

    @abstractmethod
    def temperature(self, task: Task) -> float:
        """Of the soft loss."""

    def prepared(self, space: SearchSpace, cost: CostOf, target_mb: float) -> SearchSpace:
        """The space to search in: without what cannot be, where the technique sees to it."""
        return space

    @abstractmethod
    def search(self, search: Search) -> Found:
        """Find a configuration.

        Raises:
            ModelError: too few students could be trained to learn from.
        """


def published_temperature(task: Task) -> float:
    """1 for clones, 10 for vulnerabilities, as Compressor's programs have it."""
    return 1.0 if task.arity == 2 else 10.0
