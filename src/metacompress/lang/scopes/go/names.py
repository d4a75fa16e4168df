"""What the names of a Go program mean at one place of it, while the walk goes along.

Go has one name space for variables, constants, types, functions and packages, and one for labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.scopes.model import BindingKind, FixedReason, ScopeAnalysis
from metacompress.lang.scopes.symbols import Scope, Symbol, SymbolTable
from metacompress.lang.syntax import span_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from tree_sitter import Node

    from metacompress.lang.edits import Span
    from metacompress.lang.parsing import ParsedProgram
    from metacompress.lang.scopes.symbols import Token

_BLANK = "_"
# The grammar takes them for keywords wherever they stand.
_CONSTANTS = frozenset({"true", "false", "nil", "iota"})


class GoScope(Scope):
    """One block of Go.

    Attributes:
        names: what the block declares itself, by name.
        function: the block of the innermost function.
        labels: of a function's block, the labels that it declares or jumps to.
    """

    __slots__ = ("function", "labels", "names")

    def __init__(self, parent: GoScope | None, span: Span) -> None:
        super().__init__(parent, span)
        self.names: dict[str, GoSymbol] = {}
        self.function: GoScope = self if parent is None else parent.function
        self.labels: dict[str, GoSymbol] = {}


GoSymbol = Symbol[GoScope]


class GoNames(SymbolTable[GoScope]):
    """The symbols of a Go program.

    Args:
        program: parsed.
        linked: the names of package-level functions that comment directives mention.
    """

    def __init__(self, program: ParsedProgram, linked: Collection[str]) -> None:
        super().__init__(program.source, GoScope(None, span_of(program.root)))
        self.set_errors_aside(program.root)
        self._linked = linked
        self._definitions: dict[GoSymbol, Node] = {}

    def open_function(self, span: Span) -> None:
        """Open the block of a function: its parameters, its body and its labels."""
        scope = self.open(span)
        scope.function = scope

    # Variables, constants, types, functions, packages.

    def declare(
        self, token: Token, kind: BindingKind, fixed: FixedReason | None = None
    ) -> GoSymbol | None:
        """Bring a name into scope, from here to the end of the innermost block.

        The symbol has the token as its first occurrence. The blank identifier declares nothing.
        """
        symbol = self.announce(token.name, kind, fixed)
        if symbol is None:
            self.leave_unbound(token)
        else:
            symbol.spans.append(token.span)
        return symbol

    def announce(
        self, name: str, kind: BindingKind, fixed: FixedReason | None = None
    ) -> GoSymbol | None:
        """Like ``declare``, for a name whose token is met later."""
        if not name or name == _BLANK:
            return None
        scope = self.scope
        symbol = self.create(name, kind, scope, fixed)
        if name in _CONSTANTS:
            symbol.fix(FixedReason.AMBIGUOUS)
        earlier = scope.names.get(name)
        if earlier is not None:
            # An error of the program, which other names would hide.
            earlier.fix(FixedReason.REDECLARED)
            symbol.fix(FixedReason.REDECLARED)
        self.show_here(symbol)
        return symbol

    def show_here(self, symbol: GoSymbol) -> None:
        """Bring a symbol into scope in the innermost block."""
        self.scope.names[symbol.name] = symbol
        self.show(symbol.name, symbol, self.scope)

    def declare_function(self, name: str, *, has_body: bool) -> None:
        """Bring a function of the package into scope."""
        if name == "init":  # there may be several, and nothing can refer to one
            return
        symbol = self.announce(name, BindingKind.FUNCTION)
        if symbol is None:
            return
        if name == "main":
            symbol.fix(FixedReason.MAIN)
        if not has_body:
            symbol.fix(FixedReason.EXTERNAL)
        if not name[:1].islower() and name[:1] != _BLANK:
            symbol.fix(FixedReason.EXPORTED)
        if name in self._linked:
            symbol.fix(FixedReason.LINKED)

    def declare_short(self, token: Token) -> None:
        """Record a name to the left of ``:=``: a new variable, unless this block has it already."""
        earlier = self.scope.names.get(token.name)
        if earlier is not None:
            earlier.spans.append(token.span)
        else:
            outside = self.scope is self.outermost
            self.declare(token, BindingKind.LOCAL, FixedReason.TOP_LEVEL if outside else None)

    def use(self, token: Token) -> None:
        """Record a name that is looked up, be it a variable, a type or a package."""
        symbol = self.lookup(token.name)
        if symbol is None:
            self.leave_unbound(token)
        else:
            symbol.spans.append(token.span)

    def use_in_doubt(self, token: Token) -> None:
        """Record the key of a literal that is a field or, as likely, what has this name."""
        symbol = self.lookup(token.name)
        if symbol is not None:
            symbol.fix(FixedReason.AMBIGUOUS)
        self.leave_unbound(token)

    # Labels.

    def label(self, token: Token, *, declares: bool) -> None:
        """Record a label of the innermost function, which jumps may mention before it comes."""
        name, span = token
        if not name or name == _BLANK:
            self.leave_unbound(token)
            return
        function = self.scope.function
        symbol = function.labels.get(name)
        if symbol is None:
            symbol = self.create(name, BindingKind.LABEL, function)
            function.labels[name] = symbol
        symbol.spans.append(span)
        if declares and symbol.is_defined:
            symbol.fix(FixedReason.REDECLARED)
        symbol.is_defined |= declares

    # Types.

    def define_type(self, symbol: GoSymbol, definition: Node) -> None:
        """Record what a name of the program stands for."""
        self._definitions[symbol] = definition

    def underlying(self, written: Node | None) -> Node | None:
        """The struct, map, array or slice type that a type is; None where that is not in view."""
        depth = self.scope.depth
        for _ in range(_LONGEST_CHAIN):
            if written is None or written.type in _COMPOSITES:
                return written
            if written.type in ("generic_type", "pointer_type", "parenthesized_type"):
                written = next(iter(written.named_children), None)
            elif written.type == "type_identifier":
                symbol = self.lookup(self.text(written))
                # Where the type is declared, another one may have had this name.
                if symbol is None or symbol.scope.depth > depth:
                    return None
                depth = symbol.scope.depth
                written = self._definitions.get(symbol)
            else:
                return None
        return None

    def analysis(self) -> ScopeAnalysis:
        """The finished analysis."""
        for symbol in self.symbols:
            if symbol.kind is BindingKind.LABEL and not symbol.is_defined:
                self.unbound.extend((span, symbol.name) for span in symbol.spans)
                symbol.spans.clear()
        return super().analysis()


_COMPOSITES = frozenset(
    {"struct_type", "map_type", "array_type", "implicit_length_array_type", "slice_type"}
)
# Types may be declared in a circle, which is an error of the program.
_LONGEST_CHAIN = 20
