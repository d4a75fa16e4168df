"""The same search over everything that keeps a program's behaviour, not only names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from metacompress.attacks.engine.asking import ask, ask_source
from metacompress.attacks.engine.base import Attack, Search
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant

if TYPE_CHECKING:
    from metacompress.attacks.engine.subject import Candidate, Subject
    from metacompress.transforms.base import Transformation


class TransformationSearch(Attack):
    """Apply validated transformations, the most promising first, as long as P(label) falls.

    One variant by each transformation ranks them; then each, in that order, gets several draws on
    the program as it has become. The best draw stays if P(label) falls. Ours.
    """

    name: ClassVar[str] = "transformation"
    changes: ClassVar[Literal["names", "transformations"]] = "transformations"
    draws: int = Field(default=8, ge=1, description="variants by a transformation and pass")
    passes: int = Field(default=3, ge=1, description="through all transformations")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        likelihood = yield from ask_source(subject)
        current = subject.unchanged
        moves = [
            (program, TRANSFORMS.get(name)())
            for program in subject.sources
            for name in TRANSFORMS.names()
        ]
        for _ in range(self.passes):
            first = {move: _variants(subject, current, move, 1, rng) for move in moves}
            ranked = [move for move in moves if first[move]]
            candidates = [first[move][0] for move in ranked]
            if not candidates:
                return None
            asked = yield from ask(subject, candidates)
            if asked.adversarial is not None:
                return asked.adversarial
            order = np.argsort(asked.likelihoods, kind="stable")
            before = likelihood
            for move in [ranked[row] for row in order]:
                candidates = _variants(subject, current, move, self.draws, rng)
                if not candidates:
                    continue
                asked = yield from ask(subject, candidates)
                if asked.adversarial is not None:
                    return asked.adversarial
                if asked.likelihood < likelihood:
                    current, likelihood = asked.lowest, asked.likelihood
            if likelihood == before:
                return None
        return None


def _variants(
    subject: Subject,
    current: Candidate,
    move: tuple[int, Transformation[Any]],
    count: int,
    rng: np.random.Generator,
) -> list[Candidate]:
    """Different variants of ``current`` by one transformation; each has passed the gate."""
    program, transformation = move
    source = current.rewritten.get(program, subject.sources[program])
    found: dict[bytes, Candidate] = {}
    for _ in range(count):
        made = make_variant(transformation, source, subject.naming(program), rng, subject.gate)
        if isinstance(made, Variant):
            found.setdefault(
                made.program.source, subject.transformed(current, program, made.program, made.steps)
            )
    return list(found.values())
