"""Which identifiers a prediction hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from metacompress.attacks.engine.subject import Candidate, Identifier, Subject


def by_importance(
    subject: Subject, score: float
) -> Generator[Sequence[Candidate], np.ndarray, list[Identifier]]:
    """All identifiers, the most important first.

    The importance of an identifier is the sum, over its occurrences, of the fall of the score
    when that occurrence is unknown. Equal ones stand in source order.

    Source: Yang et al. 2022 (ALERT), doi:10.1145/3510003.3510146, section 3.3.

    Args:
        subject: the example.
        score: of the source.
    """
    probes = [subject.masked(identifier) for identifier in subject.identifiers]
    answers = yield [probe for group in probes for probe in group]
    falls = score - subject.goal.scores(answers)
    owner = np.repeat(np.arange(len(probes)), [len(group) for group in probes])[: len(falls)]
    importance = np.bincount(owner, weights=falls, minlength=len(probes))
    return [subject.identifiers[row] for row in np.argsort(-importance, kind="stable")]
