"""What evaluating an expression can do, as far as a snippet shows it.

Everything is judged on the safe side: a call may do anything, and so may a name that looks like an
unseen macro, a property of Python, or an operator that a class may overload.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.expressions.go_effects import (
    evaluation,
    is_quiet_in_go,
    may_exchange_in_go,
)
from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.analysis.macros import STANDARD_CONSTANTS, find_macros, is_macro_like, number_in
from metacompress.analysis.types.declared import VARIABLES, is_volatile
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import INTEGER
from metacompress.analysis.variables.bound_names import find_bound_names
from metacompress.analysis.variables.exposure import find_exposed
from metacompress.lang.language import Language
from metacompress.lang.syntax import descendants, span_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Pieces, Span
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


WRITES = frozenset(
    """
    assignment_expression update_expression assignment augmented_assignment named_expression
    """.split()
)
_LEAVES = frozenset(
    """
    identifier number_literal char_literal string_literal string_content escape_sequence
    character true false null nullptr decimal_integer_literal hex_integer_literal
    octal_integer_literal binary_integer_literal decimal_floating_point_literal
    hex_floating_point_literal character_literal null_literal string_fragment integer float
    none string string_start string_end this number undefined
    """.split()
)
_ATOMS = _LEAVES | frozenset(
    """
    parenthesized_expression call_expression method_invocation call field_expression
    field_access attribute subscript_expression array_access subscript member_expression
    int_literal float_literal imaginary_literal rune_literal interpreted_string_literal nil iota
    selector_expression index_expression slice_expression type_assertion_expression
    type_conversion_expression
    """.split()
)
_CONSTANTS = _LEAVES - {"identifier", "this"}
_OPERATIONS = frozenset(
    "parenthesized_expression binary_expression unary_expression binary_operator".split()
)


def is_constant(node: Node) -> bool:
    """Whether ``node`` is a literal, perhaps with a sign or in parentheses."""
    while node.type in ("parenthesized_expression", "unary_expression", "unary_operator"):
        inner = [child for child in node.named_children if child.type != "comment"]
        if len(inner) != 1 or (node.children[0].type not in ("(", "-", "+", "~")):
            return False
        node = inner[0]
    if node.type == "string" and any(c.type == "interpolation" for c in node.named_children):
        return False
    return node.type in _CONSTANTS


def is_quiet(program: AnalysedProgram, node: Node) -> bool:
    """Whether evaluating ``node`` changes nothing and cannot fail.

    It reads nothing but literals and non-volatile local variables, and computes with operators
    that cannot trap; Python's operators can always, and so can C++'s on what is no known scalar.
    """
    if program.language is Language.GO:
        return is_quiet_in_go(program, node)
    for part in descendants(node):
        if not part.is_named or part.type in _CONSTANTS:
            continue
        if part.type == "identifier":
            binding = program.binding_of(part)
            if binding is None:
                name = program.text(part)
                if (
                    name not in STANDARD_CONSTANTS
                    and number_in(program.fact(find_macros).get(name)) is None
                ):
                    return False
            elif binding.kind not in VARIABLES or not _is_plain(program, part, binding):
                return False
        elif part.type not in _OPERATIONS or not _cannot_trap(program, part):
            return False
    return True


def _is_plain(program: AnalysedProgram, identifier: Node, binding: Binding) -> bool:
    if program.language is Language.PYTHON:
        return program.fact(find_bound_names).holds(program, identifier)
    return not is_volatile(program, binding)


def _cannot_trap(program: AnalysedProgram, node: Node) -> bool:
    if node.type == "parenthesized_expression":
        return True
    if program.language is Language.PYTHON:
        return is_constant(node)
    if operator_of(program, node) in ("/", "%", "/=", "%="):
        right = node.child_by_field_name("right")
        if right is None or not is_constant(right):
            return False
        # The least integer divided by -1 traps as well.
        text = program.text(right).strip("()")
        return not text.startswith("-") and text.lstrip("0xX_uUlL") != ""
    # Unboxing a null fails, and a class may overload.
    return program.language is Language.C or type_of(program, node) is not None


def has_effects(program: AnalysedProgram, node: Node) -> bool:
    """Whether evaluating ``node`` may change anything; failing is no change."""
    if program.language is Language.GO:
        return evaluation(program, node).calls
    for part in descendants(node):
        if not part.is_named:
            continue
        if part.type in WRITES or part.type in EFFECTFUL:
            return True
        if part.type == "identifier" and is_macro_like(program, part):
            return True
        if program.language is Language.PYTHON and part.type in _PYTHON_HOOKS:
            return True
        if (
            program.language is Language.CPP
            and part.type in ("binary_expression", "unary_expression")
            and type_of(program, part) is None
        ):
            return True
        if part.type == "identifier":
            binding = program.binding_of(part)
            if binding is not None and is_volatile(program, binding):
                return True
    return False


EFFECTFUL = frozenset(
    """
    call_expression method_invocation object_creation_expression array_creation_expression
    new_expression delete_expression throw_expression co_await_expression co_yield_statement
    gnu_asm_expression compound_statement lambda_expression switch_expression call await yield
    explicit_constructor_invocation method_reference generic_expression
    """.split()
)
# Any of these may run a method of a class.
_PYTHON_HOOKS = frozenset(
    """
    attribute subscript binary_operator unary_operator comparison_operator not_operator
    boolean_operator conditional_expression list_comprehension set_comprehension
    dictionary_comprehension generator_expression interpolation list_splat dictionary_splat
    """.split()
)


def may_exchange(program: AnalysedProgram, first: Node, second: Node) -> bool:
    """Whether two expressions can be evaluated in the other order, with the same outcome.

    So it is if one is quiet and reads no variable that the other may write, or if neither changes
    anything and one cannot throw; which null is named by an exception's message does not count.
    """
    if program.language is Language.GO:
        return may_exchange_in_go(program, first, second)
    if is_constant(first) or is_constant(second):
        return True
    for quiet, other in ((first, second), (second, first)):
        if is_quiet(program, quiet) and not (
            variables_in(program, quiet) & written_or_exposed(program, other)
        ):
            return True
    if has_effects(program, first) or has_effects(program, second):
        return False
    return not (_may_throw(program, first) and _may_throw(program, second))


def _may_throw(program: AnalysedProgram, node: Node) -> bool:
    """Whether an expression without effects may throw; what C does of an error is undefined."""
    if program.language is not Language.JAVA:
        return program.language is Language.PYTHON
    return any(
        part.type in ("array_access", "cast_expression", "field_access")
        or (part.type == "binary_expression" and operator_of(program, part) in ("/", "%"))
        for part in descendants(node)
    )


def variables_in(program: AnalysedProgram, node: Node) -> set[Span]:
    """First occurrences of the variables that ``node`` names."""
    found = set()
    for part in descendants(node):
        if part.type == "identifier":
            binding = program.binding_of(part)
            if binding is not None:
                found.add(binding.occurrences[0])
    return found


def written_or_exposed(program: AnalysedProgram, node: Node) -> set[Span]:
    """First occurrences of the variables that ``node`` writes, itself or by code out of sight.

    A call or a write through memory may reach whatever is exposed, and a call that may be one of
    a macro whatever is passed to it (``unseen_calls``).
    """
    written: set[Span] = set()
    reaches_out = False
    for part in descendants(node):
        if part.type in WRITES:
            target = part.child_by_field_name("left") or part.child_by_field_name("argument")
            written |= variables_in(program, target if target is not None else part)
            reaches_out |= target is None or target.type != "identifier"
            reaches_out |= program.language is Language.CPP and type_of(program, part) is None
        elif part.type in EFFECTFUL:
            reaches_out = True
            written |= program.fact(UnseenCalls).written(part)
        elif program.language is Language.CPP and part.type == "binary_expression":
            reaches_out |= type_of(program, part) is None
        elif part.type == "identifier" and is_macro_like(program, part):
            reaches_out = True
    return written | program.fact(find_exposed) if reaches_out else written


def operand(node: Node) -> Pieces:
    """``node`` as an operand of any operator: in parentheses unless it is an atom."""
    if node.type in _ATOMS:
        return (span_of(node),)
    return ("(", span_of(node), ")")


def is_integer(program: AnalysedProgram, node: Node) -> bool:
    """Whether ``node`` is known to be of an integer type."""
    kind = type_of(program, node)
    return kind is not None and kind.kind == INTEGER
