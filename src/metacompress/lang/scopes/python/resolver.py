"""Scope analysis of Python modules and snippets, by the rules of Python 3.11.

The walk knows where the grammar puts names, `python.names` what they refer to, and
`python.doubts` which of them a program may look up by name while it runs.

Always unbound are attributes, the names of keyword arguments and of keyword patterns, parts of
dotted module names, names imported under an alias, and builtins. The pattern ``_`` is a keyword,
not an identifier, and so is ``__future__`` after ``from``. Strings, string annotations among
them, are text: nothing in them is resolved. Type parameters (PEP 695) are not resolved either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import FixedReason
from metacompress.lang.scopes.python.definitions import DefinitionWalk
from metacompress.lang.scopes.python.doubts import ProgramFacts, fix_doubtful
from metacompress.lang.scopes.python.names import python_table, resolve_scopes
from metacompress.lang.scopes.walk import others, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis
    from metacompress.lang.scopes.python.names import PythonTable


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a Python program; see the module's description."""
    table, facts = read_scopes(program)
    reflections = resolve_scopes(table)
    fix_doubtful(table, facts, reflections, program.source)
    return table.analysis()


def read_scopes(program: ParsedProgram) -> tuple[PythonTable, ProgramFacts]:
    """Read which names each scope binds and uses; nothing is resolved yet.

    Returns:
        A table whose outermost scope is the module, with all others inside of it, and that holds
        the tokens that are unbound whatever is in scope; and what else matters.
    """
    table = python_table(program)
    has_stored_annotations = b"__future__" in program.source and b"annotations" in program.source
    facts = ProgramFacts(has_stored_annotations=has_stored_annotations)
    PythonWalk(table, facts).run([program.root])
    return table, facts


class PythonWalk(DefinitionWalk):
    """A walk over all of Python."""

    @visits("attribute")
    def _attribute(self, node: Node) -> None:
        name = node.child_by_field_name("attribute")
        if name is not None:
            self.attribute_name(name)
        self.next(others(node, name))

    @visits("member_type")
    def _member_type(self, node: Node) -> None:
        *scopes, name = node.named_children
        self.attribute_name(name)
        self.next(scopes)

    @visits("keyword_argument")
    def _keyword_argument(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.facts.keywords.add(self.table.scope.key(self.table.text(name)))
            self.table.pass_over(name)
        self.next(others(node, name))

    @visits("argument_list")
    def _arguments(self, node: Node) -> None:
        children = node.named_children
        if "dictionary_splat" in [child.type for child in children]:
            self.facts.has_keyword_splat = True
        self.next(children)

    @visits("format_expression", "interpolation")
    def _interpolation(self, node: Node) -> None:
        expression = node.child_by_field_name("expression")
        if expression is not None and any(child.type == "=" for child in node.children):
            self.table.taint_tokens(expression, FixedReason.F_STRING_TEXT)
        self.descend(node)

    @visits("except_clause")
    def _except_clause(self, node: Node) -> None:
        if len(node.children_by_field_name("value")) > 1:  # except A, b:
            self.facts.is_python2 = True
        self.descend(node)

    @visits("exec_statement", "print_statement")
    def _python2(self, node: Node) -> None:
        self.facts.is_python2 = True
        self.descend(node)
