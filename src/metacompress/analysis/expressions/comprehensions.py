"""Comprehensions of Python: their parts, and where one is the first thing that a statement does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.syntax import descendants, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


# A generator reports a StopIteration of its body as another error: none of these raises one.
_PLAIN_FUNCTIONS = frozenset(
    """
    abs bool chr divmod float hash int isinstance len max min ord pow range repr round str sum
    tuple list set dict sorted zip enumerate reversed any all
    """.split()
)
_PLAIN_METHODS = frozenset(dir(str))
# Built-in functions whose arguments are evaluated and then used, before anything else happens.
_CONSUMERS = _PLAIN_FUNCTIONS | frozenset("frozenset print map filter iter bytes bytearray".split())
# These read all of a generator, and do nothing else meanwhile.
_COLLECTORS = frozenset("list tuple sorted".split())
_CONSUMED_AT_ONCE = frozenset("list tuple sorted set sum max min any all dict len str join".split())
_TARGETS = frozenset("identifier pattern_list tuple_pattern ( ) ,".split())
# These see or keep the scope that they are in, or suspend it.
_SCOPED = frozenset("lambda yield await named_expression async super __class__".split())
# These evaluate their first operand first, and always.
_LED_BY_FIRST = frozenset(
    """
    parenthesized_expression binary_operator comparison_operator boolean_operator not_operator
    unary_operator subscript attribute tuple list expression_list
    """.split()
)


class Comprehension(NamedTuple):
    """A comprehension or generator expression.

    Attributes:
        node: all of it.
        elements: what it yields; the key and the value of a dictionary's.
        clauses: its ``for_in_clause`` and ``if_clause`` nodes.
        variables: what its clauses bind.
    """

    node: Node
    elements: tuple[Node, ...]
    clauses: tuple[Node, ...]
    variables: tuple[Binding, ...]


def read_comprehension(program: AnalysedProgram, node: Node) -> Comprehension | None:
    """The parts of a comprehension; None where a loop in its place may differ.

    So it is where anything inside keeps the comprehension's own scope (a lambda, a generator that
    may be read later), binds or suspends what is outside, or is written to by the loop.
    """
    body, *clauses = operands(node)
    elements = tuple(operands(body)) if body.type == "pair" else (body,)
    variables: dict[int, Binding] = {}
    for clause in clauses:
        if clause.type == "for_in_clause":
            target = clause.child_by_field_name("left")
            if target is None or len(operands(clause)) != 2:
                return None
            for part in descendants(target):
                if part.type not in _TARGETS:
                    return None
                binding = program.binding_of(part) if part.type == "identifier" else None
                if binding is not None:
                    variables[binding.occurrences[0].start] = binding
                elif part.type == "identifier":
                    return None
    for part in descendants(node):
        if part.type in _SCOPED or (part.type == "identifier" and program.text(part) in _SCOPED):
            return None
        if part.type == "generator_expression" and part != node and not _is_read_at_once(part):
            return None
    if any(
        not node.start_byte <= span.start < node.end_byte
        for binding in variables.values()
        for span in binding.occurrences
    ):
        return None
    return Comprehension(node, elements, tuple(clauses), tuple(variables.values()))


def _is_read_at_once(generator: Node) -> bool:
    call = generator.parent
    if call is not None and call.type == "argument_list":
        call = call.parent
    callee = None if call is None else call.child_by_field_name("function")
    if callee is not None and callee.type == "attribute":
        callee = callee.child_by_field_name("attribute")
    return (
        callee is not None and callee.text is not None and callee.text.decode() in _CONSUMED_AT_ONCE
    )


def is_builtin(program: AnalysedProgram, name: Node) -> bool:
    """Whether an identifier means what Python itself defines, unless other modules change that."""
    return (
        name.type == "identifier"
        and program.binding_of(name) is None
        and not program.nodes("wildcard_import")
    )


def is_builtin_name(program: AnalysedProgram, name: str) -> bool:
    """Whether ``name`` would mean what Python itself defines, wherever it is written."""
    return not program.nodes("wildcard_import") and all(
        binding.name != name for binding in program.scopes.bindings
    )


def raises_no_stop(program: AnalysedProgram, comprehension: Comprehension) -> bool:
    """Whether what is evaluated for each element surely raises no StopIteration."""
    first = comprehension.clauses[0].child_by_field_name("right")
    pending = [comprehension.node]
    while pending:
        part = pending.pop()
        if part == first:
            continue
        if part.type == "call" and not _is_plain_call(program, part):
            return False
        pending.extend(part.named_children)
    return True


def _is_plain_call(program: AnalysedProgram, call: Node) -> bool:
    callee = call.child_by_field_name("function")
    if callee is None:
        return False
    if callee.type == "attribute":
        name = callee.child_by_field_name("attribute")
        return name is not None and program.text(name) in _PLAIN_METHODS
    return is_builtin(program, callee) and program.text(callee) in _PLAIN_FUNCTIONS


def collector_of(program: AnalysedProgram, generator: Node) -> Node | None:
    """The call of a built-in function, or of a string's ``join``, whose argument this is."""
    call = generator.parent
    if call is not None and call.type == "argument_list" and call.named_child_count == 1:
        call = call.parent
    callee = None if call is None else call.child_by_field_name("function")
    if call is None or call.type != "call" or callee is None:
        return None
    is_known = is_builtin(program, callee) or _is_join(program, callee)
    return call if is_known and call.child_by_field_name("arguments") is not None else None


def _is_join(program: AnalysedProgram, callee: Node) -> bool:
    separator = callee.child_by_field_name("object")
    name = callee.child_by_field_name("attribute")
    return (
        separator is not None
        and name is not None
        and program.text(name) == "join"
        and separator.type == "string"
        and not any(part.type == "interpolation" for part in separator.named_children)
    )


def collects(program: AnalysedProgram, call: Node) -> bool:
    """Whether a call reads all of a generator before it does anything else."""
    callee = call.child_by_field_name("function")
    return callee is not None and (
        callee.type == "attribute" or program.text(callee) in _COLLECTORS
    )


def led_statement(program: AnalysedProgram, node: Node) -> Node | None:
    """The statement that evaluates ``node`` once, whenever it runs, and before all else."""
    while (parent := node.parent) is not None:
        if parent.type in ("return_statement", "expression_statement"):
            return parent
        if parent.type in ("if_statement", "for_statement"):
            field = "condition" if parent.type == "if_statement" else "right"
            is_async = parent.children[0].type == "async"
            return parent if parent.child_by_field_name(field) == node and not is_async else None
        if not _is_led_by(program, parent, node):
            return None
        node = parent
    return None


def _is_led_by(program: AnalysedProgram, parent: Node, node: Node) -> bool:
    """Whether ``parent`` evaluates ``node`` before anything that matters."""
    if parent.type == "assignment":
        return parent.child_by_field_name("right") == node
    if parent.type == "argument_list":
        return operands(parent)[0] == node
    if parent.type == "call":
        callee = parent.child_by_field_name("function")
        if callee is None or callee == node:
            return callee is not None
        return _is_join(program, callee) or (
            is_builtin(program, callee) and program.text(callee) in _CONSUMERS
        )
    return parent.type in _LED_BY_FIRST and operands(parent)[0] == node
