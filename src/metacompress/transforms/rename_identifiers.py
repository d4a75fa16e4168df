"""Rename local variables and parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.lang.edits import Edit
from metacompress.lang.language import Language
from metacompress.lang.names import is_legal_name, words
from metacompress.lang.scopes import BindingKind
from metacompress.lang.validity import Refusal, check_renaming
from metacompress.transforms.base import Level, Transformation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from metacompress.lang.module import Module
    from metacompress.transforms.naming import Naming

_RENAMED = (BindingKind.LOCAL, BindingKind.PARAMETER)


class RenameIdentifiers(Transformation):
    """Rename local variables and parameters, all of them that can be renamed safely.

    Precondition: the scope analysis is certain of every occurrence of the name, and the new name
    is legal and occurs nowhere in the program, not even in a comment or a macro's body. It can
    therefore neither capture nor be captured. What a macro defined elsewhere makes of its
    arguments is beyond a snippet: names passed bare to something that looks like a macro stay.
    """

    name: ClassVar[str] = "rename-identifiers"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = frozenset(Language)

    def rewrite(self, module: Module, naming: Naming, rng: Generator) -> Sequence[Edit]:
        """See Transformation."""
        taken = set(words(module.source))
        edits: list[Edit] = []
        for binding in module.scopes.bindings:
            if binding.kind not in _RENAMED or binding.fixed is not None:
                continue
            for name in naming.propose(module, binding, rng):
                if name not in taken and is_legal_name(name, module.language):
                    taken.add(name)
                    edits.extend(Edit(span.start, span.end, name) for span in binding.occurrences)
                    break
        return edits

    def check(self, source: Module, variant: Module) -> Refusal | None:
        """See Transformation."""
        return check_renaming(source, variant)
