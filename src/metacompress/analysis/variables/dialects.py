"""Programs of Python whose statements or variables are not what they seem to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import Language

if TYPE_CHECKING:
    from metacompress.lang.program import AnalysedProgram

# Through these a function sees its own variables, and their order.
_REFLECTION = frozenset({"locals", "vars", "dir", "eval", "exec", "__code__", "_getframe"})
_PYTHON_2 = frozenset({"xrange", "raw_input", "unicode", "basestring", "unichr", "has_key"})


def sees_variables(program: AnalysedProgram) -> bool:
    """Whether a function of Python may look at its own variables by name."""
    return program.language is Language.PYTHON and not program.scopes.names.isdisjoint(_REFLECTION)


def has_old_statements(program: AnalysedProgram) -> bool:
    """Whether the program prints or runs text with a statement of Python 2."""
    return bool(program.nodes("print_statement", "exec_statement"))


def is_python_2(program: AnalysedProgram) -> bool:
    """Whether the program has a statement or a name of Python 2."""
    return has_old_statements(program) or not program.scopes.names.isdisjoint(_PYTHON_2)
