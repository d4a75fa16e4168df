"""Transformation base class: where it applies, and how it rewrites one place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

from metacompress.analysis.variables.own_text import shows_own_text
from metacompress.lang.edits import Edit
from metacompress.transforms.budget import is_over_budget
from metacompress.transforms.validity import check_bindings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator

    from metacompress.lang.edits import Origins, Span
    from metacompress.lang.language import Language
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.level import Level
    from metacompress.transforms.naming import FreshNames
    from metacompress.transforms.validity import Refusal

T = TypeVar("T")


class Site(NamedTuple, Generic[T]):
    """A place where a transformation applies.

    Attributes:
        span: every byte that the rewriting reads or replaces: sites of disjoint spans can be
            rewritten together.
        target: what ``sites`` found there, for ``rewrite``.
    """

    span: Span
    target: T


class Transformation(ABC, Generic[T]):
    """Rewrites a program so that it means the same; ``T`` is what it keeps of a site.

    Attributes:
        name: on the command line and in reports.
        level: what it touches.
        languages: those it understands.
        may_drop: whether names of the source may be missing in a variant.
    """

    name: ClassVar[str]
    level: ClassVar[Level]
    languages: ClassVar[frozenset[Language]]
    may_drop: ClassVar[bool] = False

    @abstractmethod
    def sites(self, program: AnalysedProgram) -> Iterable[Site[T]]:
        """The places whose precondition holds, in source order; they may be nested."""

    def all_sites(self, program: AnalysedProgram) -> tuple[Site[T], ...]:
        """``sites``, looked for once in each program.

        There are none in one that is over budget, or that shows its own text.
        """
        return program.fact(self._find_sites)

    def _find_sites(self, program: AnalysedProgram) -> tuple[Site[T], ...]:
        has_none = is_over_budget(program) or program.fact(shows_own_text)
        return () if has_none else tuple(self.sites(program))

    @abstractmethod
    def rewrite(
        self, program: AnalysedProgram, site: Site[T], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """Edits that rewrite one site; none where this draw has nothing to offer.

        Args:
            program: the program.
            site: one of its sites.
            names: where new names come from.
            rng: the only source of chance.
        """

    def choose(self, sites: Sequence[Site[T]], rng: Generator) -> Sequence[Site[T]]:
        """Sites that one variant rewrites: by default each with probability 1/2, at least one.

        Where two are nested, the one that is drawn first stays.
        """
        order = rng.permutation(len(sites))
        wanted = max(1, int((rng.random(len(sites)) < 0.5).sum()))
        chosen: list[Site[T]] = []
        for index in order:
            span = sites[index].span
            after = bisect_left(chosen, span, key=lambda site: site.span)
            # The chosen ones are disjoint: only the two next to it can be in the way.
            if (after == 0 or chosen[after - 1].span.end <= span.start) and (
                after == len(chosen) or span.end <= chosen[after].span.start
            ):
                chosen.insert(after, sites[index])
            if len(chosen) == wanted:
                break
        return chosen

    def check(
        self, source: AnalysedProgram, variant: AnalysedProgram, origins: Origins
    ) -> Refusal | None:
        """What the bindings of a variant must satisfy beside parsing; None accepts it."""
        return check_bindings(source, variant, origins, may_drop=self.may_drop)


class FixedTransformation(Transformation[list[Edit]]):
    """Rewrites each site in one way: what ``sites`` found there are the edits."""

    def rewrite(
        self, program: AnalysedProgram, site: Site[list[Edit]], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        return site.target
