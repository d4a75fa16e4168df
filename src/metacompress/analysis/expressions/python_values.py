"""Python expressions that certainly have a value of a built-in scalar type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.analysis.types.inference import operator_of
from metacompress.analysis.types.scalars import BOOL, FLOAT, INTEGER, NUMBERS, STRING
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.syntax import operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.program import AnalysedProgram

# A variable of which no assignment has been seen yet.
_ANY = "any"
# Bytes: longer expressions are not looked into.
_LONGEST = 300
# Where a name is read; elsewhere it may be written in a way that is not followed.
_READERS = frozenset(
    """
    binary_operator comparison_operator boolean_operator not_operator unary_operator argument_list
    subscript slice attribute call return_statement expression_statement expression_list tuple list
    set pair if_statement elif_clause while_statement conditional_expression list_splat
    keyword_argument list_comprehension generator_expression set_comprehension if_clause
    interpolation assert_statement yield lambda nonlocal_statement raise_statement
    """.split()
)
_RETURNED = {"int": INTEGER, "len": INTEGER, "ord": INTEGER, "float": FLOAT}


class PythonValues:
    """The kinds of values that expressions and local variables have whenever they are evaluated.

    A variable's kind is known if every assignment to it is, and all are the same. Built-in
    functions count as such unless the program binds their names or imports ``*``.
    """

    def __init__(self, program: AnalysedProgram) -> None:
        self._program = program
        self._variables: dict[Span, str | None] = {}
        self._has_builtins = not program.nodes("wildcard_import")
        if not program.parsed.error_count:
            self._infer()

    def kind(self, node: Node) -> str | None:
        """One of the kinds of ``types``: of exactly this type, no subclass; None if uncertain."""
        found = self._kind(node)
        return None if found == _ANY else found

    def _infer(self) -> None:
        writes: dict[Span, list[tuple[Node, ...] | str | None]] = {}
        for name in self._program.nodes("identifier"):
            binding = self._program.binding_of(name)
            if (
                binding is not None
                and binding.kind is BindingKind.LOCAL
                # A metaclass may keep the names of a class body in what it likes.
                and not self._program.source.startswith(b"class", binding.scope.start)
            ):
                writes.setdefault(binding.occurrences[0], []).extend(self._writes(name))
        self._variables = dict.fromkeys(writes, _ANY)
        # Kinds only ever get less certain, so this ends.
        changed = True
        while changed:
            changed = False
            for variable, values in writes.items():
                kind = _common({self._written(value) for value in values})
                if kind != self._variables[variable]:
                    self._variables[variable] = kind
                    changed = True

    def _written(self, value: tuple[Node, ...] | str | None) -> str | None:
        if not isinstance(value, tuple):
            return value
        if len(value) == 1:
            return self._kind(value[0])
        target, right, statement = value
        operator = operator_of(self._program, statement).removesuffix("=")
        return _computed(operator, self._kind(target), self._kind(right))

    def _writes(self, name: Node) -> Iterator[tuple[Node, ...] | str | None]:
        """The values that this occurrence of a variable gives it; None for an unknown one."""
        parent = name.parent
        if parent is None:
            return
        kind = parent.type
        if kind in _READERS:
            return
        left = parent.child_by_field_name("left")
        if kind == "parenthesized_expression":
            outer = parent.parent
            is_read = outer is not None and outer.child_by_field_name("right") == parent
            if not is_read and (outer is None or outer.type not in _READERS):
                yield None
        elif kind == "assignment":
            if left == name and (value := _assigned(parent)) is not None:
                yield (value,)
        elif kind == "augmented_assignment":
            right = parent.child_by_field_name("right")
            if left == name and right is not None:
                yield name, right, parent
        elif kind in ("for_statement", "for_in_clause"):
            if left == name:
                yield self._iterated(parent, "range")
        elif kind == "pattern_list":
            yield self._unpacked(parent, name)
        else:
            yield None

    def _iterated(self, loop: Node, callee: str) -> str | None:
        right = loop.child_by_field_name("right")
        return INTEGER if right is not None and self._called(right) == callee else None

    def _unpacked(self, targets: Node, name: Node) -> tuple[Node, ...] | str | None:
        statement = targets.parent
        if statement is None:
            return None
        names = operands(targets)
        if statement.type in ("for_statement", "for_in_clause"):
            return self._iterated(statement, "enumerate") if names[0] == name else None
        right = _assigned(statement) if statement.type == "assignment" else None
        if right is None or any(part.type == "list_splat_pattern" for part in names):
            return None
        if right.type in ("expression_list", "tuple"):
            values = operands(right)
            if len(values) == len(names) and all(v.type != "list_splat" for v in values):
                return (values[names.index(name)],)
        elif self._called(right) == "map":
            first = operands(right.children[1])[0]
            is_function = first.type == "identifier" and self._is_builtin(first)
            return _RETURNED.get(self._program.text(first)) if is_function else None
        return None

    def _called(self, node: Node) -> str | None:
        """The name of the built-in function that ``node`` calls with arguments."""
        if node.type != "call":
            return None
        callee, arguments = node.children[0], node.children[1]
        if callee.type != "identifier" or arguments.type != "argument_list":
            return None
        known = self._is_builtin(callee) and operands(arguments)
        return self._program.text(callee) if known else None

    def _is_builtin(self, name: Node) -> bool:
        return self._has_builtins and self._program.binding_of(name) is None

    def _kind(self, node: Node) -> str | None:
        if node.end_byte - node.start_byte > _LONGEST:
            return None
        kind = node.type
        if kind == "identifier":
            binding = self._program.binding_of(node)
            return None if binding is None else self._variables.get(binding.occurrences[0])
        if kind in ("integer", "float"):
            return None if self._program.text(node)[-1] in "jJlL" else kind
        if kind == "string":
            return None if "b" in self._program.text(node.children[0]).lower() else STRING
        if kind in ("true", "false", "not_operator"):
            return BOOL
        parts = operands(node)
        if kind == "parenthesized_expression":
            return self._kind(parts[0]) if len(parts) == 1 else None
        if kind == "unary_operator":
            inner = self._kind(parts[0])
            return INTEGER if inner == BOOL else inner if inner != STRING else None
        if kind == "binary_operator":
            operator = operator_of(self._program, node)
            return _computed(operator, self._kind(parts[0]), self._kind(parts[-1]))
        if kind == "call":
            return self._of_call(node)
        if kind in ("conditional_expression", "comparison_operator", "boolean_operator"):
            return self._of_choice(kind, parts)
        return None

    def _of_choice(self, kind: str, parts: list[Node]) -> str | None:
        chosen = (parts[0], parts[-1]) if kind == "conditional_expression" else parts
        kinds = {self._kind(part) for part in chosen}
        if kind == "comparison_operator":
            return BOOL if None not in kinds else None
        return _common(kinds)

    def _of_call(self, node: Node) -> str | None:
        name = self._called(node)
        if name in ("min", "max", "abs"):
            arguments = operands(node.children[1])
            if len(arguments) < 2 and name != "abs":
                return None
            kind = _common({self._kind(argument) for argument in arguments})
            return kind if kind in (INTEGER, FLOAT, _ANY) else None
        return None if name is None else _RETURNED.get(name)


def _common(kinds: set[str | None]) -> str | None:
    """The kind that all have; one that may still become any goes with every other."""
    known = kinds - {_ANY}
    return known.pop() if len(known) == 1 else None if known else _ANY


def _assigned(statement: Node) -> Node | None:
    """What an assignment assigns; of ``a = b = c``, the last."""
    right = statement.child_by_field_name("right")
    while right is not None and right.type == "assignment":
        right = right.child_by_field_name("right")
    return right


def _computed(operator: str, left: str | None, right: str | None) -> str | None:
    if left is None or right is None:
        return None
    if _ANY in (left, right):
        return _ANY
    if left in NUMBERS and right in NUMBERS:
        if operator in ("+", "-", "*", "//", "%"):
            return FLOAT if FLOAT in (left, right) else INTEGER
        if operator == "/":
            return FLOAT
        if operator in ("&", "|", "^", "<<", ">>") and FLOAT not in (left, right):
            return BOOL if left == right == BOOL and operator in "&|^" else INTEGER
    if operator == "+" and left == right == STRING:
        return STRING
    return STRING if operator == "*" and {left, right} == {STRING, INTEGER} else None
