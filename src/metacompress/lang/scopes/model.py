"""What a scope analysis says of a program, the same for every language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metacompress.lang.edits import Span


class BindingKind(StrEnum):
    """What a name is bound to."""

    LOCAL = "local"
    PARAMETER = "parameter"
    FUNCTION = "function"
    LABEL = "label"
    TYPE = "type"
    MODULE_VARIABLE = "module-variable"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Binding:
    """One declared name with all its uses inside the program.

    Attributes:
        name: the identifier.
        kind: what it is bound to.
        occurrences: every occurrence in the program, declarations included, in source order.
        scope: the bytes of the syntactic scope that declares it.
        fixed: why the name must not be changed (for example ``"macro-argument"``), or None
            where a consistent renaming of all occurrences keeps behaviour.
    """

    name: str
    kind: BindingKind
    occurrences: tuple[Span, ...]
    scope: Span
    fixed: str | None = None


@dataclass(frozen=True)
class ScopeAnalysis:
    """The bindings of a program.

    Attributes:
        bindings: ordered by their first occurrence.
        unbound: every other identifier token as (span, name), in source order: names of
            unseen globals, functions, types, macros, fields, methods, keyword arguments.
    """

    bindings: tuple[Binding, ...]
    unbound: tuple[tuple[Span, str], ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every identifier that occurs in the program, bound or not."""
        return frozenset(b.name for b in self.bindings) | {name for _, name in self.unbound}

    @cached_property
    def signature(self) -> tuple[int | str, ...]:
        """The program's binding structure, free of bound names.

        One entry per identifier token in source order: the number of its binding (numbered by
        first occurrence), or the name itself where it is unbound. Two programs whose tokens
        correspond one to one are related by a capture-free renaming exactly if their
        signatures are equal.
        """
        tokens: list[tuple[int, int | str]] = [(span.start, name) for span, name in self.unbound]
        for number, binding in enumerate(self.bindings):
            tokens.extend((span.start, number) for span in binding.occurrences)
        tokens.sort(key=lambda token: token[0])
        return tuple(entry for _, entry in tokens)
