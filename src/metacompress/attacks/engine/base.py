"""What an attack is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import numpy as np

    from metacompress.attacks.engine.subject import Candidate, Subject


Changes = Literal["names", "transformations", "both"]
"""Kinds of differences between variants and their source."""


class GradientsAt(NamedTuple):
    """Asks for derivatives; the answer is a tuple of TokenGradients, one per model of the victim.

    Attributes:
        candidate: where.
        program: by the embeddings of which program's tokens.
    """

    candidate: Candidate
    program: int


# What is yielded: candidates, answered by their probabilities (m, w), where m is smaller than
# their number if an adversarial one is among the first m, or if the search is stopped then; or a
# request for gradients.
Search = Generator["Sequence[Candidate] | GradientsAt", Any, "Candidate | None"]


def patience_of(default: float) -> Any:
    """The field ``patience`` of an attack: see engine.prospect.Prospect."""
    return Field(
        default=default,
        ge=0,
        description="passes over all names times margin left, in log odds, up to which the search "
        "goes on; 0: to its end",
    )


class Attack(BaseModel, ABC):
    """A search for a variant that reaches the goal of its subject; fields are its constants.

    A search that has asked much and come not near its goal is stopped: see engine.prospect.

    Attributes:
        name: on the command line and in reports.
        changes: what its variants differ in from their source, ``names``, ``transformations`` or
            ``both``; its random control differs in the same.
        reads_gradients: whether it asks for gradients, which not every victim has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    changes: ClassVar[Changes] = "names"
    patience: float = patience_of(0.0)
    reads_gradients: ClassVar[bool] = False

    @abstractmethod
    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """Yield candidates and receive their probabilities; return an adversarial one, or None.

        It reads like sequential code; the scheduler runs many at once. The first request is the
        source itself.

        Args:
            subject: the example.
            rng: the only source of chance.
        """
