"""Footprints of simple statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.statements.declarations import read_declaration
from metacompress.analysis.statements.footprints import c, java
from metacompress.analysis.statements.footprints.model import Footprint
from metacompress.analysis.statements.footprints.python import python_footprint
from metacompress.analysis.types.declared import declared_type
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import STRING, c_type
from metacompress.lang.language import Language
from metacompress.lang.syntax import descendants, is_movable, operands

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


_SIMPLE = frozenset("declaration local_variable_declaration expression_statement".split())
_STATEMENTS = frozenset(
    "assignment_expression update_expression call_expression method_invocation".split()
)
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
_RULES = {Language.C: c.RULES, Language.CPP: c.RULES, Language.JAVA: java.RULES}


def footprint(program: AnalysedProgram, statement: Node) -> Footprint | None:
    """What a declaration, an assignment or a call touches; None where that is not understood."""
    if statement.type not in _SIMPLE or not is_movable(statement):
        return None
    if program.language is Language.PYTHON:
        return python_footprint(program, statement)
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
    rule = _RULES[program.language].get(node.type)
    return rule is not None and rule(program, node, found)


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
