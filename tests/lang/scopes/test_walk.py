from __future__ import annotations

from typing import TYPE_CHECKING

from metacompress.lang.edits import Span
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes.model import BindingKind, FixedReason
from metacompress.lang.scopes.symbols import Scope, SymbolTable, Token
from metacompress.lang.scopes.walk import Walk, visits

if TYPE_CHECKING:
    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram

WHOLE = Span(0, 100)


class Calls(Walk[SymbolTable[Scope]]):
    """Notes calls, and the identifiers outside of them, at their depth."""

    def __init__(self, program: ParsedProgram) -> None:
        super().__init__(SymbolTable(program.source, Scope(None, WHOLE)))
        self.seen: list[tuple[str, int]] = []

    def note(self, text: str) -> None:
        self.seen.append((text, self.table.scope.depth))

    @visits("identifier")
    def _identifier(self, node: Node) -> None:
        self.note(self.table.text(node))

    @visits("call")
    def _call(self, node: Node) -> None:
        self.inside(node, [node.named_children[1], lambda: self.note("called")])


class CallsAndStrings(Calls):
    @visits("string", "integer")
    def _literal(self, node: Node) -> None:
        self.note(self.table.text(node))


def walked(walk: type[Calls], text: str) -> list[tuple[str, int]]:
    program = parse(text, Language.PYTHON)
    done = walk(program)
    done.run([program.root, lambda: done.note("end")])
    return done.seen


def test_tasks_are_done_in_order_with_all_that_follows_from_each() -> None:
    assert walked(Calls, "a\nf(b, g(c), d)\ne") == [
        ("a", 0), ("b", 1), ("c", 2), ("called", 2), ("d", 1), ("called", 1), ("e", 0), ("end", 0),
    ]  # fmt: skip


def test_a_walk_has_the_handlers_of_its_bases_and_they_do_not_have_its_own() -> None:
    text = "f(a, 'b', 1)"
    assert walked(Calls, text) == [("a", 1), ("called", 1), ("end", 0)]
    assert walked(CallsAndStrings, text) == [
        ("a", 1),
        ("'b'", 1),
        ("1", 1),
        ("called", 1),
        ("end", 0),
    ]


def test_what_an_error_holds_is_passed_over() -> None:
    assert ("b", 0) not in walked(Calls, "a\n) b (\nc")
    assert ("a", 0) in walked(Calls, "a\n) b (\nc")


def table_of(text: str) -> SymbolTable[Scope]:
    return SymbolTable(text.encode(), Scope(None, WHOLE))


def test_a_name_means_what_the_innermost_open_scope_shows() -> None:
    table = table_of("")
    outer = table.create("a", BindingKind.LOCAL, table.scope)
    table.show("a", outer, table.scope)
    inner_scope = table.open(Span(10, 50))
    assert table.lookup("a") is outer
    inner = table.create("a", BindingKind.LOCAL, inner_scope)
    table.show("a", inner, inner_scope)
    assert table.lookup("a") is inner
    table.leave()
    assert (table.lookup("a"), table.scope) == (outer, table.outermost)
    table.leave()
    assert (table.lookup("a"), table.scope) == (None, table.outermost)


def test_what_is_hidden_is_known_and_means_nothing() -> None:
    table = table_of("")
    table.show("a", None, table.open(Span(10, 50)))
    assert (table.lookup("a"), table.is_known("a"), table.is_known("b")) == (None, True, False)
    table.leave()
    assert not table.is_known("a")


def test_the_first_reason_is_kept_and_taint_comes_last() -> None:
    table = table_of("")
    for name, fixed in (("a", FixedReason.MAIN), ("b", None), ("c", None)):
        symbol = table.create(name, BindingKind.LOCAL, table.scope, fixed)
        symbol.spans += [Span(20, 21), Span(10, 11)]
    table.symbols[0].fix(FixedReason.PASTED)
    table.taint("a", FixedReason.MEMBER)
    table.taint("b", FixedReason.MEMBER)
    table.taint("b", FixedReason.PASTED)
    table.create("never used", BindingKind.LOCAL, table.scope)
    found = table.analysis().bindings
    assert [(b.name, b.fixed) for b in found] == [
        ("a", FixedReason.MAIN),
        ("b", FixedReason.MEMBER),
        ("c", None),
    ]
    assert found[0].occurrences == (Span(10, 11), Span(20, 21))


def test_a_token_that_is_missing_is_left_out() -> None:
    table = table_of("")
    table.leave_unbound(Token("", Span(3, 3)))
    table.leave_unbound(Token("a", Span(3, 4)))
    assert table.analysis().unbound == ((Span(3, 4), "a"),)


def test_errors_fix_the_names_in_them_and_the_scopes_around() -> None:
    program = parse("def f():\n    a = )\nb = 1\n", Language.PYTHON)
    table = SymbolTable(program.source, Scope(None, Span(0, 0)))
    table.set_errors_aside(program.root)
    around, away = Scope(table.outermost, Span(0, 20)), Scope(table.outermost, Span(21, 24))
    for name, scope in (("f", around), ("b", away)):
        table.create(name, BindingKind.LOCAL, scope).spans.append(scope.span)
    assert [b.fixed for b in table.analysis().bindings] == [FixedReason.SYNTAX_ERROR, None]
