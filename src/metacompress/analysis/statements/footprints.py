"""What a simple statement reads and writes, and whether two can run in the other order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metacompress.analysis.expressions.effects import is_constant, is_quiet
from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.analysis.macros import find_macros, is_macro_like, number_in
from metacompress.analysis.statements.declarations import read_declaration
from metacompress.analysis.statements.enclosing import find_functions, find_watches
from metacompress.analysis.types.declared import VARIABLES, declared_type, is_volatile
from metacompress.analysis.types.inference import operator_of, type_of
from metacompress.analysis.types.scalars import STRING, c_type
from metacompress.analysis.variables.exposure import find_exposed
from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import called_name, descendants, is_movable, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram


@dataclass
class Footprint:
    """What running a statement may touch.

    Attributes:
        reads: first occurrences of the variables that it names and reads.
        writes: those that it declares or assigns.
        names: every name in it.
        declared: the names that it declares.
        reads_memory: it reads through a pointer, a field, an element or an unseen name.
        writes_memory: it writes there.
        is_open: it runs code that is out of sight.
        may_fail: it may throw, or is undefined for some values.
        computes: it does arithmetic, which may overflow.
    """

    reads: set[Span] = field(default_factory=set)
    writes: set[Span] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    reads_memory: bool = False
    writes_memory: bool = False
    is_open: bool = False
    may_fail: bool = False
    computes: bool = False


def may_swap(
    program: AnalysedProgram, first: Node, second: Node, one: Footprint, other: Footprint
) -> bool:
    """Whether two neighbouring statements, of these footprints, can run in the other order."""
    is_watched = _is_watched(program, first)
    return _may_pass(program, one, other, is_watched) and _may_pass(program, other, one, is_watched)


def _may_pass(program: AnalysedProgram, one: Footprint, other: Footprint, is_watched: bool) -> bool:
    touched = other.reads | other.writes
    if one.declared & other.names or one.writes & touched:
        return False
    touches_memory = other.reads_memory or other.writes_memory
    is_exposed = not touched.isdisjoint(program.fact(find_exposed))
    if one.writes_memory and (touches_memory or is_exposed):
        return False
    if one.reads_memory and not other.writes.isdisjoint(program.fact(find_exposed)):
        return False
    is_c = program.language in C_FAMILY
    if one.is_open and (
        other.is_open
        or touches_memory
        or is_exposed
        or other.may_fail
        # The code may never return, and so keep an overflow from happening.
        or (is_c and other.computes)
    ):
        return False
    # A failure is undefined in C, but an exception shows what was done before it.
    if one.may_fail and not is_c:
        if other.may_fail or other.writes_memory:
            return False
        if not other.writes.isdisjoint(program.fact(find_exposed)):
            return False
    return not (is_watched and other.writes and (one.is_open or one.may_fail))


def _is_watched(program: AnalysedProgram, node: Node) -> bool:
    """Whether the function goes on after a failure of ``node``, and its variables may be read."""
    if program.language is Language.C:
        return not program.scopes.names.isdisjoint(_RESUMING)
    function = program.fact(find_functions).innermost(node.start_byte)
    watch = program.fact(find_watches).innermost(node.start_byte)
    return watch is not None and (function is None or function.start_byte < watch.start_byte)


_RESUMING = frozenset("setjmp _setjmp sigsetjmp __builtin_setjmp vfork getcontext".split())


_SIMPLE = frozenset("declaration local_variable_declaration expression_statement".split())


def footprint(program: AnalysedProgram, statement: Node) -> Footprint | None:
    """What a declaration, an assignment or a call touches; None where that is not understood."""
    if statement.type not in _SIMPLE or not is_movable(statement):
        return None
    if program.language is Language.PYTHON:
        return _python_footprint(program, statement)
    found = Footprint()
    if statement.type in ("declaration", "local_variable_declaration"):
        if not _note_declaration(program, statement, found):
            return None
    elif any(part.type not in _STATEMENTS for part in operands(statement)):
        return None
    return found if all(_note(program, part, found) for part in descendants(statement)) else None


def _note(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    """Add what this node itself touches; False where that is not understood."""
    if node.type == "type_identifier":
        found.names.add(program.text(node))
    if not node.is_named or node.type in _NEUTRAL:
        return True
    note = _note_java if program.language is Language.JAVA else _note_c
    return note(program, node, found)


_STATEMENTS = frozenset(
    "assignment_expression update_expression call_expression method_invocation".split()
)


def _note_declaration(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    declaration = read_declaration(program, node)
    if declaration is None or not declaration.words <= {"const", "register", "final"}:
        return False
    is_scalar = c_type(program.text(declaration.type)) is not None
    for one in declaration.declarators:
        binding = program.binding_of(one.name)
        if binding is None:
            return False
        found.declared.add(program.text(one.name))
        found.writes.add(binding.occurrences[0])
        if program.language is Language.JAVA:
            known = declared_type(program, binding)
            is_primitive = known is not None and known.kind != STRING
            if is_primitive and one.value is not None and not type_of(program, one.value):
                found.may_fail = True
            continue
        if "reference_declarator" in one.shapes or (one.is_initialised and one.value is None):
            return False
        if program.language is Language.CPP:
            if not (is_scalar or one.shapes[:1] == ("pointer_declarator",)):
                return False
            if one.value is not None and type_of(program, one.value) is None:
                found.is_open = True
    return True


# What touches nothing itself; its parts are looked at on their own.
_NEUTRAL = frozenset(
    """
    expression_statement parenthesized_expression argument_list declaration init_declarator
    local_variable_declaration variable_declarator initializer_list array_initializer
    subscript_argument_list pointer_declarator primitive_type sized_type_specifier type_identifier
    struct_specifier union_specifier enum_specifier type_qualifier storage_class_specifier
    type_descriptor abstract_pointer_declarator integral_type floating_point_type boolean_type
    array_type generic_type type_arguments scoped_type_identifier dimensions modifiers
    number_literal char_literal string_literal string_content escape_sequence character
    concatenated_string true false null nullptr null_literal decimal_integer_literal
    hex_integer_literal octal_integer_literal binary_integer_literal
    decimal_floating_point_literal hex_floating_point_literal character_literal string_fragment
    sizeof_expression field_identifier this
    """.split()
)
_OPERATORS = frozenset(
    "binary_expression unary_expression conditional_expression cast_expression".split()
)


def _note_name(program: AnalysedProgram, node: Node, found: Footprint) -> None:
    name = program.text(node)
    found.names.add(name)
    binding = program.binding_of(node)
    if binding is not None:
        if binding.kind in VARIABLES or binding.kind is BindingKind.MODULE_VARIABLE:
            found.reads.add(binding.occurrences[0])
            if is_volatile(program, binding):
                found.is_open = found.reads_memory = found.writes_memory = True
            # In C++ the variable may be a reference.
            if program.language is Language.CPP and declared_type(program, binding) is None:
                found.reads_memory = True
    elif number_in(program.fact(find_macros).get(name)) is None:
        parent = node.parent
        is_callee = parent is not None and parent.type in ("call_expression", "method_invocation")
        found.reads_memory |= not is_callee


def _note_write(program: AnalysedProgram, target: Node, found: Footprint) -> None:
    inner: Node | None = target
    while inner is not None and inner.type == "parenthesized_expression":
        inner = operands(inner)[0] if operands(inner) else None
    if inner is None or inner.type != "identifier":
        found.writes_memory = True
        # A field or an element may be a part of a variable.
        while inner is not None and inner.type != "identifier":
            inner = inner.child_by_field_name("argument")
    if inner is None or inner.type != "identifier":
        return
    binding = program.binding_of(inner)
    if binding is None:
        found.writes_memory = True
        return
    found.writes.add(binding.occurrences[0])
    if program.language is Language.CPP and declared_type(program, binding) is None:
        found.writes_memory = True


def _note_c(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    kind = node.type
    is_cpp = program.language is Language.CPP
    if kind == "identifier":
        if is_macro_like(program, node):
            return False
        _note_name(program, node, found)
    elif kind in _OPERATORS:
        found.is_open |= is_cpp and type_of(program, node) is None
        found.computes |= kind in ("binary_expression", "unary_expression")
        if operator_of(program, node) in ("/", "%"):
            right = node.child_by_field_name("right")
            found.may_fail |= right is None or not is_constant(right)
    elif kind in ("assignment_expression", "update_expression"):
        target = node.child_by_field_name("left") or node.child_by_field_name("argument")
        if target is None:
            return False
        _note_write(program, target, found)
        found.is_open |= is_cpp and type_of(program, target) is None
        value = node.child_by_field_name("right")
        found.is_open |= is_cpp and value is not None and type_of(program, value) is None
        if operator_of(program, node) != "=":
            found.computes = True
            found.may_fail |= operator_of(program, node) in ("/=", "%=")
    elif kind in ("subscript_expression", "pointer_expression", "field_expression"):
        found.reads_memory = found.may_fail = True
        is_member = kind == "field_expression"
        found.is_open |= is_cpp and not is_member and type_of(program, node) is None
        found.is_open |= is_cpp and is_member and operator_of(program, node) != "."
    elif kind == "array_declarator":
        size = node.child_by_field_name("size")
        return size is None or is_constant(size) or _is_number_macro(program, size)
    elif kind == "call_expression":
        return _note_call(program, node, found)
    else:
        return False
    return True


def _is_number_macro(program: AnalysedProgram, node: Node) -> bool:
    return (
        node.type == "identifier"
        and number_in(program.fact(find_macros).get(program.text(node))) is not None
    )


def _note_call(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    callee = called_name(node)
    if callee is None or node.child_by_field_name("arguments") is None:
        return False
    name = program.text(callee)
    if name in program.fact(find_macros) or name in _UNUSUAL or may_use_argument_names(name):
        return False
    found.is_open = True
    found.writes |= program.fact(UnseenCalls).written(node)
    return True


_UNUSUAL = _RESUMING | frozenset(
    "assert va_start va_arg va_end va_copy longjmp siglongjmp alloca __builtin_alloca".split()
)


def _note_java(program: AnalysedProgram, node: Node, found: Footprint) -> bool:
    kind = node.type
    if kind == "identifier":
        parent = node.parent
        is_member = parent is not None and node in (
            parent.child_by_field_name("field"),
            parent.child_by_field_name("name") if parent.type == "method_invocation" else None,
        )
        if not is_member:
            _note_name(program, node, found)
    elif kind in ("binary_expression", "unary_expression", "ternary_expression"):
        # Joining strings calls toString, unboxing may fail.
        found.is_open |= type_of(program, node) is None
        if operator_of(program, node) in ("/", "%"):
            found.may_fail = True
        if operator_of(program, node) in ("==", "!=", "&&", "||", "!"):
            sides = operands(node)
            found.may_fail |= any(type_of(program, side) is None for side in sides)
    elif kind in ("assignment_expression", "update_expression"):
        target = node.child_by_field_name("left") or operands(node)[0]
        _note_write(program, target, found)
        value = node.child_by_field_name("right")
        is_known = value is None or type_of(program, value) is not None
        if operator_of(program, node) != "=" or value is None:
            found.is_open |= type_of(program, target) is None or not is_known
            found.may_fail |= operator_of(program, node) in ("/=", "%=")
        # Unboxing a null fails, and so may a store to an array.
        found.may_fail |= not is_known
    elif kind == "array_access":
        found.reads_memory = found.may_fail = True
    elif kind == "field_access":
        owner = node.child_by_field_name("object")
        found.reads_memory = True
        if owner is None or owner.type != "this":
            found.may_fail = True
            is_variable = owner is not None and program.binding_of(owner) is not None
            # Reading a static field may initialise its class.
            found.is_open |= not is_variable
    elif kind == "cast_expression":
        found.may_fail |= type_of(program, operands(node)[-1]) is None
    elif kind in ("method_invocation", "object_creation_expression"):
        found.is_open = True
        return all(child.type != "class_body" for child in node.children)
    elif kind == "dimensions_expr":
        found.may_fail |= not is_constant(operands(node)[0])
    else:
        return kind == "array_creation_expression"
    return True


def _python_footprint(program: AnalysedProgram, statement: Node) -> Footprint | None:
    parts = operands(statement)
    if statement.type != "expression_statement" or len(parts) != 1:
        return None
    (whole,) = parts
    if whole.type not in ("assignment", "augmented_assignment", "call"):
        return None
    found = Footprint()
    target = whole.child_by_field_name("left")
    value = whole if target is None else whole.child_by_field_name("right")
    if value is None or whole.child_by_field_name("type") is not None:
        return None
    for part in descendants(whole):
        if part.type in _PYTHON_UNUSUAL:
            return None
        if part.type == "identifier":
            found.names.add(program.text(part))
            binding = program.binding_of(part)
            if binding is not None and part != target:
                found.reads.add(binding.occurrences[0])
    if target is not None and target.type == "identifier":
        binding = program.binding_of(target)
        if binding is None:
            return None
        found.writes.add(binding.occurrences[0])
        if whole.type == "augmented_assignment":
            found.reads.add(binding.occurrences[0])
    elif target is not None:
        found.is_open = True
    if whole.type != "assignment" or not _is_harmless(program, value):
        found.is_open = found.may_fail = True
    return found


def _is_harmless(program: AnalysedProgram, value: Node) -> bool:
    """Whether a value of Python is quiet, or a new container of what is quiet."""
    if value.type in ("list", "tuple"):
        return all(is_quiet(program, item) for item in operands(value))
    if value.type == "dictionary":
        return all(
            pair.type == "pair"
            and is_constant(pair.named_children[0])
            and is_quiet(program, pair.named_children[-1])
            for pair in operands(value)
        )
    return is_quiet(program, value)


_PYTHON_UNUSUAL = frozenset(
    "named_expression yield await assignment_expression pattern_list".split()
)
