"""Shrinks one counterexample: to its fewest edits, then to its fewest statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from metacompress.shrinking.candidate import Choice, Pair
from metacompress.shrinking.ddmin import ddmin
from metacompress.shrinking.parts import PartKind, find_parts, with_users
from metacompress.shrinking.passes import Pass, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from metacompress.shrinking.candidate import Member, Whole

T = TypeVar("T")

EDITS = "edits"
"""Name of the pass that leaves out edits; those that leave out parts are called as their kinds."""

# Candidates of one counterexample, those included that no model is asked about: delta debugging
# may make the square of what there is to leave out. Fewer of a large program, of which each takes
# long: as many as have so many bytes together. Ours.
_MOST_CANDIDATES = 2000
_MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What is left of a counterexample.

    Attributes:
        pair: source and variant; as they were where nothing could be left out.
        passes: in their order.
        queries: inputs that the models were asked for, each once.
    """

    pair: Pair
    passes: tuple[Pass, ...]
    queries: int

    def counts(self, name: str) -> tuple[int, int]:
        """How many there were of what the passes of this name leave out, and how many are left."""
        of_name = [one for one in self.passes if one.name == name]
        return of_name[0].before, of_name[-1].after


class Shrinker:
    """One counterexample that is made smaller.

    ``run`` yields pairs and receives of each whether it still is a counterexample: whoever drives
    it asks the models, for many shrinkers at once.

    Args:
        whole: the counterexample as it was found.
        queries: inputs that the models may be asked for, beside those of the whole.
    """

    def __init__(self, whole: Whole, *, queries: int) -> None:
        self._whole = whole
        self._pair = whole.pair
        self._most = self._limit = queries
        self._choice = Choice()
        self._known = {_keys(whole.pair): True}
        self._asked: set[str] = set()
        self._candidates = min(_MOST_CANDIDATES, _MOST_BYTES // max(whole.size, 1))
        self._passes: list[Pass] = []

    def run(self) -> Generator[Pair, bool, Shrunk]:
        """Shrink it."""
        # The rest stays for statements: with fewer of them, fewer edits may do.
        self._limit = self._most // 2
        yield from self._edits()
        self._limit = self._most
        for kind in PartKind:
            yield from self._parts(kind)
        yield from self._edits()
        return Shrunk(self._pair, tuple(self._passes), len(self._asked))

    def _edits(self) -> Generator[Pair, bool, None]:
        """Leave out edits; those first of which nothing is left with the statements around."""
        made = Pass(EDITS, before=len(self._whole.units) - len(self._choice.units))
        idle = self._whole.idle_units(self._choice)
        without = replace(self._choice, units=self._choice.units | idle)
        if idle and self._whole.without(without) == self._pair:
            self._choice = without
        units = [one for one in self._whole.units if one not in self._choice.units]
        if len(units) == 1:
            made.stopped = Stopped.NOTHING_LEFT
        yield from self._minimise(
            made,
            units,
            lambda kept: replace(self._choice, units=frozenset(self._whole.units).difference(kept)),
        )
        made.after = len(self._whole.units) - len(self._choice.units)
        self._passes.append(made)

    def _parts(self, kind: PartKind) -> Generator[Pair, bool, None]:
        """Leave out parts of sources, the outer ones first: hierarchical delta debugging."""
        parts = {
            (number, k): part
            for number, program in enumerate(self._whole.programs)
            for k, part in enumerate(program.source.fact(find_parts))
            if part.kind is kind
        }
        made = Pass(str(kind), before=len(parts))
        for depth in sorted({part.depth for part in parts.values()}):
            level = [
                one
                for one, part in parts.items()
                if part.depth == depth and one not in self._choice.parts
            ]
            yield from self._minimise(
                made, level, partial(self._without, frozenset(level)), may_be_empty=True
            )
            if made.stopped is not Stopped.MINIMAL:
                break
        made.after = len(parts.keys() - self._choice.parts)
        if not made.after:
            made.stopped = Stopped.NOTHING_LEFT
        self._passes.append(made)

    def _without(self, level: frozenset[Member], kept: tuple[Member, ...]) -> Choice:
        removed = level.difference(kept)
        found = self._choice.parts | removed
        for number, program in enumerate(self._whole.programs):
            closed = with_users(program.source, (k for n, k in removed if n == number))
            found |= {(number, k) for k in closed}
        return replace(self._choice, parts=found)

    def _minimise(
        self,
        made: Pass,
        units: Sequence[T],
        choice_of: Callable[[tuple[T, ...]], Choice],
        *,
        may_be_empty: bool = False,
    ) -> Generator[Pair, bool, None]:
        """Search for the fewest of ``units`` that will do, and leave out the others."""
        search = ddmin(units, may_be_empty=may_be_empty)
        try:
            kept = next(search)
            while True:
                choice = choice_of(kept)
                will_do = yield from self._will_do(choice, made)
                if will_do is None:
                    return
                if will_do:
                    self._choice = choice
                kept = search.send(will_do)
        except StopIteration:
            return

    def _will_do(self, choice: Choice, made: Pass) -> Generator[Pair, bool, bool | None]:
        """Whether a smaller counterexample is one; None where there were enough of them."""
        if not self._candidates:
            made.stopped = Stopped.OUT_OF_CANDIDATES
            return None
        self._candidates -= 1
        pair = self._whole.without(choice)
        if not isinstance(pair, Pair):
            made.refused[str(pair)] += 1
            return False
        keys = _keys(pair)
        if keys not in self._known:
            asked = self._asked.union(keys) - set(_keys(self._whole.pair))
            if len(asked) > self._limit:
                made.stopped = Stopped.OUT_OF_QUERIES
                return None
            self._asked = asked
            made.tried += 1
            self._known[keys] = yield pair
            made.kept += self._known[keys]
        if self._known[keys]:
            self._pair = pair
        return self._known[keys]


def _keys(pair: Pair) -> tuple[str, str]:
    return pair.source.content_key(), pair.variant.content_key()
