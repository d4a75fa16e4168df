"""What a transformation is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.lang.edits import Edit
    from metacompress.lang.language import Language
    from metacompress.lang.module import Module
    from metacompress.lang.validity import Refusal
    from metacompress.transforms.naming import Naming


class Level(StrEnum):
    """What a transformation touches."""

    LEXICAL = "lexical"
    SYNTACTIC = "syntactic"
    DATA_FLOW = "data-flow"
    CONTROL_FLOW = "control-flow"


class Transformation(ABC):
    """Rewrites a program so that it means the same.

    Attributes:
        name: on the command line and in reports.
        level: what it touches.
        languages: those it understands.
    """

    name: ClassVar[str]
    level: ClassVar[Level]
    languages: ClassVar[frozenset[Language]]

    @abstractmethod
    def rewrite(self, module: Module, naming: Naming, rng: Generator) -> Sequence[Edit]:
        """Edits that make a variant of ``module``; none where it has no site.

        Args:
            module: the program.
            naming: where new names come from.
            rng: the only source of chance.
        """

    @abstractmethod
    def check(self, source: Module, variant: Module) -> Refusal | None:
        """What the bindings of a variant must satisfy beside parsing; None accepts it."""
