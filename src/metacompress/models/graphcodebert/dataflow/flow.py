"""Follow values through a program: the states of variables, branch by branch, loop by loop.

A program is worked off as a list of steps: a token is a use, a branch of the tree is replaced by
the steps that a language's rules make of it, and a function is called. Nothing recurses, so no
depth of nesting is too deep.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from metacompress.errors import ProgramError
from metacompress.models.graphcodebert.dataflow.graph import Record, Relation
from metacompress.models.graphcodebert.dataflow.tree import Branch, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from metacompress.models.graphcodebert.dataflow.tree import Shape, Tree

Step: TypeAlias = "Part | Callable[[], None]"
Rule: TypeAlias = "Callable[[Flow, Branch], None]"
Sources: TypeAlias = "tuple[int, ...]"

# Each loop in a loop doubles the steps. Beyond this, loops run once: no program that is meant to
# be read comes near.
_REPEATED_STEPS = 1_000_000
# Tokens looked through, and sources recorded and joined. A record costs more, for it stays.
_MAX_WORK = 10_000_000
_RECORD = 4


@dataclass(frozen=True)
class Rules:
    """How one language is read.

    Attributes:
        shape: what matters of its grammar.
        rules: what a branch means, by its type; the others mean their children in order.
        first_use_defines: whether a name without a value gets one where it is first read.
    """

    shape: Shape
    rules: Mapping[str, Rule]
    first_use_defines: bool


@dataclass
class _Fork:
    """Alternatives that start from the same states.

    Attributes:
        before: the names that the alternative under way has set, with their old sources.
        ends: for each alternative that has ended, the names that it set, with their new ones.
    """

    before: dict[str, Sources | None] = field(default_factory=dict)
    ends: list[dict[str, Sources]] = field(default_factory=list)


class Flow:
    """One run through a program; ``tree`` is the program."""

    def __init__(self, tree: Tree, rules: Rules) -> None:
        self.tree = tree
        self._rules = rules
        self._agenda: list[Step] = [tree.root]
        self._states: dict[str, Sources] = {}
        self._forks: list[_Fork] = []
        self._records: list[Record] = []
        # While a loop is under way, where the record of an occurrence is.
        self._places: dict[tuple[int, Relation], int] = {}
        self._loops = 0
        self._steps = 0
        self._work = 0

    def run(self) -> list[Record]:
        """Go through the whole program and return what was recorded, in the order of the run.

        Raises:
            ProgramError: the values are entangled beyond any use.
        """
        agenda, rules = self._agenda, self._rules.rules
        while agenda:
            step = agenda.pop()
            self._steps += 1
            if isinstance(step, int):
                self.use(step)
            elif isinstance(step, Branch):
                rule = rules.get(step.kind)
                if rule is None:
                    agenda.extend(step.children[::-1])
                else:
                    rule(self, step)
            else:
                step()
        return self._records

    def then(self, steps: Sequence[Step]) -> None:
        """Do these next, in this order."""
        self._agenda.extend(steps[::-1])

    def fork(self, alternatives: Sequence[Sequence[Step]], *, may_skip: bool) -> None:
        """Do one of these; a variable then has the sources of all that may have been done.

        ``may_skip``: or none of them.
        """
        self._forks.append(_Fork())
        self._agenda.append(partial(self._join, may_skip))
        for alternative in reversed(alternatives):
            self._agenda.append(self._end_alternative)
            self._agenda.extend(alternative[::-1])

    def repeat(self, first: Sequence[Step], again: Sequence[Step]) -> None:
        """Do ``first`` and then ``again``, and make one record an occurrence and relation."""
        self._loops += 1
        self._agenda.append(self._end_loop)
        if self._steps < _REPEATED_STEPS:
            self._agenda.extend(again[::-1])
        self._agenda.extend(first[::-1])

    def use(self, token: int) -> None:
        """A token is read."""
        tree = self.tree
        if not tree.is_variable[token]:
            return
        name = tree.tokens[token].text
        sources = self._states.get(name)
        if sources is not None:
            self._record(token, Relation.COMES_FROM, sources)
        elif self._rules.first_use_defines:
            if tree.kinds[token] == "identifier":
                self._set(name, (token,))
            self._record(token, Relation.COMES_FROM, ())

    def define(self, target: Part) -> None:
        """The variables of ``target`` get values that come from nowhere."""
        for token in self._variables(target):
            self._record(token, Relation.COMES_FROM, ())
            self._set(self.tree.tokens[token].text, (token,))

    def assign(self, target: Part, source: Part, relation: Relation) -> None:
        """The variables of ``target`` get values from those of ``source``; one record each."""
        sources = tuple(self._variables(source))
        for token in self._variables(target):
            self._record(token, relation, sources)
            self._set(self.tree.tokens[token].text, (token,))

    def assign_singly(self, target: Part, source: Part, relation: Relation) -> None:
        """As ``assign``, with one record for each variable and source."""
        sources = self._variables(source)
        for token in self._variables(target):
            if self._loops and sources:
                # They would be merged anyway.
                self._record(token, relation, tuple(sources))
            else:
                for one in sources:
                    self._record(token, relation, (one,))
            self._set(self.tree.tokens[token].text, (token,))

    def is_known(self, token: int) -> bool:
        """Whether the name of a token has a value."""
        return self.tree.tokens[token].text in self._states

    def _variables(self, part: Part) -> list[int]:
        self._spend(1 if isinstance(part, int) else part.last - part.first)
        return self.tree.variables(part)

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > _MAX_WORK:
            raise ProgramError(f"data flow that takes more than {_MAX_WORK} steps to follow")

    def _record(self, token: int, relation: Relation, sources: Sources) -> None:
        self._spend(_RECORD + len(sources))
        if self._loops:
            place = self._places.setdefault((token, relation), len(self._records))
            if place < len(self._records):
                known = self._records[place]
                if known.sources != sources:
                    merged = tuple(sorted({*known.sources, *sources}))
                    self._records[place] = Record(token, relation, merged)
                return
        self._records.append(Record(token, relation, sources))

    def _set(self, name: str, sources: Sources) -> None:
        if self._forks:
            self._forks[-1].before.setdefault(name, self._states.get(name))
        self._states[name] = sources

    def _end_alternative(self) -> None:
        fork, states = self._forks[-1], self._states
        fork.ends.append({name: states[name] for name in fork.before})
        for name, sources in fork.before.items():
            if sources is None:
                del states[name]
            else:
                states[name] = sources
        fork.before = {}

    def _join(self, may_skip: bool) -> None:
        fork = self._forks.pop()
        ends: dict[str, list[Sources]] = {}
        for end in fork.ends:
            for name, sources in end.items():
                ends.setdefault(name, []).append(sources)
        for name, changed in ends.items():
            before = self._states.get(name, ())
            kept = may_skip or len(changed) < len(fork.ends)
            found = set(before if kept else ()).union(*changed)
            self._spend(1 + len(found))
            self._set(name, tuple(sorted(found)))

    def _end_loop(self) -> None:
        self._loops -= 1
        if not self._loops:
            self._places = {}
