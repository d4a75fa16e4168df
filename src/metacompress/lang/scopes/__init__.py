"""Scope analysis: which identifier tokens of a program refer to the same declared name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.model import Binding, BindingKind, FixedReason, ScopeAnalysis

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram

__all__ = ["Binding", "BindingKind", "FixedReason", "ScopeAnalysis", "resolve"]

_RESOLVERS = {
    Language.C: "metacompress.lang.scopes.c.resolver",
    Language.CPP: "metacompress.lang.scopes.c.resolver",
    Language.JAVA: "metacompress.lang.scopes.java.resolver",
    Language.PYTHON: "metacompress.lang.scopes.python.resolver",
    Language.JAVASCRIPT: "metacompress.lang.scopes.javascript.resolver",
    Language.TYPESCRIPT: "metacompress.lang.scopes.javascript.resolver",
    Language.GO: "metacompress.lang.scopes.go.resolver",
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
