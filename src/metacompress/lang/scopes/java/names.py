"""What the names of a Java program mean at one place of it, while the walk goes along."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.scopes.model import BindingKind, FixedReason, ScopeAnalysis
from metacompress.lang.scopes.symbols import Scope, Symbol, SymbolTable
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.lang.edits import Span
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.symbols import Token

# Methods that the platform calls, for serialization too, or that every class inherits (JLS 4.3.2,
# 8.9.3; java.lang).
_PLATFORM_METHOD_NAMES = """
    accept agentmain apply call clone close compare compareTo equals finalize get getClass hasNext
    hashCode iterator main next notify notifyAll premain readObject readObjectNoData readResolve
    run test toString wait writeObject writeReplace
"""
PLATFORM_METHODS = frozenset(_PLATFORM_METHOD_NAMES.split())

# Methods and labels are looked up under their name with this in front, which no identifier has.
_METHOD = "method "
_LABEL = "label "


class JavaClass(NamedTuple):
    """What matters of a class for the names in its body.

    Attributes:
        name: its simple name, empty for an anonymous class.
        methods_fixed: why none of its methods may be renamed, None for a class without
            supertypes. With supertypes it may inherit members that the program does not show.
        components: names of a record's components.
    """

    name: str
    methods_fixed: FixedReason | None
    components: tuple[str, ...] = ()


ANONYMOUS_CLASS = JavaClass("", FixedReason.OVERRIDE)
SNIPPET = JavaClass("", FixedReason.CLASS_UNSEEN)


class JavaScope(Scope):
    """One scope of Java.

    Attributes:
        body: the scope of the innermost class body.
        owner: the class of that body.
    """

    __slots__ = ("body", "owner")

    def __init__(self, parent: JavaScope | None, span: Span) -> None:
        super().__init__(parent, span)
        self.body: JavaScope = self if parent is None else parent.body
        self.owner: JavaClass = SNIPPET if parent is None else parent.owner


JavaSymbol = Symbol[JavaScope]


class JavaNames(SymbolTable[JavaScope]):
    """The symbols of a Java program."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(program.source, JavaScope(None, span_of(program.root)))
        self.set_errors_aside(program.root)
        self._declared_types: list[Token] = []
        self._type_uses: list[Token] = []
        self._type_parameters: set[str] = set()
        self._calls_elsewhere: set[str] = set()
        self._overridable: set[str] = set()

    def open_class(self, span: Span, owner: JavaClass, fields: Iterable[str]) -> None:
        """Open the scope of a class body, in which the fields hide variables of their names."""
        scope = self.open(span)
        scope.body, scope.owner = scope, owner
        if owner.methods_fixed is not None:
            scope.boundary = scope.depth
        for name in (*owner.components, *fields):
            self.show(name, None, scope)

    # Variables.

    def declare_variable(
        self, token: Token, kind: BindingKind, fixed: FixedReason | None = None
    ) -> None:
        """Bring a local or parameter into scope, from here to the end of the innermost scope."""
        name, span = token
        if not name:
            return
        scope = self.scope
        symbol = self.create(name, kind, scope, fixed)
        if kind is BindingKind.PARAMETER and name in scope.owner.components:
            symbol.fix(FixedReason.RECORD_COMPONENT)
        symbol.spans.append(span)
        earlier = self.lookup(name)
        if earlier is not None and earlier.scope.body is scope.body:
            # An error of the program (JLS 6.4), which other names would hide.
            earlier.fix(FixedReason.REDECLARED)
            symbol.fix(FixedReason.REDECLARED)
        self.show(name, symbol, scope)

    def use_variable(self, token: Token) -> None:
        """Record the use of a simple name as an expression (JLS 6.5.6.1)."""
        symbol = self.lookup(token.name)
        if symbol is None:
            self.leave_unbound(token)
        else:
            self._use(token, symbol)

    def use_qualifier(self, token: Token) -> None:
        """Record a name before a dot: a variable if one is in scope, else a type (JLS 6.5.2)."""
        if self.is_known(token.name):
            self.use_variable(token)
        else:
            self._type_uses.append(token)

    def _use(self, token: Token, symbol: JavaSymbol) -> None:
        symbol.spans.append(token.span)
        if symbol.scope.depth < self.scope.boundary:
            symbol.fix(FixedReason.CAPTURED_BY_CLASS)

    # Labels.

    def declare_label(self, token: Token) -> None:
        """Bring a label into scope."""
        if not token.name:
            return
        symbol = self.create(token.name, BindingKind.LABEL, self.scope)
        symbol.spans.append(token.span)
        self.show(_LABEL + token.name, symbol, self.scope)

    def use_label(self, token: Token) -> None:
        """Record the target of a jump."""
        symbol = self.lookup(_LABEL + token.name)
        if symbol is None:
            self.leave_unbound(token)
        else:
            symbol.spans.append(token.span)

    # Methods.

    def declare_method(self, name: str, modifiers: set[str], annotations: list[str]) -> None:
        """Bring a method of the innermost class into scope; overloads share one symbol.

        Args:
            name: the method's name.
            modifiers: its modifier keywords.
            annotations: names of its annotations that may have an effect on its name.
        """
        owner = self.scope.owner
        symbol = self.lookup(_METHOD + name)
        # What is visible may be the method of a class around this one.
        if symbol is None or symbol.scope is not self.scope:
            symbol = self.create(name, BindingKind.FUNCTION, self.scope)
            self.show(_METHOD + name, symbol, self.scope)
        if owner.methods_fixed is not None:
            may_override = "private" not in modifiers or owner is SNIPPET
            symbol.fix(owner.methods_fixed if may_override else FixedReason.INHERITED_OVERLOAD)
            self._overridable.add(name)
        if name in PLATFORM_METHODS or "Override" in annotations:
            symbol.fix(FixedReason.OVERRIDE)
        if annotations:
            symbol.fix(FixedReason.ANNOTATED)
        if "native" in modifiers:
            symbol.fix(FixedReason.NATIVE)

    def name_method(self, token: Token) -> None:
        """Record the name in the declaration of a method of the innermost class."""
        symbol = self.lookup(_METHOD + token.name)
        if symbol is None:
            self.leave_unbound(token)
        else:
            symbol.spans.append(token.span)

    def call_unqualified(self, token: Token) -> None:
        """Record ``f()``, which means the innermost class with such a method (JLS 15.12.1)."""
        symbol = self.lookup(_METHOD + token.name)
        if symbol is None:
            self.call_elsewhere(token)
        else:
            self._use(token, symbol)

    def call_this(self, token: Token) -> None:
        """Record ``this.f()`` or ``this::f``."""
        symbol = self.lookup(_METHOD + token.name)
        if symbol is None or symbol.scope is not self.scope.body:
            self.call_elsewhere(token)
        else:
            self._use(token, symbol)

    def call_qualified(self, qualifier: str, token: Token) -> None:
        """Record ``Name.f()`` or ``Name::f``, where the name may be a class around or not."""
        symbol = self.lookup(_METHOD + token.name)
        is_class = symbol is not None and symbol.scope.owner.name == qualifier
        if symbol is None or not is_class or self.is_known(qualifier):
            self.call_elsewhere(token)
        else:
            self._use(token, symbol)

    def call_elsewhere(self, token: Token) -> None:
        """Record the use of a method of an unknown class."""
        self.leave_unbound(token)
        self._calls_elsewhere.add(token.name)

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
        variable = self.lookup(token.name)
        if variable is not None:
            variable.fix(FixedReason.TYPE_NAME)

    def _bind_types(self) -> None:
        declarations = Counter(token.name for token in self._declared_types)
        declarations.update(self._type_parameters)
        symbols: dict[str, JavaSymbol] = {}
        for name, span in self._declared_types:
            symbol = self.create(name, BindingKind.TYPE, self.outermost, FixedReason.TYPE)
            symbol.spans.append(span)
            # With two declarations of the name, which one a use means is not certain.
            if declarations[name] == 1:
                symbols[name] = symbol
        for token in self._type_uses:
            if token.name in symbols:
                symbols[token.name].spans.append(token.span)
            else:
                self.leave_unbound(token)

    def analysis(self) -> ScopeAnalysis:
        """The finished analysis."""
        self._bind_types()
        for symbol in self.symbols:
            if symbol.kind is BindingKind.FUNCTION:
                if symbol.name in self._overridable:
                    symbol.fix(FixedReason.OVERRIDE)
                if symbol.name in self._calls_elsewhere:
                    symbol.fix(FixedReason.AMBIGUOUS)
        return super().analysis()
