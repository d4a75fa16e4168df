"""What new names would change, by the gradients of every model that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from metacompress.attacks.engine.base import GradientsAt

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from metacompress.attacks.engine.subject import Candidate, Identifier, Subject
    from metacompress.models.protocols.white_box import TokenGradients


class NameChanges(NamedTuple):
    """What the names of one identifier promise.

    Attributes:
        identifier: that would be renamed.
        names: its substitutes, c.
        changes: of log P(label) of each model, to first order, (c, models).
    """

    identifier: Identifier
    names: list[str]
    changes: NDArray[np.float64]


def name_changes(
    subject: Subject, current: Candidate
) -> Generator[GradientsAt, tuple[TokenGradients, ...], list[NameChanges]]:
    """Ask for gradients at a renaming, program by program; by identifier."""
    found = []
    for program in subject.sources:
        gradients = yield GradientsAt(current, program)
        text = current.example.programs[program].text
        places: dict[str, list[tuple[int, int]]] = {}
        for name, start, end in subject.places(current, program):
            places.setdefault(name, []).append((start, end))
        for identifier in subject.identifiers:
            if identifier.program == program:
                names = subject.substitutes(identifier)
                changes = [
                    tokens.changes(own, text, places[identifier.name], names)
                    for tokens, own in zip(subject.name_tokens, gradients, strict=True)
                ]
                found.append(NameChanges(identifier, names, np.stack(changes, axis=1)))
    return found
