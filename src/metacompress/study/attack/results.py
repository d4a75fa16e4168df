"""Results of the attacks of a study, before they are summarised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metacompress.models.naming.role import Role
    from metacompress.models.protocols.classifier import Predictions

PAIR = "pair"
"""The victim where teacher and student are asked together."""


@dataclass(frozen=True, slots=True)
class AttackResults:
    """What the attacks left behind.

    Attributes:
        clean: predictions on the sources, by role.
        rows: attempts, by victim and attack. The victim is a role, on the examples that it predicts
            right; or PAIR, on those on which both models agree.
        controls: attempts of the random control, likewise; empty where there is none.
        answers: what a model says to the variants of an attack: by victim, attack and model.
            Rows are those of the victim's attempts that have programs, in their order.
    """

    clean: dict[Role, Predictions]
    rows: dict[tuple[str, str], list[dict[str, Any]]]
    controls: dict[tuple[str, str], list[dict[str, Any]]]
    answers: dict[tuple[str, str, Role], Predictions]
