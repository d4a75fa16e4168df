"""Where new names come from."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from metacompress.data.rows import QuarantinedRow, read_rows
from metacompress.errors import DataError
from metacompress.lang.language import Language
from metacompress.lang.names import is_legal_function_name, is_legal_name, words
from metacompress.lang.scopes import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.random import Generator

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

# What a name is for: parameters and other variables share theirs.
_ROLES = {
    BindingKind.LOCAL: BindingKind.LOCAL,
    BindingKind.PARAMETER: BindingKind.LOCAL,
    BindingKind.FUNCTION: BindingKind.FUNCTION,
    BindingKind.LABEL: BindingKind.LABEL,
}
NameCounts = dict[BindingKind, Counter[str]]
"""How many programs use a name, by what it is for."""
# Names are drawn in blocks; after so many draws a binding keeps its name.
_DRAWS = 64
# A corpus of few programs may have no name left that a program does not use itself.
_FALLBACK_VARIABLES = (
    "value",
    "item",
    "entry",
    "element",
    "current",
    "result",
    "amount",
    "offset",
    "position",
    "length",
    "limit",
    "start",
    "finish",
    "first",
    "second",
    "left",
    "right",
    "source",
    "target",
    "buffer",
    "number",
    "flag",
    "state",
    "step",
    "key",
)
_FALLBACK_LABELS = ("done", "finish", "again", "next", "outer", "leave", "retry", "search", "loop")
_FALLBACK_VERBS = (
    "apply",
    "build",
    "check",
    "compute",
    "count",
    "find",
    "handle",
    "read",
    "update",
)
_FALLBACK_NOUNS = ("entry", "item", "list", "part", "range", "result", "state", "total", "value")


class Naming(Protocol):
    """Proposes new names for a binding, best first; they need not be legal or fresh."""

    def propose(
        self, program: AnalysedProgram, binding: Binding | None, rng: Generator
    ) -> Iterator[str]:
        """Yield candidates, a finite number.

        Args:
            program: the program.
            binding: what is to be renamed; None asks for the name of a new variable.
            rng: the only source of chance.
        """


class CorpusNaming:
    """Names that the programs of a corpus give to their variables, functions and labels.

    They are drawn as often as programs use them. Where none of them is free, a few common names
    follow.

    Args:
        counts: how many programs use a name, for LOCAL (parameters included), FUNCTION and LABEL.
    """

    def __init__(self, counts: Mapping[BindingKind, Mapping[str, int]]) -> None:
        self._pools = {role: _Pool(names) for role, names in counts.items()}

    @classmethod
    def of(cls, programs: Iterable[AnalysedProgram]) -> CorpusNaming:
        """The names of these programs."""
        return cls(cls.count(programs))

    @staticmethod
    def count(programs: Iterable[AnalysedProgram]) -> NameCounts:
        """Count the variables, functions and labels of programs."""
        counts: NameCounts = {role: Counter() for role in sorted(set(_ROLES.values()))}
        for program in programs:
            named = {
                (_ROLES[binding.kind], binding.name)
                for binding in program.scopes.bindings
                if binding.kind in _ROLES and is_legal_name(binding.name, program.language)
            }
            for role, name in named:
                counts[role][name] += 1
        return counts

    def propose(
        self, program: AnalysedProgram, binding: Binding | None, rng: Generator
    ) -> Iterator[str]:
        """See Naming."""
        role = BindingKind.LOCAL if binding is None else _ROLES.get(binding.kind, BindingKind.LOCAL)
        pool = self._pools.get(role)
        for name in pool.draw(rng) if pool is not None else ():
            yield name
            if role is BindingKind.FUNCTION:
                yield _camel_case(name)
        fallback = _fallback(role, program.language)
        for index in rng.permutation(len(fallback)):
            yield fallback[index]


def added_counts(parts: Iterable[NameCounts]) -> NameCounts:
    """The counts of several groups of programs together."""
    total: NameCounts = {}
    for counts in parts:
        for role, names in counts.items():
            total.setdefault(role, Counter()).update(names)
    return total


class _Pool:
    """Names with the frequencies that they are drawn with."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        # Sorted, so that the order of the corpus does not matter.
        self._names = sorted(counts)
        weights = np.array([counts[name] for name in self._names], dtype=np.float64)
        self._cumulative = array("d", np.cumsum(weights) / max(weights.sum(), 1))

    def draw(self, rng: Generator) -> Iterator[str]:
        if self._names:
            # Most bindings take the first name or the second: the others are not looked up.
            for draw in rng.random(_DRAWS):
                yield self._names[min(bisect_right(self._cumulative, draw), len(self._names) - 1)]


def _camel_case(name: str) -> str:
    first, *others = name.strip("_").split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def _fallback(role: BindingKind, language: Language) -> Sequence[str]:
    if role is BindingKind.LOCAL:
        return _FALLBACK_VARIABLES
    if role is BindingKind.LABEL:
        return _FALLBACK_LABELS
    names = [f"{verb}_{noun}" for verb in _FALLBACK_VERBS for noun in _FALLBACK_NOUNS]
    return names if language is Language.PYTHON else [_camel_case(name) for name in names]


class RecordedNaming:
    """Substitutes that were recorded for one program: name to candidates, in random order."""

    def __init__(self, substitutes: Mapping[str, Sequence[str]]) -> None:
        self._substitutes = substitutes

    def propose(
        self, program: AnalysedProgram, binding: Binding | None, rng: Generator
    ) -> Iterator[str]:
        """See Naming."""
        candidates = self._substitutes.get(binding.name, ()) if binding else _FALLBACK_VARIABLES
        for index in rng.permutation(len(candidates)):
            yield candidates[index].strip()


class FreshNames:
    """Names for one variant: legal, and nowhere in the program, not even in a comment.

    What is taken once is not offered again, so rewritings of one variant cannot clash.
    """

    def __init__(self, program: AnalysedProgram, naming: Naming) -> None:
        self._program = program
        self._naming = naming
        self._taken: set[str] | None = None

    def take(self, rng: Generator, binding: Binding | None = None) -> str | None:
        """A fresh name for ``binding``, or for a new variable; None where none is left."""
        if self._taken is None:
            self._taken = set(self._program.fact(_words))
        is_function = binding is not None and binding.kind is BindingKind.FUNCTION
        is_legal = is_legal_function_name if is_function else is_legal_name
        for name in self._naming.propose(self._program, binding, rng):
            if name not in self._taken and is_legal(name, self._program.language):
                self._taken.add(name)
                return name
        return None


def _words(program: AnalysedProgram) -> frozenset[str]:
    return words(program.source)


def read_substitutes(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read recorded substitutes: rows of ``idx`` and ``substitutes`` {name: [candidate, ...]}.

    Returns:
        program id to name to candidates.

    Raises:
        DataError: the file cannot be read, or a row has another form.
    """
    recorded: dict[str, dict[str, list[str]]] = {}
    for row in read_rows(Path(path)):
        if isinstance(row, QuarantinedRow):
            raise DataError(
                f"{path}: line {row.line}: {row.reason}, {row.detail}", path=path, line=row.line
            )
        names = row.values.get("substitutes")
        if "idx" not in row.values or not isinstance(names, dict):
            raise DataError(
                f"{path}: line {row.line}: expected the fields idx and substitutes",
                path=path,
                line=row.line,
            )
        recorded[str(row.values["idx"])] = {
            str(name): [str(candidate) for candidate in candidates]
            for name, candidates in names.items()
            if isinstance(candidates, list)
        }
    return recorded
