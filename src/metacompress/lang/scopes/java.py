"""Scope analysis of Java programs and snippets.

The rules are those of the Java Language Specification, Java SE 17: chapter 6 (scope, shadowing,
the meaning of ambiguous names), 14.7 (labels) and 15.12.1 (the class that a call searches).
This module knows where the grammar puts names; `java_environment` knows what they mean there.

Bindings are locals, parameters, labels, methods and types of the program. Always unbound are
fields, enum constants, record components, type parameters, members after a dot, annotations
from elsewhere and their elements, and simple names in ``case`` labels. ``this``, ``super`` and
the pattern ``_`` are keywords, not identifiers.

Why a binding is fixed:

- ``ambiguous``: a method of the name is also called where the receiver's class is not known.
- ``annotated``: an annotation may make the name visible to a framework.
- ``captured-by-class``: used in a class whose supertypes may have a member of that name.
- ``case-label``: a ``case`` label has the name and may mean this or an enum constant.
- ``class-unseen``: a method without its class; it may be called or overridden from anywhere.
- ``inherited-overload``: a private method that may be one overload beside inherited ones.
- ``native``: a method bound by its name to native code.
- ``override``: a method that may override, be overridden, or be called by the platform.
- ``pattern-variable``: the flow scoping of patterns is not modelled.
- ``redeclared``: two locals of one name in one method, where javac reports an error.
- ``record-component``: a parameter in a record; a canonical constructor must repeat the names.
- ``syntax-error``: the scope, or a token of the same name, touches a syntax error.
- ``top-level``: a variable outside of any method, which may be a field.
- ``type``: a type.
- ``type-name``: a token of the name stands where the grammar has a type.

Programs with Unicode escapes that the parser reads otherwise than the language are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from metacompress.lang.edits import Span
from metacompress.lang.scopes.java_environment import (
    ANONYMOUS_CLASS,
    SNIPPET,
    JavaClass,
    JavaEnvironment,
)
from metacompress.lang.scopes.java_escapes import refuse_escapes
from metacompress.lang.scopes.model import BindingKind
from metacompress.lang.scopes.symbols import SymbolTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.model import ScopeAnalysis

_HARMLESS_ANNOTATIONS = frozenset({"SuppressWarnings", "Deprecated", "SafeVarargs"})


def resolve(program: ParsedProgram) -> ScopeAnalysis:
    """Resolve the bindings of a Java program; see the module's description.

    Raises:
        ProgramError: Unicode escapes stand for more than a letter of a text or comment.
    """
    refuse_escapes(program)
    table = SymbolTable(program)
    _Walk(table).run(program.root)
    return table.analysis()


class _Walk:
    """One walk over the tree in source order; it keeps its own stack, so depth is no limit."""

    def __init__(self, table: SymbolTable) -> None:
        self._table = table
        self._token = table.token
        self._environment = JavaEnvironment(table)
        self._agenda: list[tuple[_Action | None, Node]] = []
        self._classes: dict[int, JavaClass] = {}  # by the node id of the body

    def run(self, root: Node) -> None:
        self._classes[root.id] = SNIPPET
        self._schedule([root])
        agenda = self._agenda
        while agenda:
            action, node = agenda.pop()
            if action is not None:
                action(self, node)
        self._environment.finish(Span(*root.byte_range))

    def _schedule(self, nodes: Iterable[Node | None]) -> None:
        """Visit the nodes, in their order, before all that is scheduled already."""
        self._agenda += [
            (_ACTIONS.get(node.type, _Walk._descend), node) for node in nodes if node is not None
        ][::-1]

    def _schedule_names(self, action: _Action, *names: Node | None) -> None:
        self._agenda += [(action, name) for name in names if name is not None][::-1]

    def _descend(self, node: Node) -> None:
        self._schedule(node.named_children)

    def _enter(self, node: Node) -> None:
        """Open a scope that ends when all that is scheduled from here on is done."""
        self._environment.enter(Span(*node.byte_range))
        self._agenda.append((_Walk._leave, node))

    def _leave(self, _: Node) -> None:
        self._environment.leave()

    def _scoped(self, node: Node) -> None:
        self._enter(node)
        self._descend(node)

    def _unbound(self, node: Node) -> None:
        self._table.leave_unbound(node)

    # Variables.

    def _declare(self, name: Node, kind: BindingKind, fixed: str | None = None) -> None:
        if name.type == "identifier":
            self._environment.declare_variable(self._token(name), kind, fixed)
        else:  # the pattern _, or a syntax error
            self._schedule([name])

    def _local(self, name: Node) -> None:
        self._declare(name, BindingKind.LOCAL)

    def _parameter(self, name: Node) -> None:
        self._declare(name, BindingKind.PARAMETER)

    def _top_level_variable(self, name: Node) -> None:
        self._declare(name, BindingKind.LOCAL, "top-level")

    def _pattern_variable(self, name: Node) -> None:
        # It is taken to be in scope to the end of the block. That is longer than the truth, so
        # whatever the name means otherwise must stay as it is, too.
        shadowed = self._environment.variable(self._token(name).name)
        if shadowed is not None:
            shadowed.fix("pattern-variable")
        self._declare(name, BindingKind.LOCAL, "pattern-variable")

    def _identifier(self, node: Node) -> None:
        self._environment.use_variable(self._token(node))

    def _named(self, node: Node, action: _Action) -> None:
        """Visit a node whose name is in scope in all the rest of it."""
        name = node.child_by_field_name("name")
        self._schedule(_others(node, name))
        self._schedule_names(action, name)

    def _declaring(self, node: Node) -> None:
        """A local variable's declarator, a resource or the parameter of a catch clause."""
        self._named(node, _Walk._local)

    def _unbound_name(self, node: Node) -> None:
        """A field's declarator, a record component, an enum constant, an annotation's element."""
        self._named(node, _Walk._unbound)

    def _local_declaration(self, node: Node) -> None:
        if self._environment.depth > 1:
            self._descend(node)
        else:
            self._declarators(node, _Walk._top_level_variable)

    def _field_declaration(self, node: Node) -> None:
        self._enter(node)
        self._declarators(node, _Walk._unbound)

    def _spread_parameter(self, node: Node) -> None:
        self._declarators(
            node, _Walk._annotated_parameter if _annotations(node) else _Walk._parameter
        )

    def _declarators(self, node: Node, action: _Action) -> None:
        for child in reversed(node.named_children):
            if child.type == "variable_declarator":
                self._named(child, action)
            else:
                self._schedule([child])

    def _annotated_parameter(self, name: Node) -> None:
        self._declare(name, BindingKind.PARAMETER, "annotated")

    def _formal_parameter(self, node: Node) -> None:
        self._named(node, _Walk._annotated_parameter if _annotations(node) else _Walk._parameter)

    def _enhanced_for(self, node: Node) -> None:
        # The variable is in scope in the body alone, not in the expression (JLS 6.3).
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        self._enter(node)
        self._schedule([body])
        self._schedule_names(_Walk._local, name)
        self._schedule(_others(node, name, body))

    def _try_with_resources(self, node: Node) -> None:
        # Resources are in scope in the try block, not in its catch and finally clauses.
        resources = node.child_by_field_name("resources")
        body = node.child_by_field_name("body")
        self._schedule(_others(node, resources, body))
        self._enter(node)
        self._schedule([resources, body])

    def _lambda(self, node: Node) -> None:
        parameters = node.child_by_field_name("parameters")
        self._enter(node)
        self._schedule(_others(node, parameters))
        if parameters is not None and parameters.type == "identifier":
            self._parameter(parameters)
        else:
            self._schedule([parameters])

    def _inferred_parameters(self, node: Node) -> None:
        self._schedule_names(_Walk._parameter, *node.named_children)

    def _instanceof(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        self._schedule_names(_Walk._pattern_variable, name)
        self._schedule(_others(node, name))

    def _pattern(self, node: Node) -> None:
        """A type pattern, or a component of a record pattern: a type, then a name."""
        *types, name = node.named_children
        self._schedule_names(_Walk._pattern_variable, name)
        self._schedule(types)

    def _record_pattern(self, node: Node) -> None:
        record, *rest = node.named_children
        self._schedule(rest)
        if record.type == "identifier":
            self._schedule_names(_Walk._type_name, record)
        else:
            self._schedule([record])

    def _switch_label(self, node: Node) -> None:
        for child in reversed(node.named_children):
            if child.type == "identifier":
                variable = self._environment.variable(self._token(child).name)
                if variable is not None:
                    variable.fix("case-label")
                self._unbound(child)
            elif child.type == "lambda_expression":
                # `case A -> x -> y` is parsed as if `A -> x` were the label.
                self._table.leave_unbound(child, taint="case-label")
            else:
                self._schedule([child])

    # Labels.

    def _labeled(self, node: Node) -> None:
        label = next((child for child in node.named_children if child.type == "identifier"), None)
        self._enter(node)
        if label is not None:
            self._environment.declare_label(self._token(label))
        self._schedule(_others(node, label))

    def _jump(self, node: Node) -> None:
        self._schedule_names(_Walk._label, *node.named_children)

    def _label(self, node: Node) -> None:
        if node.type == "identifier":
            self._environment.use_label(self._token(node))
        else:
            self._schedule([node])

    # Classes and their members.

    def _class_declaration(self, node: Node) -> None:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        is_record = node.type == "record_declaration"
        parameters = node.child_by_field_name("parameters") if is_record else None
        components = parameters.named_children if parameters is not None else []
        if name is not None:
            self._environment.declare_type(self._token(name))
        if name is not None and body is not None:
            parts = {child.type for child in node.named_children}
            has_supertypes = parts & {"superclass", "super_interfaces"}
            is_plain = node.type == "class_declaration" and not has_supertypes
            self._classes[body.id] = JavaClass(
                self._token(name).name,
                None if is_plain else "override",
                tuple(self._declared_names(components)),
            )
        self._schedule([body])
        for component in reversed(components):
            if component.type == "spread_parameter":
                self._declarators(component, _Walk._unbound)
            elif component.type == "formal_parameter":
                self._unbound_name(component)
        self._schedule(_others(node, name, parameters, body))

    def _class_body(self, node: Node) -> None:
        members: list[Node] = []
        for child in node.named_children:
            is_group = child.type == "enum_body_declarations"
            members += child.named_children if is_group else [child]
        fields = [m for m in members if m.type in _FIELD_MEMBERS]
        owner = self._classes.pop(node.id, ANONYMOUS_CLASS)
        self._environment.enter_class(Span(*node.byte_range), owner, self._declared_names(fields))
        self._agenda.append((_Walk._leave, node))
        for method in members:
            if method.type == "method_declaration":
                name = method.child_by_field_name("name")
                if name is not None and not name.is_missing:
                    self._environment.declare_method(
                        self._token(name).name, modifiers_of(method), _annotations(method)
                    )
        self._schedule(members)

    def _declared_names(self, members: Iterable[Node]) -> list[str]:
        """Names of fields, enum constants and record components."""
        names = []
        for member in members:
            for part in (member, *member.named_children):
                name = part.child_by_field_name("name") if part.type in _DECLARATORS else None
                if name is not None:
                    names.append(self._token(name).name)
        return names

    def _method(self, node: Node) -> None:
        self._enter(node)
        self._named(node, _Walk._method_name)

    def _method_name(self, name: Node) -> None:
        self._environment.name_method(self._token(name))

    def _constructor(self, node: Node) -> None:
        self._enter(node)
        self._named(node, _Walk._type_name)

    # Types and annotations.

    def _type_name(self, node: Node) -> None:
        self._environment.use_type(self._token(node))

    def _type_parameter(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "type_identifier":
                self._environment.declare_type_parameter(self._token(child).name)
        self._descend(node)

    def _scoped_type(self, node: Node) -> None:
        *scope, name = node.named_children
        self._unbound(name)
        self._schedule(scope)

    def _annotation(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            self._named(node, _Walk._type_name)
        else:
            self._descend(node)

    def _element_value_pair(self, node: Node) -> None:
        key = node.child_by_field_name("key")
        self._schedule(_others(node, key))
        self._schedule_names(_Walk._unbound, key)

    def _receiver_parameter(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "identifier":
                self._unbound(child)
            else:
                self._schedule([child])

    # Uses of members.

    def _field_access(self, node: Node) -> None:
        field = node.child_by_field_name("field")
        self._schedule_names(_Walk._unbound, field)
        self._receiver(node, node.child_by_field_name("object"), field)

    def _method_invocation(self, node: Node) -> None:
        receiver, name = node.child_by_field_name("object"), node.child_by_field_name("name")
        if name is not None:
            self._call(node, receiver, name)
        self._receiver(node, receiver, name)

    def _method_reference(self, node: Node) -> None:
        receiver, last = node.children[0], node.children[-1]
        if last.type == "identifier":
            self._call(node, receiver, last)
            self._receiver(node, receiver, last)
        else:  # ::new
            self._receiver(node, receiver, None)

    def _receiver(self, node: Node, receiver: Node | None, member: Node | None) -> None:
        if receiver is not None and receiver.type == "identifier":
            self._schedule(_others(node, receiver, member))
            self._environment.use_qualifier(self._token(receiver))
        else:
            self._schedule(_others(node, member))

    def _call(self, node: Node, receiver: Node | None, name: Node) -> None:
        token = self._token(name)
        if receiver is None:
            self._environment.call_unqualified(token)
        elif receiver.type == "this":
            self._environment.call_this(token)
        elif receiver.type == "identifier" and not _has_super(node):
            self._environment.call_qualified(self._token(receiver).name, token)
        else:
            self._environment.call_elsewhere(token)


def _others(node: Node, *taken: Node | None) -> list[Node]:
    return [child for child in node.named_children if child not in taken]


def _has_super(node: Node) -> bool:
    return any(child.type == "super" for child in node.named_children)


def modifiers_of(node: Node) -> set[str]:
    """The modifiers of a declaration; for an annotation, the type of its node."""
    return {
        word.type
        for child in node.named_children
        if child.type == "modifiers"
        for word in child.children
    }


def _annotations(node: Node) -> list[str]:
    """Names of the annotations of a declaration that may have an effect on its name."""
    names = [
        name.text.decode(errors="replace")
        for modifiers in node.named_children
        if modifiers.type == "modifiers"
        for annotation in modifiers.named_children
        if (name := annotation.child_by_field_name("name")) is not None and name.text is not None
    ]
    return [name for name in names if name not in _HARMLESS_ANNOTATIONS]


_FIELD_MEMBERS = frozenset({"field_declaration", "constant_declaration", "enum_constant"})
_DECLARATORS = frozenset({"variable_declarator", "enum_constant", "formal_parameter"})

_Action: TypeAlias = Callable[[_Walk, "Node"], None]

_GRAMMAR: dict[_Action | None, str] = {
    _Walk._annotation: "annotation marker_annotation",
    _Walk._class_body: "annotation_type_body class_body enum_body interface_body program",
    _Walk._class_declaration: """annotation_type_declaration class_declaration enum_declaration
        interface_declaration record_declaration""",
    _Walk._constructor: "compact_constructor_declaration constructor_declaration",
    _Walk._declaring: "catch_formal_parameter resource variable_declarator",
    _Walk._element_value_pair: "element_value_pair",
    _Walk._enhanced_for: "enhanced_for_statement",
    _Walk._field_access: "field_access",
    _Walk._field_declaration: "constant_declaration field_declaration",
    _Walk._formal_parameter: "formal_parameter",
    _Walk._identifier: "identifier",
    _Walk._inferred_parameters: "inferred_parameters",
    _Walk._instanceof: "instanceof_expression",
    _Walk._jump: "break_statement continue_statement",
    _Walk._labeled: "labeled_statement",
    _Walk._lambda: "lambda_expression",
    _Walk._local_declaration: "local_variable_declaration",
    _Walk._method: "method_declaration",
    _Walk._method_invocation: "method_invocation",
    _Walk._method_reference: "method_reference",
    _Walk._pattern: "record_pattern_component type_pattern",
    _Walk._receiver_parameter: "receiver_parameter",
    _Walk._record_pattern: "record_pattern",
    _Walk._scoped: "block catch_clause constructor_body for_statement switch_block",
    _Walk._scoped_type: "scoped_type_identifier",
    _Walk._spread_parameter: "spread_parameter",
    _Walk._switch_label: "switch_label",
    _Walk._try_with_resources: "try_with_resources_statement",
    _Walk._type_name: "type_identifier",
    _Walk._type_parameter: "type_parameter",
    _Walk._unbound: "import_declaration module_declaration package_declaration scoped_identifier",
    _Walk._unbound_name: "annotation_type_element_declaration enum_constant",
    # Without identifiers inside, or recorded already.
    None: """ERROR binary_integer_literal block_comment boolean_type character_literal
        decimal_floating_point_literal decimal_integer_literal escape_sequence false
        floating_point_type hex_floating_point_literal hex_integer_literal integral_type
        line_comment null_literal octal_integer_literal string_fragment super this true
        underscore_pattern void_type""",
}
_ACTIONS = {kind: action for action, kinds in _GRAMMAR.items() for kind in kinds.split()}
