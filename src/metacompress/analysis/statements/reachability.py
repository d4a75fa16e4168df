"""Which statements of Java can complete normally (JLS 14.22), in a program that compiles.

A statement that cannot be reached is an error in Java, so nothing may follow one that never
completes. True and False are certain; None is unclear, as where a name may be a constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.statements.jumps import find_jumps
from metacompress.analysis.types.declared import VARIABLES, declaration_around
from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding

    _Rule = Callable[[AnalysedProgram, Node, Sequence[bool | None]], bool | None]

_JUMPS = frozenset(
    "return_statement throw_statement break_statement continue_statement yield_statement".split()
)
_SIMPLE = frozenset(
    {
        ";",
        "local_variable_declaration",
        "assert_statement",
        "class_declaration",
        "record_declaration",
        "enum_declaration",
        "interface_declaration",
        "enhanced_for_statement",
        "explicit_constructor_invocation",
    }
)
# None of these is part of a constant expression (JLS 15.29).
_NEVER_CONSTANT = frozenset(
    """
    method_invocation array_access update_expression assignment_expression
    object_creation_expression array_creation_expression instanceof_expression null_literal this
    """.split()
)


def completes_normally(program: AnalysedProgram, statement: Node) -> bool | None:
    """Whether ``statement``, which can be reached, can complete normally."""
    order: list[tuple[Node, list[Node]]] = []
    pending = [statement]
    while pending:
        node = pending.pop()
        parts = _parts(node)
        order.append((node, parts))
        pending.extend(parts)
    found: dict[int, bool | None] = {}
    for node, parts in reversed(order):
        outcomes = [found[part.id] for part in parts]
        found[node.id] = _rule_of(node)(program, node, outcomes)
    return found[statement.id]


def truth_of(program: AnalysedProgram, condition: Node | None) -> bool | None:
    """The value of a constant condition that is plain to see; None for any other.

    An empty condition of a ``for`` is true.
    """
    while condition is not None and condition.type == "parenthesized_expression":
        condition = operands(condition)[0]
    if condition is None:
        return True
    return {"true": True, "false": False}.get(program.text(condition))


def is_never_constant(program: AnalysedProgram, condition: Node) -> bool:
    """Whether ``condition`` is certainly no constant expression."""
    for part in descendants(condition):
        if part.type in _NEVER_CONSTANT:
            return True
        if part.type == "identifier":
            binding = program.binding_of(part)
            if (
                binding is not None
                and binding.kind in VARIABLES
                and not _is_final(program, binding)
            ):
                return True
    return False


def _is_final(program: AnalysedProgram, binding: Binding) -> bool:
    node = declaration_around(program, binding, "declaration", "parameter", "statement")
    if node is None:
        return True
    return any("final" in program.text(c) for c in node.children if c.type == "modifiers")


def _any(outcomes: Iterable[bool | None]) -> bool | None:
    known = set(outcomes)
    return True if True in known else None if None in known else False


def _all(outcomes: Iterable[bool | None]) -> bool | None:
    known = set(outcomes)
    return False if False in known else None if None in known else True


def _parts(node: Node) -> list[Node]:
    """The statements inside that decide whether ``node`` completes."""
    if node.type == "if_statement":
        branches = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
        return [branch for branch in branches if branch is not None]
    if node.type in ("do_statement", "synchronized_statement"):
        body = node.child_by_field_name("body")
        return [] if body is None else [body]
    if node.type in ("block", "switch_block_statement_group", "labeled_statement"):
        return operands(node)[-1:]
    if node.type == "switch_expression":
        body = node.child_by_field_name("body")
        groups = [] if body is None else operands(body)
        if any(group.type == "switch_rule" for group in groups):
            return [operands(group)[-1] for group in groups]
        return groups[-1:]
    if node.type in ("try_statement", "try_with_resources_statement"):
        inner = [child for child in operands(node) if child.type == "block"]
        clauses = [c for c in operands(node) if c.type in ("catch_clause", "finally_clause")]
        return inner + [operands(clause)[-1] for clause in clauses]
    return []


def _leaving(program: AnalysedProgram, statement: Node) -> bool | None:
    """Whether there is a ``break`` that leaves ``statement``; unclear behind a ``finally``."""
    if not program.fact(find_jumps).leaving(statement):
        return False
    has_finally = any(part.type == "finally_clause" for part in descendants(statement))
    return None if has_finally else True


def _loop(program: AnalysedProgram, node: Node, outcomes: Sequence[bool | None]) -> bool | None:
    condition = node.child_by_field_name("condition")
    leaving = _leaving(program, node)
    truth = truth_of(program, condition)
    if truth is True:
        return leaving
    ends: bool | None = None
    if truth is False or (condition is not None and is_never_constant(program, condition)):
        ends = True
    if node.type == "do_statement":
        reaches = _any([*outcomes, bool(program.fact(find_jumps).continuing(node))])
        ends = _all([ends, reaches])
    return _any([leaving, ends])


def _switch(program: AnalysedProgram, node: Node, outcomes: Sequence[bool | None]) -> bool | None:
    body = node.child_by_field_name("body")
    groups = [] if body is None else operands(body)
    labels = [c for group in groups for c in group.children if c.type == "switch_label"]
    if any("pattern" in part.type or part.type == "guard" for c in labels for part in c.children):
        return None
    if not any(program.text(label).startswith("default") for label in labels):
        return True
    return _any([*outcomes, _leaving(program, node)])


def _expression(
    program: AnalysedProgram, node: Node, outcomes: Sequence[bool | None]
) -> bool | None:
    # A switch whose value is dropped is a statement, with rules of its own.
    return None if operands(node)[0].type == "switch_expression" else True


def _try(program: AnalysedProgram, node: Node, outcomes: Sequence[bool | None]) -> bool | None:
    has_finally = any(child.type == "finally_clause" for child in node.children)
    attempts = outcomes[:-1] if has_finally else outcomes
    return _all([_any(attempts), outcomes[-1] if has_finally else True])


def _rule_of(
    node: Node,
) -> _Rule:
    if node.type in _JUMPS:
        return lambda program, node, outcomes: False
    if node.type in _SIMPLE:
        return lambda program, node, outcomes: True
    return _RULES.get(node.type, lambda program, node, outcomes: None)


_RULES: dict[str, _Rule] = {
    "expression_statement": _expression,
    "block": lambda program, node, outcomes: outcomes[0] if outcomes else True,
    "switch_block_statement_group": lambda program, node, outcomes: outcomes[0],
    "switch_label": lambda program, node, outcomes: True,
    "synchronized_statement": lambda program, node, outcomes: outcomes[0],
    "if_statement": lambda program, node, outcomes: _any(outcomes) if len(outcomes) == 2 else True,
    "labeled_statement": lambda program, node, outcomes: _any([*outcomes, _leaving(program, node)]),
    "while_statement": _loop,
    "do_statement": _loop,
    "for_statement": _loop,
    "switch_expression": _switch,
    "try_statement": _try,
    "try_with_resources_statement": _try,
}
