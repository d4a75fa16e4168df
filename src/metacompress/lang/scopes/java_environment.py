"""What the names of a Java program mean at one place of it, while a resolver walks along.

For each name there is a stack of the declarations that are in scope. A scope remembers the
stacks that it has pushed to and pops them when it ends, so that a look-up takes constant time
at any nesting depth. Why a binding becomes fixed is told in `metacompress.lang.scopes.java`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from metacompress.lang.scopes.model import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.lang.edits import Span
    from metacompress.lang.scopes.symbols import Symbol, SymbolTable, Token

# Methods that the platform calls, for serialization too, or that every class inherits (JLS 4.3.2,
# 8.9.3; java.lang).
_PLATFORM_METHOD_NAMES = """
    accept agentmain apply call clone close compare compareTo equals finalize get getClass hasNext
    hashCode iterator main next notify notifyAll premain readObject readObjectNoData readResolve
    run test toString wait writeObject writeReplace
"""
PLATFORM_METHODS = frozenset(_PLATFORM_METHOD_NAMES.split())


class JavaClass(NamedTuple):
    """What matters of a class for the names in its body.

    Attributes:
        name: its simple name, empty for an anonymous class.
        methods_fixed: why none of its methods may be renamed, None for a class without
            supertypes. With supertypes it may inherit members that the program does not show.
        components: names of a record's components.
    """

    name: str
    methods_fixed: str | None
    components: tuple[str, ...] = ()


ANONYMOUS_CLASS = JavaClass("", "override")
SNIPPET = JavaClass("", "class-unseen")


class _Variable(NamedTuple):
    symbol: Symbol | None  # None: a field
    unseen_classes: int
    classes: int  # how many are around its declaration


class _Method(NamedTuple):
    symbol: Symbol
    unseen_classes: int
    owner: JavaClass


class _Scope(NamedTuple):
    span: Span
    pushed: list[list[Any]]


class JavaEnvironment:
    """The declarations in scope; every change of a symbol goes through it."""

    def __init__(self, table: SymbolTable) -> None:
        self._table = table
        self._scopes: list[_Scope] = []
        self._variables: defaultdict[str, list[_Variable]] = defaultdict(list)
        self._methods: defaultdict[str, list[_Method]] = defaultdict(list)
        self._labels: defaultdict[str, list[Symbol]] = defaultdict(list)
        self._classes: list[JavaClass] = []
        # How many of the classes around have supertypes whose members are unknown.
        self._unseen_classes = [0]
        self._declared_types: list[Token] = []
        self._type_uses: list[Token] = []
        self._type_parameters: set[str] = set()
        self._calls_elsewhere: set[str] = set()
        self._overridable: set[str] = set()

    # Scopes.

    @property
    def depth(self) -> int:
        """The number of scopes that are open."""
        return len(self._scopes)

    def enter(self, span: Span) -> None:
        """Open a scope."""
        self._scopes.append(_Scope(span, []))

    def leave(self) -> None:
        """Close the innermost scope and forget what it declares."""
        for stack in self._scopes.pop().pushed:
            stack.pop()

    def _push(self, stack: list[Any], entry: Any) -> None:
        stack.append(entry)
        self._scopes[-1].pushed.append(stack)

    def enter_class(self, span: Span, owner: JavaClass, fields: Iterable[str]) -> None:
        """Open the scope of a class body, in which the fields hide variables of their names."""
        self.enter(span)
        self._push(self._classes, owner)
        unseen_classes = self._unseen_classes[-1] + (owner.methods_fixed is not None)
        self._push(self._unseen_classes, unseen_classes)
        for name in (*owner.components, *fields):
            self._push(self._variables[name], _Variable(None, unseen_classes, len(self._classes)))

    # Variables.

    def declare_variable(self, token: Token, kind: BindingKind, fixed: str | None = None) -> None:
        """Bring a local or parameter into scope, from here to the end of the innermost scope."""
        name, span = token
        if not name:
            return
        symbol = self._table.declare(name, kind, self._scopes[-1].span, fixed)
        if kind is BindingKind.PARAMETER and name in self._classes[-1].components:
            symbol.fix("record-component")
        symbol.spans.append(span)
        stack = self._variables[name]
        classes = len(self._classes)
        earlier = stack[-1].symbol if stack and stack[-1].classes == classes else None
        if earlier is not None:
            # An error of the program (JLS 6.4), which other names would hide.
            earlier.fix("redeclared")
            symbol.fix("redeclared")
        self._push(stack, _Variable(symbol, self._unseen_classes[-1], classes))

    def variable(self, name: str) -> Symbol | None:
        """The local or parameter that the name means here, if any."""
        stack = self._variables.get(name)
        return stack[-1].symbol if stack else None

    def use_variable(self, token: Token) -> None:
        """Record the use of a simple name as an expression (JLS 6.5.6.1)."""
        name, span = token
        stack = self._variables.get(name)
        symbol = stack[-1].symbol if stack else None
        if stack is None or symbol is None:
            self._leave_unbound(token)
            return
        symbol.spans.append(span)
        if stack[-1].unseen_classes != self._unseen_classes[-1]:
            symbol.fix("captured-by-class")

    def use_qualifier(self, token: Token) -> None:
        """Record a name before a dot: a variable if one is in scope, else a type (JLS 6.5.2)."""
        if self._variables.get(token.name):
            self.use_variable(token)
        else:
            self._type_uses.append(token)

    # Labels.

    def declare_label(self, token: Token) -> None:
        """Bring a label into scope."""
        if not token.name:
            return
        symbol = self._table.declare(token.name, BindingKind.LABEL, self._scopes[-1].span)
        symbol.spans.append(token.span)
        self._push(self._labels[token.name], symbol)

    def use_label(self, token: Token) -> None:
        """Record the target of a jump."""
        stack = self._labels.get(token.name)
        if stack:
            stack[-1].spans.append(token.span)
        else:
            self._leave_unbound(token)

    # Methods.

    def declare_method(self, name: str, modifiers: set[str], annotations: list[str]) -> None:
        """Bring a method of the innermost class into scope; overloads share one symbol.

        Args:
            name: the method's name.
            modifiers: its modifier keywords.
            annotations: names of its annotations that may have an effect on its name.
        """
        owner = self._classes[-1]
        stack = self._methods[name]
        # The innermost entry may be that of a class around this one.
        if not stack or stack[-1].symbol.scope != self._scopes[-1].span:
            symbol = self._table.declare(name, BindingKind.FUNCTION, self._scopes[-1].span)
            self._push(stack, _Method(symbol, self._unseen_classes[-1], owner))
        symbol = stack[-1].symbol
        if owner.methods_fixed is not None:
            may_override = "private" not in modifiers or owner is SNIPPET
            symbol.fix(owner.methods_fixed if may_override else "inherited-overload")
            self._overridable.add(name)
        if name in PLATFORM_METHODS or "Override" in annotations:
            symbol.fix("override")
        if annotations:
            symbol.fix("annotated")
        if "native" in modifiers:
            symbol.fix("native")

    def name_method(self, token: Token) -> None:
        """Record the name in the declaration of a method of the innermost class."""
        stack = self._methods.get(token.name)
        if stack:
            stack[-1].symbol.spans.append(token.span)
        else:
            self._leave_unbound(token)

    def call_unqualified(self, token: Token) -> None:
        """Record ``f()``, which means the innermost class with such a method (JLS 15.12.1)."""
        stack = self._methods.get(token.name)
        if stack:
            self._use_method(token, stack[-1])
        else:
            self.call_elsewhere(token)

    def call_this(self, token: Token) -> None:
        """Record ``this.f()`` or ``this::f``."""
        stack = self._methods.get(token.name)
        if stack and stack[-1].owner is self._classes[-1]:
            self._use_method(token, stack[-1])
        else:
            self.call_elsewhere(token)

    def call_qualified(self, qualifier: str, token: Token) -> None:
        """Record ``Name.f()`` or ``Name::f``, where the name may be a class around or not."""
        stack = self._methods.get(token.name)
        if stack and stack[-1].owner.name == qualifier and not self._variables.get(qualifier):
            self._use_method(token, stack[-1])
        else:
            self.call_elsewhere(token)

    def call_elsewhere(self, token: Token) -> None:
        """Record the use of a method of an unknown class."""
        self._leave_unbound(token)
        self._calls_elsewhere.add(token.name)

    def _use_method(self, token: Token, method: _Method) -> None:
        method.symbol.spans.append(token.span)
        if method.unseen_classes != self._unseen_classes[-1]:
            method.symbol.fix("captured-by-class")

    # Types.

    def declare_type(self, token: Token) -> None:
        """Record the declaration of a class, interface, enum, record or annotation."""
        if token.name:
            self._declared_types.append(token)

    def declare_type_parameter(self, name: str) -> None:
        """Record a type variable, which may hide a type of the program."""
        self._type_parameters.add(name)

    def use_type(self, token: Token) -> None:
        """Record a type's name."""
        self._type_uses.append(token)
        variable = self.variable(token.name)
        if variable is not None:
            variable.fix("type-name")

    def _bind_types(self, scope: Span) -> None:
        declarations = Counter(token.name for token in self._declared_types)
        declarations.update(self._type_parameters)
        symbols: dict[str, Symbol] = {}
        for name, span in self._declared_types:
            symbol = self._table.declare(name, BindingKind.TYPE, scope, "type")
            symbol.spans.append(span)
            # With two declarations of the name, which one a use means is not certain.
            if declarations[name] == 1:
                symbols[name] = symbol
        for token in self._type_uses:
            if token.name in symbols:
                symbols[token.name].spans.append(token.span)
            else:
                self._leave_unbound(token)

    def _leave_unbound(self, token: Token) -> None:
        if token.name:
            self._table.unbound.append((token.span, token.name))

    def finish(self, program: Span) -> None:
        """Settle what only the whole program decides."""
        self._bind_types(program)
        for symbol in self._table.symbols:
            if symbol.kind is BindingKind.FUNCTION:
                if symbol.name in self._overridable:
                    symbol.fix("override")
                if symbol.name in self._calls_elsewhere:
                    symbol.fix("ambiguous")
