"""A student's configuration, as a training takes it and as the cost model counts it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from metacompress.compression.search.cost import count
from metacompress.errors import UsageError
from metacompress.models.costs.encoder import Cost, Shape
from metacompress.settings.validation import reason_against
from metacompress.training.configuration import model_configuration
from metacompress.training.settings import Architecture, DistillationSettings

if TYPE_CHECKING:
    from metacompress.compression.search.space import Configuration, SearchSpace
    from metacompress.data.task import Task

_ARCHITECTURE = frozenset(Architecture.model_fields)


def check_space(space: SearchSpace) -> None:
    """See that a training takes every value of a space.

    Raises:
        UsageError: it does not take one.
    """
    others = {"task": "", "data": {"path": ""}, "out": "", "teacher": ""}
    for dimension in space.dimensions:
        for value in dimension.values:
            given = {dimension.name: value}
            reason = (
                reason_against(Architecture, given)
                if dimension.name in _ARCHITECTURE
                else reason_against(DistillationSettings, {**others, **given})
            )
            if reason is not None:
                raise UsageError(f"--space {dimension.name}={value}: {reason}", option="space")


@dataclass(frozen=True, slots=True)
class StudentConfiguration:
    """What a search chooses.

    Attributes:
        architecture: of the student and its tokenizer.
        others: other settings of its training: learning_rate, batch_size.
    """

    architecture: tuple[tuple[str, Any], ...]
    others: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, configuration: Configuration) -> StudentConfiguration:
        """Sort a point of a search space by what its values are about."""
        items = tuple(configuration.items())
        return cls(
            tuple(item for item in items if item[0] in _ARCHITECTURE),
            tuple(item for item in items if item[0] not in _ARCHITECTURE),
        )

    def training(self) -> dict[str, Any]:
        """Settings of a training."""
        return {"architecture": dict(self.architecture), **dict(self.others)}

    def cost(self, task: Task, mode: str) -> Cost:
        """What the student costs on inputs as long as it reads.

        Args:
            task: that it is for.
            mode: ``exact`` or ``published``.
        """
        return _cost(self.architecture, task, mode)


@lru_cache(maxsize=200_000)
def _cost(fields: tuple[tuple[str, Any], ...], task: Task, mode: str) -> Cost:
    architecture = Architecture.model_validate(dict(fields))
    shape = Shape.of(model_configuration(architecture, task))
    return count(mode, shape, architecture.max_length)
