"""Base classes of relations that judge tokens, or the tokens of a program together."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from metacompress.relations.estimand import WeightedInputs
from metacompress.relations.toleranced import TolerancedRelation

if TYPE_CHECKING:
    from metacompress.relations.tokens.outputs import TokenOutputs

I = TypeVar("I", bound=WeightedInputs)  # noqa: E741


class TokenRelation(TolerancedRelation[I], Generic[I]):
    """A relation between the next-token distributions of teacher and student."""

    @abstractmethod
    def inputs(self, outputs: TokenOutputs) -> I:
        """What is judged of these tokens: each of them, or each program."""
