"""Scope analysis of Python modules and snippets, by the rules of Python 3.11.

This module knows where the grammar puts names; `python_scopes` knows what they refer to, and
`python_doubts` which of them a program may look up by name while it runs.

Always unbound are attributes, the names of keyword arguments and of keyword patterns, parts of
dotted module names, names imported under an alias, and builtins. The pattern ``_`` is a keyword,
not an identifier, and so is ``__future__`` after ``from``. Strings, string annotations among
them, are text: nothing in them is resolved. Type parameters (PEP 695) are not resolved either.

Why a binding is fixed:

- ``annotation``: an annotation of the name is kept as text (PEP 563).
- ``builtin``: a module's name that hides a builtin, which the name means where it is not bound;
  or ``super``.
- ``class-attribute``: bound in a class, or bound in the module and perhaps read from a class.
- ``decorated``: a decorator may look at the function's name or its parameters' names.
- ``dunder``: a name that Python itself may look up.
- ``exported``: a module's name that is in ``__all__`` or is also used as an attribute.
- ``f-string-text``: ``f"{name=}"`` prints the name.
- ``import``: renaming would need an alias.
- ``keyword-argument``: a parameter that a call may name.
- ``mangled``: a private name of a class, which Python changes (reference, 6.2.1).
- ``python-2``: the program has syntax that Python 3.11 does not have.
- ``qualified-name``: a function with a class inside, whose qualified name tells the function's.
- ``reflection``: reached by ``eval``, ``exec``, ``locals``, ``globals``, ``vars``, ``dir``, a
  star import, frames, signatures, ``sys.modules`` or ``__name__``.
- ``syntax-error``: the scope, or a token of the same name, touches a syntax error.
- ``type``: a class, whose name its instances show.
- ``type-parameter``: a token of the name stands among type parameters or where they count.
- ``unicode``: Python normalises the name (NFKC) to another spelling.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from metacompress.lang.edits import Span
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.scopes.python_doubts import ProgramFacts, fix_doubtful
from metacompress.lang.scopes.python_scopes import PythonScope, ScopeKind, resolve_scopes
from metacompress.lang.scopes.symbols import SymbolTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis

# Decorators that look at neither the names of parameters nor, to any effect, the function's.
_HARMLESS_DECORATORS = frozenset(
    {
        "@abc.abstractmethod",
        "@abstractmethod",
        "@cache",
        "@classmethod",
        "@functools.cache",
        "@functools.lru_cache",
        "@functools.lru_cache(maxsize=None)",
        "@lru_cache",
        "@lru_cache(maxsize=None)",
        "@property",
        "@staticmethod",
    }
)


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a Python program; see the module's description."""
    table = SymbolTable(program)
    module, facts = read_scopes(program, table)
    reflections = resolve_scopes(table, module)
    fix_doubtful(table, module, facts, reflections, program.source)
    return table.analysis()


def read_scopes(program: ParsedProgram, table: SymbolTable) -> tuple[PythonScope, ProgramFacts]:
    """Read which names each scope binds and uses; nothing is resolved yet.

    Args:
        program: the program.
        table: where tokens are recorded that are unbound whatever is in scope.

    Returns:
        The module's scope, with all others inside of it, and what else matters.
    """
    module = PythonScope(ScopeKind.MODULE, Span(*program.root.byte_range), None)
    facts = ProgramFacts(
        has_stored_annotations=b"__future__" in program.source and b"annotations" in program.source
    )
    _Walk(table, module, facts).run(program.root)
    return module, facts


class _Walk:
    """One walk over the tree; it keeps its own stack, so that depth is no limit.

    Each node on the stack has the scope that its names are looked up in. The order in which
    nodes are visited does not matter: nothing is resolved before all of them have been seen.
    """

    def __init__(self, table: SymbolTable, module: PythonScope, facts: ProgramFacts) -> None:
        self._table = table
        self._token = table.token
        self._module = module
        self._facts = facts
        self._agenda: list[tuple[_Action | None, Node, PythonScope]] = []

    def run(self, root: Node) -> None:
        self._schedule([root], self._module)
        agenda = self._agenda
        while agenda:
            action, node, scope = agenda.pop()
            if action is not None:
                action(self, node, scope)

    def _schedule(self, nodes: Iterable[Node | None], scope: PythonScope) -> None:
        self._agenda += [
            (_ACTIONS.get(node.type, _Walk._descend), node, scope)
            for node in nodes
            if node is not None
        ]

    def _descend(self, node: Node, scope: PythonScope) -> None:
        self._schedule(node.named_children, scope)

    def _new_scope(self, kind: ScopeKind, node: Node, parent: PythonScope) -> PythonScope:
        return PythonScope(kind, Span(*node.byte_range), parent)

    def _identifier(self, node: Node, scope: PythonScope) -> None:
        scope.use(self._token(node))

    def _type_alias(self, node: Node, scope: PythonScope) -> None:
        # The word `type` is a keyword to the parser, but it may be a variable of the program.
        self._table.tainted["type"] = "type-parameter"
        left = node.child_by_field_name("left")
        target = left.named_children[:1] if left is not None else []
        if target and target[0].type in ("identifier", "generic_type"):
            self._table.leave_unbound(node, taint="type-parameter")
        else:  # type(x).y = z
            self._descend(node, scope)

    # Targets.

    def _target(self, node: Node, scope: PythonScope) -> None:
        """What is assigned to or deleted: names in it are bound, attributes are not."""
        if node.type == "identifier":
            scope.bind(self._token(node), BindingKind.LOCAL)
        elif node.type in _TARGET_GROUPS:
            self._agenda += [(_Walk._target, child, scope) for child in node.named_children]
        else:
            self._schedule([node], scope)

    def _assignment(self, node: Node, scope: PythonScope) -> None:
        left, annotation = node.child_by_field_name("left"), node.child_by_field_name("type")
        right = node.child_by_field_name("right")
        self._annotation(annotation, scope)
        self._schedule(_others(node, left, annotation), scope)
        if left is not None:
            # `(x): int` declares nothing.
            is_bare = annotation is not None and right is None and left.type != "identifier"
            action = _Walk._descend if is_bare else _Walk._target
            self._agenda.append((action, left, scope))

    def _augmented_assignment(self, node: Node, scope: PythonScope) -> None:
        left = node.child_by_field_name("left")
        self._schedule(_others(node, left), scope)
        if left is not None:
            self._target(left, scope)
            if scope.kind is ScopeKind.CLASS and left.type == "identifier":
                scope.reads.add(scope.key(self._token(left).name))

    def _for(self, node: Node, scope: PythonScope) -> None:
        left = node.child_by_field_name("left")
        self._schedule(_others(node, left), scope)
        if left is not None:
            self._target(left, scope)

    def _delete(self, node: Node, scope: PythonScope) -> None:
        self._agenda += [(_Walk._target, child, scope) for child in node.named_children]

    def _named_expression(self, node: Node, scope: PythonScope) -> None:
        name = node.child_by_field_name("name")
        self._schedule(_others(node, name), scope)
        if name is not None:
            self._target(name, scope.assignment_scope())

    def _scope_statement(self, node: Node, scope: PythonScope) -> None:
        """A global or nonlocal statement."""
        for child in node.named_children:
            token = self._token(child)
            key = scope.key(token.name)
            if child.type != "identifier" or not key:
                self._schedule([child], scope)
                continue
            scope.tokens.append((key, token))
            if node.type == "nonlocal_statement":
                scope.nonlocal_names.add(key)
            elif scope is not self._module:
                scope.global_names.add(key)
                self._module.bound.setdefault(key, BindingKind.LOCAL)

    def _except_clause(self, node: Node, scope: PythonScope) -> None:
        if len(node.children_by_field_name("value")) > 1:  # except A, b:
            self._facts.is_python2 = True
        self._descend(node, scope)

    # Imports.

    def _import(self, node: Node, scope: PythonScope) -> None:
        is_from = node.type != "import_statement"
        module = node.child_by_field_name("module_name")
        if module is not None:
            self._table.leave_unbound(module)
        for child in _others(node, module):
            names = child.named_children
            if child.has_error:
                self._table.leave_unbound(child)
            elif child.type == "dotted_name":
                if is_from:
                    self._facts.attributes.add(self._token(names[0]).name)
                scope.bind(self._token(names[0]), BindingKind.IMPORT, "import")
                for part in names[1:]:
                    self._table.leave_unbound(part)
            elif child.type == "aliased_import":
                *dotted, alias = names
                for part in dotted:
                    self._facts.attributes.add(self._token(part).name)
                    self._table.leave_unbound(part)
                scope.bind(self._token(alias), BindingKind.IMPORT, "import")
            elif child.type == "wildcard_import":
                self._facts.has_star_import = True
            else:
                self._schedule([child], scope)

    # Functions and classes.

    def _decorated(self, node: Node, scope: PythonScope) -> None:
        definition = node.child_by_field_name("definition")
        decorators = _others(node, definition)
        self._schedule(decorators, scope)
        is_harmless = all(
            child.type != "decorator" or self._token(child).name.strip() in _HARMLESS_DECORATORS
            for child in decorators
        )
        if definition is None or is_harmless or definition.type == "class_definition":
            self._schedule([definition], scope)
        else:
            self._function(definition, scope, "decorated")

    def _function(self, node: Node, scope: PythonScope, fixed: str | None = None) -> None:
        name = node.child_by_field_name("name")
        type_parameters = node.child_by_field_name("type_parameters")
        parameters = node.child_by_field_name("parameters")
        returns = node.child_by_field_name("return_type")
        inner = self._new_scope(ScopeKind.FUNCTION, node, scope)
        if name is not None:
            token = self._token(name)
            scope.bind(token, BindingKind.FUNCTION, fixed)
            inner.name = scope.key(token.name)
        if type_parameters is not None:
            self._table.leave_unbound(type_parameters, taint="type-parameter")
        is_generic = type_parameters is not None
        self._annotation(returns, scope, is_generic)
        if parameters is not None:
            self._parameters(parameters, inner, fixed, is_generic)
        self._schedule(_others(node, name, type_parameters, parameters, returns), inner)

    def _lambda(self, node: Node, scope: PythonScope) -> None:
        parameters = node.child_by_field_name("parameters")
        inner = self._new_scope(ScopeKind.FUNCTION, node, scope)
        if parameters is not None:
            self._parameters(parameters, inner)
        self._schedule(_others(node, parameters), inner)

    def _parameters(
        self, node: Node, inner: PythonScope, fixed: str | None = None, is_generic: bool = False
    ) -> None:
        """Bind parameters; their defaults and annotations belong to the scope around."""
        scope = inner.parent or inner
        for parameter in node.named_children:
            if parameter.has_error:
                self._table.leave_unbound(parameter, taint="syntax-error")
                continue
            name = parameter
            if parameter.type in _PARAMETERS_WITH_PARTS:
                annotation = parameter.child_by_field_name("type")
                self._annotation(annotation, scope, is_generic)
                name = parameter.child_by_field_name("name") or parameter.named_children[0]
                self._schedule(_others(parameter, name, annotation), scope)
            is_splat = name.type in ("list_splat_pattern", "dictionary_splat_pattern")
            if is_splat and name.named_children:
                name = name.named_children[0]
            if name.type == "identifier":
                token = self._token(name)
                inner.bind(token, BindingKind.PARAMETER, fixed)
                if not is_splat:
                    inner.keyword_parameters.add(inner.key(token.name))
            elif name.type == "tuple_pattern":  # def f(a, (b, c)):
                self._facts.is_python2 = True
                self._target(name, inner)
            else:
                self._schedule([name], scope)

    def _annotation(self, node: Node | None, scope: PythonScope, is_generic: bool = False) -> None:
        if node is None:
            return
        if is_generic:
            self._table.leave_unbound(node, taint="type-parameter")
            return
        if self._facts.has_stored_annotations:
            self._table.taint(node, "annotation")
        self._schedule([node], scope)

    def _class(self, node: Node, scope: PythonScope) -> None:
        name = node.child_by_field_name("name")
        type_parameters = node.child_by_field_name("type_parameters")
        bases = node.child_by_field_name("superclasses")
        inner = self._new_scope(ScopeKind.CLASS, node, scope)
        inner.private_prefix = ""
        if name is not None:
            token = self._token(name)
            scope.bind(token, BindingKind.TYPE, "type")
            stripped = token.name.lstrip("_")
            inner.private_prefix = f"_{stripped}" if stripped else ""
        if type_parameters is None:
            self._schedule([bases], scope)
        else:
            for part in (type_parameters, bases):
                if part is not None:
                    self._table.leave_unbound(part, taint="type-parameter")
        self._schedule(_others(node, name, type_parameters, bases), inner)

    def _comprehension(self, node: Node, scope: PythonScope) -> None:
        inner = self._new_scope(ScopeKind.COMPREHENSION, node, scope)
        is_first = True
        for child in node.named_children:
            if child.type == "for_in_clause":
                left = child.child_by_field_name("left")
                # The first iterable is evaluated in the scope around.
                self._schedule(_others(child, left), scope if is_first else inner)
                if left is not None:
                    self._target(left, inner)
                is_first = False
            else:
                self._schedule([child], inner)

    # Patterns of case clauses.

    def _pattern(self, node: Node, scope: PythonScope) -> None:
        children = node.named_children
        values: list[Node] = []
        if node.has_error:
            self._table.leave_unbound(node, taint="syntax-error")
            return
        if node.type == "dotted_name":
            if len(children) == 1:
                scope.bind(self._token(children[0]), BindingKind.LOCAL)
                return
            self._value_name(node, scope)
            return
        if node.type == "keyword_pattern":
            self._table.leave_unbound(children[0])
            children = children[1:]
        elif node.type == "class_pattern":
            self._value_name(children[0], scope)
            children = children[1:]
        elif node.type == "dict_pattern":
            values = node.children_by_field_name("key")
        elif node.type == "identifier":
            scope.bind(self._token(node), BindingKind.LOCAL)
            return
        for child in children:
            if child in values:
                action = _Walk._value_name if child.type == "dotted_name" else _Walk._descend
                self._agenda.append((action, child, scope))
            else:
                self._agenda.append((_Walk._pattern, child, scope))

    def _value_name(self, node: Node, scope: PythonScope) -> None:
        """A dotted name that is read."""
        first, *attributes = node.named_children
        self._schedule([first], scope)
        for attribute in attributes:
            self._attribute_name(attribute)

    # Uses.

    def _attribute_name(self, node: Node) -> None:
        self._facts.attributes.add(self._token(node).name)
        self._table.leave_unbound(node)

    def _attribute(self, node: Node, scope: PythonScope) -> None:
        name = node.child_by_field_name("attribute")
        if name is not None:
            self._attribute_name(name)
        self._schedule(_others(node, name), scope)

    def _member_type(self, node: Node, scope: PythonScope) -> None:
        *scopes, name = node.named_children
        self._attribute_name(name)
        self._schedule(scopes, scope)

    def _keyword_argument(self, node: Node, scope: PythonScope) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self._facts.keywords.add(scope.key(self._token(name).name))
            self._table.leave_unbound(name)
        self._schedule(_others(node, name), scope)

    def _arguments(self, node: Node, scope: PythonScope) -> None:
        children = node.named_children
        if any(child.type == "dictionary_splat" for child in children):
            self._facts.has_keyword_splat = True
        self._schedule(children, scope)

    def _interpolation(self, node: Node, scope: PythonScope) -> None:
        expression = node.child_by_field_name("expression")
        if expression is not None and any(child.type == "=" for child in node.children):
            self._table.taint(expression, "f-string-text")
        self._descend(node, scope)

    def _as_pattern(self, node: Node, scope: PythonScope) -> None:
        alias = node.child_by_field_name("alias")
        self._schedule(_others(node, alias), scope)
        if alias is not None:
            self._agenda += [(_Walk._target, child, scope) for child in alias.named_children]

    def _python2(self, node: Node, scope: PythonScope) -> None:
        self._facts.is_python2 = True
        self._descend(node, scope)


def _others(node: Node, *taken: Node | None) -> list[Node]:
    return [child for child in node.named_children if child not in taken]


_Action: TypeAlias = Callable[[_Walk, "Node", PythonScope], None]

_TARGET_GROUPS = frozenset(
    {
        "expression_list",
        "list",
        "list_pattern",
        "list_splat",
        "list_splat_pattern",
        "parenthesized_expression",
        "pattern_list",
        "tuple",
        "tuple_pattern",
    }
)
_PARAMETERS_WITH_PARTS = frozenset(
    {"default_parameter", "typed_default_parameter", "typed_parameter"}
)
_GRAMMAR: dict[_Action | None, str] = {
    _Walk._arguments: "argument_list",
    _Walk._as_pattern: "as_pattern",
    _Walk._assignment: "assignment",
    _Walk._attribute: "attribute",
    _Walk._augmented_assignment: "augmented_assignment",
    _Walk._class: "class_definition",
    _Walk._comprehension: """dictionary_comprehension generator_expression list_comprehension
        set_comprehension""",
    _Walk._decorated: "decorated_definition",
    _Walk._delete: "delete_statement",
    _Walk._except_clause: "except_clause",
    _Walk._function: "function_definition",
    _Walk._identifier: "identifier",
    _Walk._import: "future_import_statement import_from_statement import_statement",
    _Walk._interpolation: "format_expression interpolation",
    _Walk._keyword_argument: "keyword_argument",
    _Walk._lambda: "lambda",
    _Walk._for: "for_statement",
    _Walk._member_type: "member_type",
    _Walk._named_expression: "named_expression",
    _Walk._pattern: "case_pattern",
    _Walk._python2: "exec_statement print_statement",
    _Walk._scope_statement: "global_statement nonlocal_statement",
    _Walk._type_alias: "type_alias_statement",
    # Without identifiers inside, or recorded already.
    None: """ERROR break_statement comment continue_statement ellipsis escape_sequence false float
        integer line_continuation none pass_statement string_content string_end string_start true
        type_conversion""",
}
_ACTIONS = {kind: action for action, kinds in _GRAMMAR.items() for kind in kinds.split()}
