"""Which variables other code may read or write: by address, by reference, or in a closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.macros import is_macro_like
from metacompress.analysis.types.declared import VARIABLES, declaration_around, declared_type
from metacompress.analysis.types.inference import type_of
from metacompress.lang.language import Language
from metacompress.lang.syntax import called_name, descendants

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes.model import Binding


# Functions that take their arguments by value in every program that does not define them.
_BY_VALUE = frozenset(
    """
    printf putchar abs labs fabs sqrt pow sin cos tan log log10 exp floor ceil exit malloc calloc
    isdigit isalpha isspace isupper islower toupper tolower
    """.split()
)
_HARMLESS_PARENTS = frozenset(
    """
    expression_statement return_statement if_statement while_statement do_statement
    for_statement switch_statement case_statement update_expression cast_expression
    """.split()
)


def find_exposed(program: AnalysedProgram) -> frozenset[Span]:
    """First occurrences of the variables that code out of sight may reach.

    Whatever is no local variable counts as exposed. A local of Java is written by its name alone.
    """
    exposed = {
        binding.occurrences[0]
        for binding in program.scopes.bindings
        if binding.kind not in VARIABLES
    }
    if program.language is Language.JAVA:
        return frozenset(exposed)
    for node in program.nodes("pointer_expression"):
        if node.children[0].type == "&":
            exposed |= _mentioned(program, node)
    for node in program.nodes("lambda_expression", "lambda", "nonlocal_statement"):
        exposed |= _mentioned(program, node)
    if program.language is Language.PYTHON:
        return frozenset(exposed | _shared(program))
    exposed |= _named_by_macros(program)
    exposed.update(
        binding.occurrences[0]
        for binding in program.scopes.bindings
        if not _holds_a_scalar(program, binding)
    )
    for function in program.nodes("function_definition"):
        if function.parent is not None and function.parent.type == "compound_statement":
            exposed |= _mentioned(program, function)
    return frozenset(exposed | _referred_to(program, exposed))


def _named_by_macros(program: AnalysedProgram) -> set[Span]:
    found: set[Span] = set()
    for call in program.nodes("call_expression"):
        callee = call.child_by_field_name("function")
        if callee is not None and is_macro_like(program, callee):
            found |= _mentioned(program, call)
    return found


def _referred_to(program: AnalysedProgram, exposed: set[Span]) -> set[Span]:
    """Variables of C++ beside ``exposed`` that a reference may be made to."""
    found: set[Span] = set()
    for name in program.nodes("identifier") if program.language is Language.CPP else ():
        binding = program.binding_of(name)
        first = None if binding is None else binding.occurrences[0]
        if (
            first is not None
            and first not in exposed
            and first not in found
            and name.start_byte != first.start
            and not takes_value(program, name)
        ):
            found.add(first)
    return found


def _mentioned(program: AnalysedProgram, node: Node) -> set[Span]:
    bindings = (program.binding_of(part) for part in descendants(node) if part.type == "identifier")
    return {binding.occurrences[0] for binding in bindings if binding is not None}


def _shared(program: AnalysedProgram) -> set[Span]:
    """Variables of Python that several functions name, which may run at any time."""
    owner: dict[Span, int] = {}
    shared = set()
    pending = [(program.parsed.root, -1)]
    while pending:
        node, function = pending.pop()
        if node.type in ("function_definition", "lambda", "generator_expression"):
            function = node.start_byte
        if node.type == "identifier" and (binding := program.binding_of(node)) is not None:
            key = binding.occurrences[0]
            if owner.setdefault(key, function) != function:
                shared.add(key)
        pending.extend((child, function) for child in node.children)
    return shared


def _holds_a_scalar(program: AnalysedProgram, binding: Binding) -> bool:
    """Whether a variable of C or C++ is a scalar or a pointer that dies with its block.

    A structure may hold an array, whose name is an address.
    """
    if declared_type(program, binding) is None:
        return False
    node = declaration_around(program, binding, "declaration")
    if node is None:
        return False
    cursor = node.walk()
    more = cursor.goto_first_child()
    while more and (child := cursor.node) is not None:
        # Specifiers come first, and thousands of declarators may follow.
        if child.type.endswith("declarator") or child.type == "identifier":
            break
        if child.type == "storage_class_specifier" and program.text(child) not in (
            "register",
            "auto",
        ):
            return False
        more = cursor.goto_next_sibling()
    return True


def takes_value(program: AnalysedProgram, node: Node) -> bool:
    """Whether this use of a C++ scalar takes its value, or writes it there and then."""
    parent = node.parent
    while parent is not None and parent.type in ("parenthesized_expression", "condition_clause"):
        node, parent = parent, parent.parent
    if parent is None:
        return False
    kind = parent.type
    if kind in _HARMLESS_PARENTS:
        return True
    if kind in ("binary_expression", "unary_expression"):
        return type_of(program, parent) is not None
    if kind == "conditional_expression":
        return parent.child_by_field_name("condition") == node
    if kind == "assignment_expression":
        outer = parent.parent
        return (
            type_of(program, parent) is not None
            and outer is not None
            and (parent.child_by_field_name("right") == node or outer.type in _HARMLESS_PARENTS)
        )
    if kind == "init_declarator":
        declarator = parent.child_by_field_name("declarator")
        return declarator is not None and declarator.type in ("identifier", "pointer_declarator")
    if kind in ("subscript_expression", "subscript_argument_list"):
        return _is_known_array(program, parent)
    if kind == "pointer_expression":
        return type_of(program, node) is not None and parent.children[0].type == "*"
    return kind == "argument_list" and _takes_arguments_by_value(program, parent)


def _is_known_array(program: AnalysedProgram, part: Node) -> bool:
    """Whether what a subscript is about has a type that no class can be."""
    access = part if part.type == "subscript_expression" else part.parent
    base = None if access is None else access.child_by_field_name("argument")
    while base is not None and base.type == "subscript_expression":
        base = base.child_by_field_name("argument")
    return base is not None and type_of(program, base) is not None


def _takes_arguments_by_value(program: AnalysedProgram, arguments: Node) -> bool:
    callee = None if arguments.parent is None else called_name(arguments.parent)
    return (
        callee is not None
        and program.text(callee) in _BY_VALUE
        and program.binding_of(callee) is None
    )
