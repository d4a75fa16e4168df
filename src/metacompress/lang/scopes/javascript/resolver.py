"""Scope analysis of JavaScript and TypeScript programs, modules and snippets.

The walk knows where the grammar puts names, ``javascript.names`` what they refer to, and
``javascript.doubts`` which of them a program may look up by name while it runs.

Always unbound are properties, private ones too, the names that a module imports or exports under
another name, and globals: what a program assigns without declaring it is one. A name in ``{a}`` is
a variable and the key of a property. What is in strings, templates' text and regular expressions
is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.language import Language
from metacompress.lang.scopes.javascript.bindings import ProgramFacts
from metacompress.lang.scopes.javascript.definitions import DefinitionWalk
from metacompress.lang.scopes.javascript.doubts import fix_doubtful
from metacompress.lang.scopes.javascript.names import javascript_table, resolve_scopes
from metacompress.lang.scopes.javascript.typescript import TypeScriptWalk

if TYPE_CHECKING:
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a JavaScript or TypeScript program; see the module's description."""
    table = javascript_table(program)
    facts = ProgramFacts()
    walk = TypeScriptWalk if program.language is Language.TYPESCRIPT else DefinitionWalk
    walk(table, facts).run([program.root])
    evaluating = resolve_scopes(table)
    fix_doubtful(table, facts, evaluating, program.source)
    return table.analysis()
