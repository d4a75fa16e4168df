"""One pass over identifiers, each given the best of its substitutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.attacks.engine.asking import ask

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject


@dataclass
class GreedyOutcome:
    """What a greedy pass found.

    Attributes:
        adversarial: the first adversarial candidate, if any.
        renaming: the names that were committed.
        score: under ``renaming``.
        answer: to ``renaming``, (w,); None where nothing was committed.
        best: for each identifier that was asked about, the substitute of the largest fall.
    """

    adversarial: Candidate | None
    renaming: Renaming
    score: float
    best: Renaming = field(default_factory=dict)
    answer: NDArray[np.float64] | None = None


def greedy_pass(
    subject: Subject,
    order: Iterable[tuple[Identifier, Sequence[str]]],
    score: float,
    renaming: Renaming | None = None,
) -> Generator[Sequence[Candidate], np.ndarray, GreedyOutcome]:
    """Try the names of each identifier in turn and keep the best fall, up to the first success.

    Args:
        subject: the example.
        order: identifiers with the names to try.
        score: where it starts.
        renaming: where it starts; without one, from the source.
    """
    found = GreedyOutcome(None, renaming or {}, score)
    for identifier, names in order:
        candidates = subject.alternatives(found.renaming, identifier, names)
        if not candidates:
            continue
        asked = yield from ask(subject, candidates)
        found.adversarial = asked.adversarial
        if found.adversarial is not None:
            return found
        found.best[identifier] = asked.lowest.renaming[identifier]
        if asked.score < found.score:
            found.renaming, found.score = asked.lowest.renaming, asked.score
            found.answer = asked.answer
    return found
