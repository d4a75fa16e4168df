"""BeamAttack: identifiers by kind of statement, several renamings kept at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.engine.asking import ask_source
from metacompress.attacks.engine.base import Attack, Search
from metacompress.attacks.searches.statement_kinds import statement_groups

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    import numpy as np

    from metacompress.attacks.engine.subject import Candidate, Identifier, Renaming, Subject

# Renamings of a beam with their scores, the lowest first.
_Beam = list[tuple[float, "Renaming"]]


class Beam(Attack):
    """Beam search over the identifiers of weighty statements first (BeamAttack, FSE 2023).

    Each group of identifiers extends the renamings of the beam by one identifier at a time, for
    as long as that lowers the score. The refinement then gives each identifier of the best
    renamings its best name anew.

    Source: Du et al. 2023, doi:10.1145/3611643.3616356.
    """

    name: ClassVar[str] = "beam"
    beam: int = Field(default=3, ge=1, description="renamings kept")
    names: int = Field(default=30, ge=1, description="substitutes of an identifier")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        beam: _Beam = [((yield from ask_source(subject)), {})]
        for group in statement_groups(subject):
            for _ in group:
                moves = [
                    (renaming, identifier)
                    for _, renaming in beam
                    for identifier in group
                    if identifier not in renaming
                ]
                adversarial, extended = yield from self._step(subject, beam, moves)
                if adversarial is not None or extended == beam:
                    break
                beam = extended
            if adversarial is not None:
                return adversarial
        moves = [(renaming, identifier) for _, renaming in beam for identifier in renaming]
        adversarial, _ = yield from self._step(subject, beam, moves)
        return adversarial

    def _step(
        self, subject: Subject, beam: _Beam, moves: Iterable[tuple[Renaming, Identifier]]
    ) -> Generator[Sequence[Candidate], np.ndarray, tuple[Candidate | None, _Beam]]:
        """Rename one identifier more in every way; the best of the old and new are kept."""
        candidates = [
            candidate
            for renaming, identifier in moves
            for candidate in subject.alternatives(
                renaming, identifier, subject.substitutes(identifier)[: self.names]
            )
        ]
        if not candidates:
            return None, beam
        answers = yield candidates
        adversarial = subject.first_adversarial(candidates, answers)
        found = list(zip(subject.goal.scores(answers).tolist(), candidates, strict=False))
        pool = [*beam, *((score, one.renaming) for score, one in found)]
        pool.sort(key=lambda entry: entry[0])
        kept: _Beam = []
        for entry in pool:
            if len(kept) < self.beam and entry[1] not in [renaming for _, renaming in kept]:
                kept.append(entry)
        return adversarial, kept
