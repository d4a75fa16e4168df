"""Rules of JavaScript that need no second opinion."""

from __future__ import annotations

import pytest

from metacompress.lang.edits import apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind, resolve


def renamed(text: str) -> str:
    """Every binding that is not fixed gets its number behind its name."""
    program = parse(text, Language.JAVASCRIPT)
    edits = [
        edit
        for number, binding in enumerate(resolve(program).bindings)
        if binding.fixed is None
        for edit in binding.renaming(f"{binding.name}{number}")
    ]
    return apply_edits(program.source, edits)[0].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("function f({a}) { return {a}; }", "function f0({a: a1}) { return {a: a1}; }"),
        ("const {a = 1} = b; ({a} = c);", "const {a: a0 = 1} = b; ({a: a0} = c);"),
        # Its name hides that of the function expression.
        ("(function g(g) { return g; })(1);", "(function g0(g1) { return g1; })(1);"),
        ("(function g() { var g; return g; });", "(function g0() { var g1; return g1; });"),
        # A `var` of a parameter's name is the parameter.
        ("function f(a, b = a) { var a; }", "function f0(a1, b2 = a1) { var a1; }"),
        ("function f(a = b) { var b; }", "function f0(a1 = b) { var b2; }"),
        ("class A { m(a) { this.a = a; } }", "class A { m(a1) { this.a = a1; } }"),
    ],
)
def test_renaming(before: str, after: str) -> None:
    assert renamed(before) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("get(key) { return this.items[key]; }", "get(key0) { return this.items[key0]; }"),
        ("static async a(b)\n{ return b; }", "static async a(b0)\n{ return b0; }"),
        ("a(b)\n{ return b; }\n", "a(b0)\n{ return b0; }\n"),
        ("/** It. */ constructor(a) { super(a); } b() {}", 0),
        ("function (a) { return a; }", "function (a0) { return a0; }"),
        ("async (a) => a", "async (a0) => a0"),
        ("set: function (a) { return a; }", "set: function (a1) { return a1; }"),
    ],
)
def test_functions_as_data_sets_hold_them(text: str, after: str | int) -> None:
    assert parse(text, Language.JAVASCRIPT).error_count == 0
    expected = "/** It. */ constructor(a0) { super(a0); } b() {}" if after == 0 else after
    assert renamed(text) == expected


@pytest.mark.parametrize(
    "text", ["f(a)\n{ b; }", "f(a) { return ) }", "a: 1", "{ f(a) }", "f(a) {"]
)
def test_what_is_no_method_stays_what_it_is(text: str) -> None:
    root = parse(text, Language.JAVASCRIPT).root
    assert root.children[0].type != "class_declaration"


def test_places_are_those_of_the_text() -> None:
    text = "é(ä) {\n  return [ä,\n    1];\n}\n"
    program = AnalysedProgram.of(text, Language.JAVASCRIPT)
    assert program.parsed.error_count == 0
    (number,) = program.nodes("number")
    assert program.text(number) == "1"
    assert (number.start_point.row, number.start_point.column) == (2, 4)
    (binding,) = program.scopes.bindings
    assert [program.source[s.start : s.end].decode() for s in binding.occurrences] == ["ä", "ä"]
    assert binding.kind is BindingKind.PARAMETER
