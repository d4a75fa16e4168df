"""Which constructs a program has."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from metacompress.analysis.recursion import has_recursion
from metacompress.lang.language import Language
from metacompress.lang.misread_casts import is_misread
from metacompress.lang.syntax import COMMENTS, FUNCTIONS, LOOPS, SWITCHES, descendants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.program import AnalysedProgram


class Construct(StrEnum):
    """A construct of a language with a front end; most of them are not in all."""

    LOOPS = "loops"
    NESTED_LOOPS = "nested loops"
    BRANCHES = "branches"
    CONDITIONALS = "conditional expressions"
    SWITCHES = "switch"
    GOTO = "goto"
    RECURSION = "recursion"
    EXCEPTIONS = "exceptions"
    CALLS = "calls"
    SEVERAL_RETURNS = "several returns"
    SEVERAL_FUNCTIONS = "several functions"
    POINTERS = "pointers"
    ARRAYS = "arrays"
    MEMBERS = "members"
    CASTS = "casts"
    BIT_OPERATIONS = "bit operations"
    STRINGS = "strings"
    LAMBDAS = "lambdas"
    CLASSES = "classes"
    GENERICS = "generics"
    ANNOTATIONS = "annotations"
    COMPREHENSIONS = "comprehensions"
    GENERATORS = "generators"
    RESOURCES = "resource blocks"
    DIRECTIVES = "directives"
    COMMENTS = "comments"
    SYNTAX_ERRORS = "syntax errors"


_TYPES = {
    Construct.LOOPS: LOOPS,
    Construct.BRANCHES: {"if_statement"},
    Construct.CONDITIONALS: {"conditional_expression", "ternary_expression"},
    Construct.SWITCHES: SWITCHES | {"match_statement"},
    Construct.GOTO: {"goto_statement"},
    Construct.EXCEPTIONS: set(
        """
        try_statement try_with_resources_statement seh_try_statement throw_statement
        raise_statement
        """.split()
    ),
    Construct.CALLS: set(
        "call_expression call method_invocation object_creation_expression new_expression".split()
    ),
    Construct.POINTERS: set(
        "pointer_declarator abstract_pointer_declarator pointer_expression pointer_type".split()
    ),
    Construct.ARRAYS: set(
        """
        array_declarator abstract_array_declarator subscript_expression array_type array_access
        array_creation_expression subscript index_expression slice_expression slice_type
        implicit_length_array_type
        """.split()
    ),
    Construct.CASTS: {"type_assertion_expression", "as_expression", "type_assertion"},
    Construct.MEMBERS: set(
        """
        field_expression field_access attribute member_expression selector_expression
        """.split()
    ),
    Construct.STRINGS: set(
        """
        string_literal raw_string_literal string template_string interpreted_string_literal
        """.split()
    ),
    Construct.LAMBDAS: set(
        """
        lambda_expression method_reference lambda arrow_function function_expression
        generator_function func_literal
        """.split()
    ),
    Construct.CLASSES: set(
        """
        class_specifier class_declaration interface_declaration enum_declaration record_declaration
        annotation_type_declaration class_definition struct_type interface_type
        """.split()
    ),
    Construct.GENERICS: set(
        """
        template_declaration template_type generic_type type_parameters type_parameter_list
        """.split()
    ),
    Construct.ANNOTATIONS: {"annotation", "marker_annotation", "decorator"},
    Construct.COMPREHENSIONS: set(
        """
        list_comprehension set_comprehension dictionary_comprehension generator_expression
        """.split()
    ),
    Construct.GENERATORS: {"yield", "co_yield_statement", "yield_expression"},
    Construct.RESOURCES: {"with_statement", "try_with_resources_statement", "defer_statement"},
    Construct.DIRECTIVES: set(
        """
        preproc_include preproc_def preproc_function_def preproc_call preproc_if preproc_ifdef
        """.split()
    ),
    Construct.COMMENTS: COMMENTS,
}
_OF_TYPE: dict[str, list[Construct]] = {}
for _construct, _types in _TYPES.items():
    for _type in _types:
        _OF_TYPE.setdefault(_type, []).append(_construct)

_DEFINITIONS = frozenset(
    """
    function_definition method_declaration constructor_declaration function_declaration
    generator_function_declaration method_definition
    """.split()
)
_STRUCTURES = frozenset({"struct_specifier", "union_specifier"})
_OPERATIONS = frozenset(
    """
    binary_expression unary_expression assignment_expression binary_operator unary_operator
    augmented_assignment augmented_assignment_expression assignment_statement
    """.split()
)
_BIT_OPERATORS = frozenset("& | ^ ~ &^ &= |= ^= &^= << >> >>> <<= >>= >>>=".split())
_STREAMS = frozenset({"<<", ">>"})
_NAMED_CASTS = frozenset({b"static_cast", b"dynamic_cast", b"const_cast", b"reinterpret_cast"})
_IMPORTS = frozenset({"preproc_include", "import_spec"})
_MADE_OF_PARTS = _STRUCTURES | _OPERATIONS | {"class", "field_expression", "template_function"}
_LOOKED_AT = frozenset(_OF_TYPE).union(
    LOOPS, FUNCTIONS, _IMPORTS, _MADE_OF_PARTS, {"return_statement", "cast_expression"}
)


def find_constructs(program: AnalysedProgram) -> frozenset[Construct]:
    """The constructs of a program, as far as its syntax tree shows them.

    What stands near a syntax error counts, too: a loop with an unknown macro in it is a loop.

    Raises:
        ProgramError: the program cannot be analysed.
    """
    found: set[Construct] = set()
    casts: list[Node] = []
    returns = definitions = imports_end = 0
    # The ends of the loops and functions around, with the number of loops around in the function.
    open_until: list[tuple[int, int]] = []
    for node in descendants(program.parsed.root):
        kind = node.type
        # The name of a header or package is not a string of the program.
        if kind not in _LOOKED_AT or node.start_byte < imports_end:
            continue
        found.update(_OF_TYPE.get(kind, ()))
        if kind in LOOPS:
            while open_until and open_until[-1][0] <= node.start_byte:
                open_until.pop()
            loops = 1 + (open_until[-1][1] if open_until else 0)
            open_until.append((node.end_byte, loops))
            if loops > 1:
                found.add(Construct.NESTED_LOOPS)
        elif kind in FUNCTIONS:
            open_until.append((node.end_byte, 0))
            definitions += kind in _DEFINITIONS
        elif kind == "return_statement":
            returns += 1
        elif kind == "cast_expression":
            casts.append(node)
        elif kind in _IMPORTS:
            imports_end = node.end_byte
        elif kind in _MADE_OF_PARTS:
            found.update(_by_parts(node, program.language))
    whole = {
        Construct.SEVERAL_RETURNS: returns > 1,
        Construct.SEVERAL_FUNCTIONS: definitions > 1,
        Construct.SYNTAX_ERRORS: program.parsed.root.has_error,
        Construct.CASTS: any(
            not is_misread(program.parsed, cast, program.binding_of) for cast in casts
        ),
        Construct.RECURSION: has_recursion(program),
    }
    return frozenset(found.union(construct for construct, holds in whole.items() if holds))


def _by_parts(node: Node, language: Language) -> Iterator[Construct]:
    """The constructs that a node is by what it is made of."""
    kind = node.type
    if kind in _STRUCTURES:
        if node.child_by_field_name("body") is not None:
            yield Construct.CLASSES
    elif kind == "class" and node.is_named:  # an expression of JavaScript, elsewhere the keyword
        yield Construct.CLASSES
    elif kind == "field_expression":
        operator = node.child_by_field_name("operator")
        if operator is not None and operator.type == "->":
            yield Construct.POINTERS
    elif kind == "template_function":
        name = node.child_by_field_name("name")
        if name is not None and name.text in _NAMED_CASTS:
            yield Construct.CASTS
    elif kind in _OPERATIONS:
        operator = node.child_by_field_name("operator")
        written = None if operator is None else operator.type
        if language is Language.GO and kind == "unary_expression" and written in ("&", "*"):
            yield Construct.POINTERS
            return
        # In C++ these write to a stream as often as they shift.
        if written in _BIT_OPERATORS and not (language is Language.CPP and written in _STREAMS):
            yield Construct.BIT_OPERATIONS
