"""The control that every attack has to beat: valid variants at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.base import Attack, Search

if TYPE_CHECKING:
    import numpy as np

    from metacompress.attacks.subject import Identifier, Renaming, Subject

_AT_A_TIME = 16


class RandomControl(Attack):
    """Rename a random part of the identifiers by random substitutes, again and again.

    It searches nothing: an attack that flips no more inputs with as many queries is none.
    """

    name: ClassVar[str] = "random"
    queries: int = Field(default=400, ge=1, description="variants at most")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        yield [subject.unchanged]
        choices = {i: subject.substitutes(i) for i in subject.identifiers if subject.substitutes(i)}
        asked = 0
        while choices and asked < self.queries:
            size = min(_AT_A_TIME, self.queries - asked)
            candidates = [subject.renamed(self._draw(choices, rng)) for _ in range(size)]
            answers = yield candidates
            adversarial = subject.first_flip(candidates, answers)
            if adversarial is not None:
                return adversarial
            asked += size
        return None

    def _draw(self, choices: dict[Identifier, list[str]], rng: np.random.Generator) -> Renaming:
        identifiers = list(choices)
        count = int(rng.integers(1, len(identifiers) + 1))
        renaming: Renaming = {}
        for index in rng.permutation(len(identifiers))[:count]:
            identifier = identifiers[index]
            name = choices[identifier][rng.integers(len(choices[identifier]))]
            taken = {new for other, new in renaming.items() if other.program == identifier.program}
            if name not in taken:
                renaming[identifier] = name
        return renaming
