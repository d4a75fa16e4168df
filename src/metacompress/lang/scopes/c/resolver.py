"""Scope analysis for C and C++.

The walk visits the syntax tree once, in source order. Types, macros and headers are out of sight,
so it follows two rules. A declaration that is overlooked only merges two variables of one name,
and renaming both together is harmless; a declaration that is made up splits one variable in two.
So doubtful declarations are read as uses, or what they declare and hide is fixed.

Not seen: an unknown macro with arguments that also uses a local of a longer name, and one in the
place of a constant that uses any local.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.c.cpp import CppWalk
from metacompress.lang.scopes.c.statements import CWalk

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a C or C++ program, whole or snippet.

    Takes time linear in the program's length, at any depth of nesting.
    """
    walk = (CppWalk if program.language is Language.CPP else CWalk)(program)
    walk.run([program.root, walk.table.leave, walk.doubts.settle])
    return walk.table.analysis()
