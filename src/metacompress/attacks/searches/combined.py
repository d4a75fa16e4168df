"""Names and transformations together: renamings composed by what each is expected to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from metacompress.attacks.engine.asking import Asked, ask
from metacompress.attacks.engine.base import Attack, Changes, Search
from metacompress.attacks.searches.additive import AdditiveChanges
from metacompress.attacks.searches.name_changes import name_changes
from metacompress.attacks.searches.random_control import random_renaming
from metacompress.attacks.searches.transformation import transform_further

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from numpy.typing import NDArray

    from metacompress.attacks.engine.base import GradientsAt
    from metacompress.attacks.engine.subject import Identifier, Renaming, Subject
    from metacompress.models.protocols.white_box import TokenGradients

    Floats = NDArray[np.float64]

# A renaming of one identifier.
_Move = tuple["Identifier", str]
# Renamings that others are made of: the nearest to the goal of those that were asked. Ours.
_BASES = 8


class Combined(Attack):
    """Compose renamings by their chance to reach the goal, then transform further (ours).

    Gradients promise what each name changes of every model's log odds. Those changes are taken to
    add up, each with its uncertainty. Of all renamings that differ from one already asked by one
    name, or that take the most promising names together, those with the best chance are asked, a
    few at a time; every answer corrects what is expected of the names in it. When that stops,
    transformations are applied to the best renaming as in ``transformation``. Nothing is promised
    of a black box: random renamings are asked first, and what they changed is learnt of the names
    in them. All constants are ours.
    """

    name: ClassVar[str] = "combined"
    changes: ClassVar[Changes] = "both"
    reads_gradients: ClassVar[bool] = True
    renamings: int = Field(default=32, ge=0, description="renamings before transformations")
    at_random: int = Field(default=8, ge=0, description="random renamings of a black box before")
    at_once: int = Field(default=2, ge=1, description="renamings of a request")
    draws: int = Field(default=4, ge=1, description="variants by a transformation and pass")
    passes: int = Field(default=2, ge=1, description="through all transformations")

    def search(self, subject: Subject, rng: np.random.Generator) -> Search:
        """See Attack."""
        best = yield from ask(subject, [subject.unchanged])
        if subject.renamings:
            composer = _Composer(subject, best)
            chosen: list[Renaming] = []
            if subject.name_tokens:
                composer.expect((yield from _promises(subject, best)))
            else:
                chosen = _at_random(subject, rng, self.at_random)
            for _ in range(0, self.renamings, self.at_once):
                chosen = chosen or composer.most_promising(self.at_once)
                if not chosen:
                    break
                asked = yield from ask(subject, [subject.renamed(one) for one in chosen])
                if asked.adversarial is not None:
                    return asked.adversarial
                composer.learn(chosen, asked)
                best = min(best, asked, key=lambda one: one.score)
                chosen = []
        return (
            yield from transform_further(
                subject, best.lowest, best.score, rng, draws=self.draws, passes=self.passes
            )
        )


def _at_random(subject: Subject, rng: np.random.Generator, count: int) -> list[Renaming]:
    """As many renamings at random, those that are drawn again left out."""
    drawn = [random_renaming(subject, rng) for _ in range(count)]
    return [one for number, one in enumerate(drawn) if one and one not in drawn[:number]]


def _promises(
    subject: Subject, source: Asked
) -> Generator[GradientsAt, tuple[TokenGradients, ...], Floats]:
    """What gradients at the source promise of each move, (n, models)."""
    p = subject.goal.likelihoods(source.answers)
    found = yield from name_changes(subject, source.lowest)
    # Log odds against the other classes change by 1 / (1 - P) of what log P does.
    promises: Floats = np.concatenate([one.changes for one in found]) / (1 - p)
    return promises


class _Base(NamedTuple):
    """A renaming that others are made of by one move more.

    Attributes:
        renaming: what it renames.
        odds: that were answered, or are expected, (models,).
        common, own: their variances; 0 where they were answered.
    """

    renaming: Renaming
    odds: Floats
    common: float = 0.0
    own: float = 0.0


class _Composer:
    """Composes renamings of n moves, each of which renames one identifier.

    Args:
        subject: the example.
        source: the answer to the source.
    """

    def __init__(self, subject: Subject, source: Asked) -> None:
        self._subject = subject
        self._moves = [(i, name) for i in subject.identifiers for name in subject.substitutes(i)]
        self._rows = {move: row for row, move in enumerate(self._moves)}
        numbers = {identifier: number for number, identifier in enumerate(subject.identifiers)}
        self._numbers = np.array([numbers[identifier] for identifier, _ in self._moves])
        self._source = subject.goal.odds(source.answers)[0]
        self._answered: dict[frozenset[_Move], _Base] = {frozenset(): _Base({}, self._source)}
        self._changes = AdditiveChanges(np.zeros((len(self._moves), subject.goal.models)))

    def expect(self, promises: Floats) -> None:
        """Begin with these promises, (n, models)."""
        self._changes = AdditiveChanges(promises)

    def learn(self, chosen: Sequence[Renaming], asked: Asked) -> None:
        """Take the answers to the first of the renamings that were asked."""
        odds = self._subject.goal.odds(asked.answers)
        for renaming, own in zip(chosen, odds, strict=False):
            self._answered[frozenset(renaming.items())] = _Base(renaming, own)
            self._changes.learn([self._rows[move] for move in renaming.items()], own - self._source)

    def most_promising(self, count: int) -> list[Renaming]:
        """The renamings with the best chances that were not asked; of those that add the same
        identifier to the same base, the best one.
        """
        found: list[tuple[float, Renaming]] = []
        for base in (*self._nearest(), *self._growing()):
            chances = self._chances(base)
            for number in np.unique(self._numbers):
                rows = np.flatnonzero(self._numbers == number)
                row = int(rows[chances[rows].argmax()])
                renaming = {**base.renaming, self._moves[row][0]: self._moves[row][1]}
                if frozenset(renaming.items()) not in self._answered:
                    found.append((float(chances[row]), renaming))
        found.sort(key=lambda one: -one[0])
        chosen: list[Renaming] = []
        for chance, renaming in found:
            if len(chosen) < count and chance > 0 and renaming not in chosen:
                chosen.append(renaming)
        return chosen

    def _chances(self, base: _Base) -> Floats:
        """Chance to reach the goal of the base with each move; 0 where it is none, (n,)."""
        odds = base.odds + self._changes.means
        common, own = base.common + self._changes.common, base.own + self._changes.own
        for identifier, name in base.renaming.items():
            # The new name comes in place of the one that the identifier has.
            row = self._rows[identifier, name]
            same = self._numbers == self._numbers[row]
            odds[same] -= self._changes.means[row]
            common[same] += self._changes.common[row]
            own[same] += self._changes.own[row]
        chances = self._subject.goal.chances(odds, np.sqrt(common), np.sqrt(own))
        taken = {(identifier.program, name) for identifier, name in base.renaming.items()}
        chances[[(one.program, name) in taken for one, name in self._moves]] = 0
        return chances

    def _nearest(self) -> list[_Base]:
        """The renamings nearest to the goal of those that were asked."""
        bases = list(self._answered.values())
        margins = self._subject.goal.margins_of(np.array([base.odds for base in bases]))
        return [bases[row] for row in np.argsort(margins, kind="stable")[:_BASES]]

    def _growing(self) -> Iterator[_Base]:
        """The best name, the best two, and so on while they are expected to lower all odds."""
        means = self._changes.means.mean(axis=1)
        renaming: Renaming = {}
        taken: set[tuple[int, str]] = set()
        odds, common, own = self._source, 0.0, 0.0
        for row in np.argsort(means, kind="stable"):
            identifier, name = self._moves[row]
            if means[row] >= 0:
                return
            if identifier not in renaming and (identifier.program, name) not in taken:
                taken.add((identifier.program, name))
                renaming = {**renaming, identifier: name}
                odds = odds + self._changes.means[row]
                common += self._changes.common[row]
                own += self._changes.own[row]
                yield _Base(renaming, odds, common, own)
