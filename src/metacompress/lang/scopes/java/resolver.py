"""Scope analysis of Java programs and snippets.

The rules are those of the Java Language Specification, Java SE 17: chapter 6 (scope, shadowing,
the meaning of ambiguous names), 14.7 (labels) and 15.12.1 (the class that a call searches).
The walk knows where the grammar puts names; `JavaNames` knows what they mean there.

Bindings are locals, parameters, labels, methods and types of the program. Always unbound are
fields, enum constants, record components, type parameters, members after a dot, annotations
from elsewhere and their elements, and simple names in ``case`` labels. ``this``, ``super`` and
the pattern ``_`` are keywords, not identifiers.

Programs with Unicode escapes that the parser reads otherwise than the language are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes.java.classes import ClassWalk
from metacompress.lang.scopes.java.escapes import refuse_escapes
from metacompress.lang.scopes.walk import others, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a Java program; see the module's description.

    Raises:
        ProgramError: Unicode escapes stand for more than a letter of a text or comment.
    """
    refuse_escapes(program)
    walk = JavaWalk(program)
    walk.run([program.root])
    return walk.table.analysis()


class JavaWalk(ClassWalk):
    """A walk over all of Java."""

    @visits("field_access")
    def _field_access(self, node: Node) -> None:
        field = node.child_by_field_name("field")
        if field is not None:
            self.unbound(field)
        self._receiver(node, node.child_by_field_name("object"), field)

    @visits("method_invocation")
    def _method_invocation(self, node: Node) -> None:
        receiver, name = node.child_by_field_name("object"), node.child_by_field_name("name")
        if name is not None:
            self._call(node, receiver, name)
        self._receiver(node, receiver, name)

    @visits("method_reference")
    def _method_reference(self, node: Node) -> None:
        receiver, last = node.children[0], node.children[-1]
        if last.type == "identifier":
            self._call(node, receiver, last)
            self._receiver(node, receiver, last)
        else:  # ::new
            self._receiver(node, receiver, None)

    def _receiver(self, node: Node, receiver: Node | None, member: Node | None) -> None:
        if receiver is not None and receiver.type == "identifier":
            self.table.use_qualifier(self.table.token(receiver))
            self.next(others(node, receiver, member))
        else:
            self.next(others(node, member))

    def _call(self, node: Node, receiver: Node | None, name: Node) -> None:
        token = self.table.token(name)
        if receiver is None:
            self.table.call_unqualified(token)
        elif receiver.type == "this":
            self.table.call_this(token)
        elif receiver.type == "identifier" and not _has_super(node):
            self.table.call_qualified(self.table.text(receiver), token)
        else:
            self.table.call_elsewhere(token)


def _has_super(node: Node) -> bool:
    return "super" in [child.type for child in node.named_children]
