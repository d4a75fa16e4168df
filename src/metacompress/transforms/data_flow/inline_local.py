"""Put the value of a local in the places that read it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from metacompress.analysis.expressions.effects import (
    is_constant,
    is_quiet,
    operand,
    variables_in,
    written_or_exposed,
)
from metacompress.analysis.expressions.python_reads import is_read, plain_assignment
from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.analysis.macros import find_macros, has_macro
from metacompress.analysis.statements.blocks import blocks, line_of
from metacompress.analysis.statements.declarations import read_declaration
from metacompress.analysis.statements.enclosing import find_functions
from metacompress.analysis.statements.hoisting import is_callee, may_be_constant, may_move, places
from metacompress.analysis.types.declared import declared_type
from metacompress.analysis.types.inference import type_of
from metacompress.analysis.types.scalars import FLOAT, POINTER, STRING, c_type
from metacompress.analysis.variables.dialects import has_old_statements, sees_variables
from metacompress.analysis.variables.exposure import takes_value
from metacompress.lang.edits import Edit, Pieces, Span
from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.scopes import BindingKind
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import (
    COMMENTS,
    called_name,
    descendants,
    is_movable,
    is_short,
    operands,
    padded,
    span_of,
)
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from tree_sitter import Node

    from metacompress.analysis.statements.declarations import Declaration, Declarator
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding
    from metacompress.transforms.naming import FreshNames

# Statements after a declaration, to the last use of the variable, that are looked through.
_FARTHEST = 20
_MOST_USES = 4
_READERS = frozenset(
    """
    binary_expression unary_expression subscript_expression subscript_argument_list array_access
    return_statement if_statement while_statement do_statement for_statement switch_statement
    switch_expression dimensions_expr cast_expression conditional_expression ternary_expression
    """.split()
)
# Of these, an operand needs no parentheses.
_LOOSE = frozenset(
    """
    argument_list assignment_expression init_declarator parenthesized_expression return_statement
    variable_declarator
    """.split()
)
# Methods of the platform whose result is of one primitive type in every class.
_PRIMITIVE_RESULTS = frozenset(
    """
    bitCount booleanValue charAt compareTo contains containsKey currentTimeMillis doubleValue
    endsWith equals getNumericValue hasNext hasNextInt hasNextLine hashCode indexOf intValue
    isDigit isEmpty isLetter lastIndexOf length longValue nanoTime nextBoolean nextDouble nextInt
    nextLong parseDouble parseInt parseLong read size sqrt startsWith
    """.split()
)
# The field that takes a value.
_VALUE_FIELDS = {
    "assignment_expression": "right",
    "init_declarator": "value",
    "variable_declarator": "value",
    "method_invocation": "object",
    "field_access": "object",
}
_UNUSUAL = frozenset({"assert", "va_start", "va_arg", "va_end", "va_copy", "offsetof", "typeof"})


class _Local(NamedTuple):
    """A variable, what it is declared with, and the statements from there to its last use."""

    declared: Node
    declaration: Declaration | None
    binding: Binding
    value: Node
    uses: list[Node]
    path: list[Node]

    @property
    def user(self) -> Node:
        """The last statement that reads the variable."""
        return self.path[-1]


class _Inlining(NamedTuple):
    """How a variable goes.

    Attributes:
        value: what takes its place.
        uses: where it is read.
        removed: its declaration, with what goes with that.
        cast: the type that the value gets; empty where it has that already.
    """

    value: Node
    uses: list[Node]
    removed: Span
    cast: Pieces


class InlineLocal(Transformation[_Inlining]):
    """``int t = b + c; x = a * t;`` becomes ``x = a * (b + c);``.

    Precondition: the variable is read later in the same block, not in an inner function, and is
    never written again. Its value is either quiet, with nothing written on the way that it reads,
    or read once, and evaluated first in the next statement; what is returned at once may be
    anything. A
    value that is not certainly of the variable's type gets a cast. In C++ and Java it is no
    constant expression, of which a compiler may make more than of a variable, and in C++ the place
    takes it by value. In Python it is a constant, or of a type whose objects run no code at the end
    of their lives.
    """

    name: ClassVar[str] = "inline-local"
    level: ClassVar[Level] = Level.DATA_FLOW
    languages: ClassVar[frozenset[Language]] = C_JAVA_PYTHON
    may_drop: ClassVar[bool] = True

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Inlining]]:
        """See Transformation."""
        if sees_variables(program) or has_old_statements(program):
            return
        found = []
        for statements in blocks(program):
            for local in _locals(program, statements):
                if _may_inline(program, local):
                    removed = line_of(program.source, _whole(program, local.declared))
                    span = Span(removed.start, local.uses[-1].end_byte)
                    cast = _cast(program, local)
                    found.append(Site(span, _Inlining(local.value, local.uses, removed, cast)))
        yield from sorted(found, key=lambda site: site.span)

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Inlining], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        value, uses, removed, cast = site.target
        edits = [Edit(removed.start, removed.end, "")]
        for use in uses:
            span = span_of(use)
            pieces = operand(value)
            if cast:
                pieces = ("(", *cast, ") ", *pieces)
                if use.parent is not None and use.parent.type not in _LOOSE:
                    pieces = ("(", *pieces, ")")
            edits.append(Edit(*span, padded(program.source, span, pieces)))
        return edits


def _whole(program: AnalysedProgram, statement: Node) -> Span:
    """A statement with the semicolon that follows it in Python."""
    start, end = span_of(statement)
    if program.language is Language.PYTHON:
        rest = program.source[end : end + 80]
        blank = len(rest) - len(rest.lstrip(b" \t"))
        if rest[blank : blank + 1] == b";":
            return Span(start, end + blank + 1)
    return Span(start, end)


def _locals(program: AnalysedProgram, statements: list[Node]) -> Iterator[_Local]:
    starts = [statement.start_byte for statement in statements]
    for number, statement in enumerate(statements):
        if program.language is Language.PYTHON:
            declaration, declared = None, _assigned(statement)
        else:
            declaration, declared = _declared(program, statement)
        if declared is None:
            continue
        name, value = declared
        binding = program.binding_of(name)
        if (
            binding is None
            or binding.kind is not BindingKind.LOCAL
            or binding.fixed is not None
            or not 1 < len(binding.occurrences) <= _MOST_USES + 1
            or binding.occurrences[0] != span_of(name)
            or not is_short(value)
        ):
            continue
        last = bisect_right(starts, binding.occurrences[-1].start) - 1
        if not number < last <= number + _FARTHEST:
            continue
        root = program.parsed.root
        found = (root.descendant_for_byte_range(*span) for span in binding.occurrences[1:])
        uses = [use for use in found if use is not None and use.type == "identifier"]
        path = [one for one in statements[number + 1 : last + 1] if one.type not in COMMENTS]
        if (
            path
            and len(uses) == len(binding.occurrences) - 1
            and path[0].start_byte <= uses[0].start_byte
            and uses[-1].end_byte <= path[-1].end_byte
        ):
            yield _Local(statement, declaration, binding, value, uses, path)


def _assigned(statement: Node) -> tuple[Node, Node] | None:
    """The variable and the value of an assignment of Python."""
    found = plain_assignment(statement)
    if found is None or statement.type != "expression_statement" or not is_movable(statement):
        return None
    left, right = found
    return found if left.type == "identifier" and right.type != "assignment" else None


def _declared(
    program: AnalysedProgram, statement: Node
) -> tuple[Declaration | None, tuple[Node, Node] | None]:
    """The declaration of a single variable, its name and its value."""
    nothing = None, None
    if statement.type not in ("declaration", "local_variable_declaration"):
        return nothing
    declaration = read_declaration(program, statement)
    if declaration is None or len(declaration.declarators) != 1:
        return nothing
    (only,) = declaration.declarators
    if only.value is None or only.value.type in _NO_VALUES:
        return nothing
    text = program.text(declaration.type)
    if program.language is Language.JAVA:
        is_plain = declaration.words <= {"final"} and text != "var" and "<" not in text
        shapes = only.shapes
    else:
        is_plain = declaration.words <= {"const"} and (bool(only.shapes) or not declaration.words)
        is_plain &= program.language is Language.C or not declaration.words
        shapes = tuple(shape for shape in only.shapes if shape != "pointer_declarator")
        if only.shapes:
            is_plain &= program.language is Language.C and _has_plain_stars(program, only)
        else:
            is_plain &= c_type(text) is not None
    return (declaration, (only.name, only.value)) if is_plain and not shapes else nothing


_NO_VALUES = frozenset(
    """
    initializer_list array_initializer lambda_expression method_reference switch_expression
    """.split()
)


def _has_plain_stars(program: AnalysedProgram, declarator: Declarator) -> bool:
    stars = program.source[declarator.node.start_byte : declarator.name.start_byte]
    return not stars.strip(b"* \t")


def _cast(program: AnalysedProgram, local: _Local) -> Pieces:
    """What makes the value certainly one of the variable's type; empty if it is one."""
    declaration = local.declaration
    if declaration is None or _is_returned_at_once(program, local):
        return ()
    kind = declared_type(program, local.binding)
    if (
        kind is not None
        and kind == type_of(program, local.value)
        # A pointer may have another type, and a float more precision.
        and (kind.kind not in (POINTER, FLOAT) or program.language is Language.JAVA)
    ):
        return ()
    if program.language is Language.JAVA:
        created = local.value.type == "object_creation_expression"
        made = local.value.child_by_field_name("type") if created else None
        is_made = made is not None and program.text(made) == program.text(declaration.type)
        return () if is_made else (span_of(declaration.type),)
    stars = "*" * len(declaration.declarators[0].shapes)
    return (declaration.head, *((f" {stars}",) if stars else ()))


def _may_inline(program: AnalysedProgram, local: _Local) -> bool:
    value, functions = local.value, program.fact(find_functions)
    home = functions.innermost(local.declared.start_byte)
    if any(functions.innermost(use.start_byte) != home for use in local.uses):
        return False
    if _is_returned_at_once(program, local):
        return True
    if program.language is Language.PYTHON:
        if not all(_is_read_in_python(use, value) for use in local.uses):
            return False
        if is_constant(value):
            return True
    else:
        if program.language is not Language.C and may_be_constant(program, value):
            return False
        if has_macro(program, value) or not _keeps_its_type(program, local):
            return False
        if not all(_takes_any_value(program, use) for use in local.uses):
            return False
        if is_quiet(program, value):
            return _is_unchanged(program, local)
    if len(local.path) > 1 or len(local.uses) > 1:
        return False
    return any(
        place.node == local.uses[0] and may_move(program, place, value)
        for place in places(program, local.user)
    )


def _keeps_its_type(program: AnalysedProgram, local: _Local) -> bool:
    """Whether the value has the same type in a cast as where it initialises the variable."""
    declared = declared_type(program, local.binding)
    if (
        program.language is not Language.JAVA
        or declared is None
        or declared.kind == STRING
        or type_of(program, local.value) is not None
    ):
        return True
    for part in descendants(local.value):
        if part.type == "method_invocation":
            name = part.child_by_field_name("name")
            if name is None or program.text(name) not in _PRIMITIVE_RESULTS:
                return False
    return True


def _is_returned_at_once(program: AnalysedProgram, local: _Local) -> bool:
    user, value = local.user, local.value
    if len(local.path) > 1 or user.type != "return_statement" or operands(user) != local.uses:
        return False
    if program.language is Language.PYTHON:
        return True
    function = program.fact(find_functions).innermost(user.start_byte)
    declared, returned = (
        None if node is None else node.child_by_field_name("type")
        for node in (local.declared, function)
    )
    if function is None or declared is None or returned is None or has_macro(program, value):
        return False
    text = program.text(declared)
    if text != program.text(returned):
        return False
    if program.language is Language.JAVA:
        return (
            function.type == "method_declaration"
            and function.child_by_field_name("dimensions") is None
        )
    declarator = function.child_by_field_name("declarator")
    kind = c_type(text)
    return (
        declarator is not None
        and declarator.type == "function_declarator"
        and local.declaration is not None
        and not local.declaration.declarators[0].shapes
        and kind is not None
        and kind.kind != FLOAT
    )


def _is_read_in_python(use: Node, value: Node) -> bool:
    parent = use.parent
    is_owner = parent is not None and parent.type == "attribute" and not is_constant(value)
    return (
        parent is not None
        and (is_read(use) or is_owner)
        # A constant there would be a docstring, a syntax error or a warning.
        and parent.type not in ("expression_statement", "interpolation")
        and not is_callee(use)
        and not any(child.type in ("is", "is not") for child in parent.children)
    )


def _takes_any_value(program: AnalysedProgram, use: Node) -> bool:
    """Whether an expression may stand for the variable in this place."""
    if program.language is Language.CPP and not takes_value(program, use):
        return False
    if program.fact(UnseenCalls).may_assign(use):
        return False
    node, parent = use, use.parent
    while parent is not None and parent.type in ("parenthesized_expression", "condition_clause"):
        node, parent = parent, parent.parent
    if parent is None:
        return False
    if parent.type == "argument_list":
        return _is_plain_argument(program, parent)
    if parent.type in _VALUE_FIELDS:
        return parent.child_by_field_name(_VALUE_FIELDS[parent.type]) == node
    if parent.type == "field_expression" and program.language is Language.C:
        return parent.child_by_field_name("argument") == node
    if parent.type == "pointer_expression":
        return parent.children[0].type == "*"
    return parent.type in _READERS


def _is_plain_argument(program: AnalysedProgram, arguments: Node) -> bool:
    """Whether what is called takes any expression for an argument: no macro may be."""
    call = arguments.parent
    if call is None or call.type in ("method_invocation", "object_creation_expression"):
        return call is not None
    callee = called_name(call)
    if call.type != "call_expression" or callee is None:
        return False
    name = program.text(callee)
    return (
        name not in program.fact(find_macros)
        and name not in _UNUSUAL
        and not name.startswith("__builtin")
        and not may_use_argument_names(name)
        and not has_macro(program, callee)
    )


def _is_unchanged(program: AnalysedProgram, local: _Local) -> bool:
    """Whether what the value reads is the same at the use, and is still called the same."""
    reads = variables_in(program, local.value)
    names = {program.text(part) for part in descendants(local.value) if part.type == "identifier"}
    for statement in local.path:
        for part in descendants(statement):
            if part.type == "labeled_statement" or part.type.startswith("preproc"):
                return False
            if part.type == "case_statement" and not _is_in_switch(part):
                return False
            if part.type == "identifier" and program.text(part) in names:
                binding = program.binding_of(part)
                if binding is not None and binding.occurrences[0] not in reads:
                    return False
        if has_macro(program, statement):
            return False
        for part in _running_before(statement, local):
            if reads & written_or_exposed(program, part):
                return False
    return True


def _is_in_switch(case: Node) -> bool:
    """Whether a label stands directly in a ``switch``, so that nothing jumps further in."""
    body = case.parent
    owner = None if body is None else body.parent
    return owner is not None and owner.type == "switch_statement"


def _running_before(statement: Node, local: _Local) -> list[Node]:
    """The parts of a statement that may run before the variable is read."""
    inner = operands(statement)
    if (
        statement == local.user
        and statement.type == "expression_statement"
        and inner[0].type == "assignment_expression"
    ):
        # The assignment itself comes last.
        return operands(inner[0])
    return [statement]
