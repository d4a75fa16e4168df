"""Gradients rank the names, and only the best few renamings are asked for real."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.engine.asking import ask
from metacompress.attacks.engine.base import Attack, Search, patience_of
from metacompress.attacks.searches.alert import Alert
from metacompress.attacks.searches.greedy import greedy_pass
from metacompress.attacks.searches.name_changes import name_changes

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from metacompress.attacks.engine.base import GradientsAt
    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject
    from metacompress.models.protocols.white_box import TokenGradients

# A name for an identifier, with the change of the margin that it promises.
_Move = tuple[float, "Identifier", str]


class Guided(Attack):
    """Rank names by gradients and rename many identifiers at a time (ours, white box).

    A backward pass at a renaming promises a change of the margin for every identifier and
    name, to first order. First, the best 1, 2, 4, ... identifiers are renamed together, and the
    best of these renamings is where the next backward pass starts. When that stops helping, the
    greedy pass of ALERT follows, over the few most promising names of each identifier and, at
    the end, over all of them. For a black box this is ALERT. All constants are ours.
    """

    name: ClassVar[str] = "guided"
    patience: float = patience_of(0.5)
    reads_gradients: ClassVar[bool] = True
    passes: int = Field(default=4, ge=1, description="that rename many identifiers")
    greedy: int = Field(default=2, ge=0, description="greedy passes over few names")
    names: int = Field(default=8, ge=1, description="names of an identifier in a greedy pass")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        if not subject.name_tokens:
            return (yield from Alert().search(subject, rng))
        source = yield from ask(subject, [subject.unchanged])
        current, score, answer = source.lowest, source.score, source.answer
        moves: list[_Move] = []
        for _ in range(self.passes if subject.identifiers else 0):
            moves = yield from _moves(subject, current, answer)
            candidates = _renamings(subject, current.renaming, moves)
            if not candidates:
                break
            asked = yield from ask(subject, candidates)
            if asked.adversarial is not None:
                return asked.adversarial
            if asked.score >= score:
                break
            current, score, answer = asked.lowest, asked.score, asked.answer
        for number in range(self.greedy + 1 if moves else 0):
            count = self.names if number < self.greedy else None
            order = _most_promising(moves, count)
            found = yield from greedy_pass(subject, order, score, current.renaming)
            if found.adversarial is not None:
                return found.adversarial
            if found.answer is not None:
                current, score = subject.renamed(found.renaming), found.score
                answer = found.answer
                moves = yield from _moves(subject, current, answer)
        return None


def _moves(
    subject: Subject, current: Candidate, answer: NDArray[np.float64]
) -> Generator[GradientsAt, tuple[TokenGradients, ...], list[_Move]]:
    """What every name promises, the best first."""
    slopes = subject.goal.slopes(answer)
    moves: list[_Move] = []
    for identifier, names, changes in (yield from name_changes(subject, current)):
        promised = (changes * slopes).sum(axis=1).tolist()
        moves += zip(promised, [identifier] * len(names), names, strict=True)
    return sorted(moves, key=lambda move: move[0])


def _renamings(subject: Subject, base: Renaming, moves: Sequence[_Move]) -> list[Candidate]:
    """``base`` with the best 1, 2, 4, ... identifiers renamed as promises most."""
    best: Renaming = {}
    taken = {(identifier.program, name) for identifier, name in base.items()}
    for change, identifier, name in moves:
        if change < 0 and identifier not in best and (identifier.program, name) not in taken:
            best[identifier] = name
            taken.add((identifier.program, name))
    counts = [2**power for power in range(len(best).bit_length()) if 2**power < len(best)]
    return [
        subject.renamed({**base, **dict(list(best.items())[:count])})
        for count in [*counts, len(best)]
        if best
    ]


def _most_promising(
    moves: Sequence[_Move], count: int | None
) -> list[tuple[Identifier, list[str]]]:
    """Identifiers by their best name, each with its ``count`` best names, or all."""
    names: dict[Identifier, list[str]] = {}
    for _, identifier, name in moves:
        names.setdefault(identifier, []).append(name)
    return [(identifier, best[:count]) for identifier, best in names.items()]
