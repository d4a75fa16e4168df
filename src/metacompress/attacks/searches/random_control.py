"""The control that every attack has to beat: valid variants at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from metacompress.attacks.engine.base import Attack, Changes, Search
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.compose import make_composed_variant
from metacompress.transforms.gate import Variant

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

    from metacompress.attacks.engine.subject import Candidate, Renaming, Subject

_AT_A_TIME = 16
_MOST_TRANSFORMATIONS = 3


class RandomControl(Attack):
    """Valid variants at random, again and again: no search at all.

    Either a random part of the identifiers gets random substitutes, or one to three random
    transformations are applied; of ``both``, a third of the variants are of either kind, and the
    others are renamed and then transformed. An attack that finds no more with as many queries of
    its kind is none.
    """

    name: ClassVar[str] = "random"
    queries: int = Field(default=400, ge=1, description="different variants at most")
    variants: Changes = Field(default="names", description="what is changed at random")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        yield [subject.unchanged]
        seen = {subject.example.content_key()}
        while len(seen) <= self.queries:
            left = self.queries + 1 - len(seen)
            drawn = [self._drawn(subject, rng) for _ in range(_AT_A_TIME)]
            candidates = _distinct([one for one in drawn if one is not None], seen)[:left]
            if not candidates:
                return None
            answers = yield candidates
            adversarial = subject.first_adversarial(candidates, answers)
            if adversarial is not None:
                return adversarial
        return None

    def _drawn(self, subject: Subject, rng: np.random.Generator) -> Candidate | None:
        kind: Changes = self.variants
        if kind == "both" and (one := int(rng.integers(3))) < 2:
            kind = "names" if one else "transformations"
        base = subject.unchanged if kind == "transformations" else self._renamed(subject, rng)
        if kind == "names" or base is None or not subject.is_valid(base):
            return base
        return self._transformed(subject, base, rng)

    def _transformed(
        self, subject: Subject, base: Candidate, rng: np.random.Generator
    ) -> Candidate | None:
        programs = list(subject.sources)
        if not programs:
            return None
        program = programs[int(rng.integers(len(programs)))]
        made = make_composed_variant(
            [TRANSFORMS.get(name)() for name in TRANSFORMS.names()],
            int(rng.integers(1, _MOST_TRANSFORMATIONS + 1)),
            subject.analysed(base, program),
            subject.naming(program),
            rng,
            subject.gate,
        )
        if not isinstance(made, Variant):
            return None
        return subject.transformed(base, program, made.program, made.steps)

    def _renamed(self, subject: Subject, rng: np.random.Generator) -> Candidate | None:
        renaming = random_renaming(subject, rng)
        return subject.renamed(renaming) if renaming else None


def random_renaming(subject: Subject, rng: np.random.Generator) -> Renaming:
    """Random substitutes for a random part of the identifiers; none where none has any."""
    choices = {one: names for one in subject.identifiers if (names := subject.substitutes(one))}
    renaming: Renaming = {}
    if not choices:
        return renaming
    identifiers = list(choices)
    count = int(rng.integers(1, len(identifiers) + 1))
    for index in rng.permutation(len(identifiers))[:count]:
        identifier = identifiers[index]
        name = choices[identifier][rng.integers(len(choices[identifier]))]
        taken = {new for other, new in renaming.items() if other.program == identifier.program}
        if name not in taken:
            renaming[identifier] = name
    return renaming


def _distinct(candidates: Iterable[Candidate], seen: set[str]) -> list[Candidate]:
    """Those whose text is not in ``seen``, each text once; their texts are seen then."""
    found = []
    for candidate in candidates:
        key = candidate.example.content_key()
        if key not in seen:
            seen.add(key)
            found.append(candidate)
    return found
