"""Scope analysis: which identifier tokens of a program refer to the same declared name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.model import Binding, BindingKind, ScopeAnalysis

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram

__all__ = ["Binding", "BindingKind", "ScopeAnalysis", "resolve"]

_RESOLVERS = {
    Language.C: "metacompress.lang.scopes.c",
    Language.CPP: "metacompress.lang.scopes.c",
    Language.JAVA: "metacompress.lang.scopes.java",
    Language.PYTHON: "metacompress.lang.scopes.python",
}


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a program, whole or snippet.

    Where the syntax tree has error nodes, names inside them are reported as unbound and the
    bindings they might refer to are marked as fixed: nothing is guessed.

    Raises:
        ProgramError: the program is nested too deeply.
    """
    module = importlib.import_module(_RESOLVERS[program.language])
    analysis: ScopeAnalysis = module.resolve(program)
    return analysis
