"""The same search over everything that keeps a program's behaviour, not only names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field

from metacompress.attacks.engine.asking import ask, ask_source
from metacompress.attacks.engine.base import Attack, Changes, Search
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from metacompress.attacks.engine.subject import Candidate, Subject
    from metacompress.transforms.base import Transformation


class TransformationSearch(Attack):
    """Apply validated transformations, the most promising first, as long as the score falls.

    One variant by each transformation ranks them; then each, in that order, gets several draws on
    the program as it has become. The best draw stays if the score falls. Ours.
    """

    name: ClassVar[str] = "transformation"
    changes: ClassVar[Changes] = "transformations"
    draws: int = Field(default=8, ge=1, description="variants by a transformation and pass")
    passes: int = Field(default=3, ge=1, description="through all transformations")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        score = yield from ask_source(subject)
        return (
            yield from transform_further(
                subject, subject.unchanged, score, rng, draws=self.draws, passes=self.passes
            )
        )


def transform_further(
    subject: Subject,
    current: Candidate,
    score: float,
    rng: np.random.Generator,
    *,
    draws: int,
    passes: int,
) -> Generator[Sequence[Candidate], np.ndarray, Candidate | None]:
    """Transform a candidate as long as its score falls; the first adversarial one.

    Args:
        subject: the example.
        current: where it starts, a valid variant or the source.
        score: its score.
        rng: the only source of chance.
        draws: variants by a transformation and pass.
        passes: through all transformations.
    """
    moves = [
        (program, TRANSFORMS.get(name)())
        for program in subject.sources
        for name in TRANSFORMS.names()
    ]
    for _ in range(passes):
        first = {move: _variants(subject, current, move, 1, rng) for move in moves}
        ranked = [move for move in moves if first[move]]
        candidates = [first[move][0] for move in ranked]
        if not candidates:
            return None
        asked = yield from ask(subject, candidates)
        if asked.adversarial is not None:
            return asked.adversarial
        order = np.argsort(asked.scores, kind="stable")
        before = score
        for move in [ranked[row] for row in order]:
            candidates = _variants(subject, current, move, draws, rng)
            if not candidates:
                continue
            asked = yield from ask(subject, candidates)
            if asked.adversarial is not None:
                return asked.adversarial
            if asked.score < score:
                current, score = asked.lowest, asked.score
        if score == before:
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
    source = subject.analysed(current, program)
    found: dict[bytes, Candidate] = {}
    for _ in range(count):
        made = make_variant(transformation, source, subject.naming(program), rng, subject.gate)
        if isinstance(made, Variant):
            found.setdefault(
                made.program.source, subject.transformed(current, program, made.program, made.steps)
            )
    return list(found.values())
