from __future__ import annotations

import shutil

import pytest

from metacompress.errors import MissingDependencyError
from metacompress.execution.behaviour import Judgement, same_behaviour
from metacompress.execution.compilers import compare_errors
from metacompress.execution.node import javascript_unit, syntax_errors
from metacompress.execution.programs import Input
from metacompress.lang.language import Language

JS = Language.JAVASCRIPT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="no node")


@pytest.mark.parametrize(
    "text",
    [
        "get(a) { return a; }",
        "static async *a(b)\n{ yield b; }",
        "constructor(a) { super(a); }",
        "function (a) { return a; }",
        "// first\nasync function* (a) { yield a; };",
        "key: function (a) { return a; }",
        "(a) => a",
        "#!/usr/bin/env node\nreturn require('fs');",
        "import a, {b as c} from 'd'; export default await a; import.meta.e;",
        "with (a) b; var c = 010;",
        "class A { #a; m() { return #a in this; } }",
    ],
)
def test_programs_and_functions_as_data_sets_hold_them_have_no_errors(text: str) -> None:
    assert syntax_errors(javascript_unit(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "let a; let a;",
        "break;",
        "function f() { 'use strict'; with (a) b; }",
        "export let a; export {a};",
        "get(a) { let a; }",
        "function (a) { const b; }",
        "class A { m() { return #b in this; } }",
        "x = `${`",
        "(" * 20_000,
    ],
)
def test_errors_that_no_grammar_shows(text: str) -> None:
    assert len(syntax_errors(javascript_unit(text))) == 1


def test_names_of_locals_do_not_count() -> None:
    source = "function f(a) { let b; let b; return a; }"
    before, after = compare_errors(source, source.replace("b", "c"), JS)
    assert before == after
    assert before


def test_behaviour_is_compared() -> None:
    source = "const text = require('fs').readFileSync(0, 'utf8'); console.log(text.length);"
    inputs = [Input(b"12"), Input(b"")]
    assert same_behaviour(source, source.replace("text", "t"), JS, inputs) is Judgement.SAME
    other = source.replace("length)", "length + 1)")
    assert same_behaviour(source, other, JS, inputs) is Judgement.DIFFERENT
    clock = "console.log(process.hrtime.bigint());"
    assert same_behaviour(clock, clock, JS, [Input()]) is Judgement.NO_EVIDENCE


def test_no_compiler_checks_typescript() -> None:
    with pytest.raises(MissingDependencyError, match="no compiler checks TypeScript"):
        compare_errors("let a: number;", "let b: number;", Language.TYPESCRIPT)
