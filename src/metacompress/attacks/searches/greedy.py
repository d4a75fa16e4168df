"""One pass over identifiers, each given the best of its substitutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.attacks.engine.asking import ask

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    import numpy as np

    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject


@dataclass
class GreedyOutcome:
    """What a greedy pass found.

    Attributes:
        adversarial: the first valid flip, if any.
        renaming: the names that were committed.
        likelihood: P(label) under ``renaming``.
        best: for each identifier that was asked about, the substitute of the largest fall.
    """

    adversarial: Candidate | None
    renaming: Renaming
    likelihood: float
    best: Renaming = field(default_factory=dict)


def greedy_pass(
    subject: Subject,
    order: Iterable[tuple[Identifier, Sequence[str]]],
    likelihood: float,
    renaming: Renaming | None = None,
) -> Generator[Sequence[Candidate], np.ndarray, GreedyOutcome]:
    """Try the names of each identifier in turn; a flip ends the pass, the best fall is kept.

    Args:
        subject: the example.
        order: identifiers with the names to try.
        likelihood: P(label) where it starts.
        renaming: where it starts; without one, from the source.
    """
    found = GreedyOutcome(None, renaming or {}, likelihood)
    for identifier, names in order:
        candidates = subject.alternatives(found.renaming, identifier, names)
        if not candidates:
            continue
        asked = yield from ask(subject, candidates)
        found.adversarial = asked.adversarial
        if found.adversarial is not None:
            return found
        found.best[identifier] = asked.lowest.renaming[identifier]
        if asked.likelihood < found.likelihood:
            found.renaming, found.likelihood = asked.lowest.renaming, asked.likelihood
    return found
