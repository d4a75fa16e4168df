"""Each transformation on JavaScript: what it makes, and what it leaves alone."""

from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS

JS = Language.JAVASCRIPT
_SEEDS = range(12)


def variants(name: str, text: str) -> set[str]:
    return {variant for seed in _SEEDS for variant in rewrite_each(name, text, JS, seed)}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("braces", "if (a) b\nelse c", "if (a) { b }\nelse c"),
        ("braces", "for (const a of b) { c(a); }", "for (const a of b)   c(a); "),
        ("comments", "a() // then\nb()", "a()\nb()"),
        ("comments", "a(/* one */ 1)", "a( 1)"),
        ("flip-comparison", "x = a.b() === 5", "x = 5 === a.b()"),
        ("flip-comparison", "if (a < 'x') b()", "if ('x' > a) b()"),
        ("layout", "f(a,\n  b)", "f(a, b)"),
        ("layout", "if (a) { b(); }", "if (a)\n{ b(); }"),
        ("layout", "x = {\n  a\n}", "x = { a\n}"),
        ("layout", "a = b+c", "a = b +c"),
        ("merge-declarations", "const a = 1\nconst {b} = c;", "const a = 1, {b} = c;"),
        ("parentheses", "return a + b", "return (a + b)"),
        ("parentheses", "x = (a || b)", "x = a || b"),
        ("parentheses", "f(a + b)", "f((a + b))"),
        ("rewrite-assignment", "let a; a **= b + 1", "let a; a = a ** (b + 1)"),
        ("rewrite-assignment", "let a; a = a + (b, c)", "let a; a += (b, c)"),
        ("rewrite-boolean", "x = !(a && b)", "x = (!a || !b)"),
        ("rewrite-boolean", "if (a || !b) c()", "if (!(!a && b)) c()"),
        ("rewrite-boolean", "if (a === b) c()", "if (!(a !== b)) c()"),
        ("rewrite-boolean", "x = !(a && !b)", "x = (!a || !(!b))"),
        ("rewrite-increment", "a.b++", "++a.b"),
        ("rewrite-increment", "for (;; --i) ;", "for (;; i--) ;"),
        ("rewrite-literal", "a = 42", "a = 0x2a"),
        ("split-declarations", "let a = 1, [b] = c", "let a = 1;\nlet [b] = c"),
        ("split-declarations", "{ var a = 1 }", "{ var a; a = 1 }"),
        ("swap-if-branches", "if (a) { b } else { c }", "if (!(a)) { c } else { b }"),
        ("while-to-for", "while (a in b) c", "for (; a in b;) c"),
    ],
)
def test_a_rewriting(name: str, before: str, after: str) -> None:
    text = f"function f() {{ {before} }}" if "return" in before else before
    expected = f"function f() {{ {after} }}" if "return" in before else after
    assert expected in variants(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # Without the brace, nothing would end the statement before the `else`.
        ("braces", "if (a) { b } else { let c; }"),
        ("flip-comparison", "x = a < b"),
        ("flip-comparison", "a < 5"),
        ("merge-declarations", "let a; var b"),
        ("merge-declarations", "export let a; export let b;"),
        ("rewrite-assignment", "a.b += 1"),
        ("rewrite-assignment", "globalOne += 1"),
        ("rewrite-assignment", "let a; a ??= 1; a &&= 2"),
        ("rewrite-boolean", "x = a && b"),
        ("rewrite-boolean", "x = !!a"),
        ("rewrite-boolean", "for (let i = 0; ; i++) ;"),
        ("rewrite-boolean", "x = !(a < b)"),
        ("rewrite-increment", "x = a++"),
        ("rewrite-increment", "a += 1"),
        ("rewrite-literal", "x = {1: a}"),
        ("rewrite-literal", "x = 5n + 010"),
        ("rewrite-literal", "class A { 2 = a; 3() {} }"),
        ("split-declarations", "for (let a = 1, b = 2;;) ;"),
        ("split-declarations", "let a = 1"),
        ("parentheses", "x\na.b + c"),
        ("parentheses", "for (var a = ('b' in c); ;) ;"),
        ("insert-dead-code", "function f() { 'use strict' }"),
    ],
)
def test_what_is_left_alone(name: str, text: str) -> None:
    assert variants(name, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "function f() {\n  return { a }\n}",
        "a = b\n++c",
        "a\n`x`\nb",
        "class A {\n  a = 1\n  static\n  c = 2\n  b() {}\n}",
        "var a = 1\nvar b = a\n/ 2\n/ a",
        "do a++\nwhile (a < 5)\nb()",
        "function* f() {\n  yield\n  a\n}",
        "a = function () {}\nb()",
        "throw {\n  a\n}",
        "label: for (;;) {\n  break\n  label\n}",
        "const t = `a\n   b ${ c  +\n d }\n`",
        "x = a / b / c; y = /[/]\\/ {2}/g; z = a++ / 2",
        "x = <a b={c  +  d}>  text\n  more </a>",
    ],
)
def test_line_breaks_that_end_statements_stay(text: str) -> None:
    """``rewrite_each`` fails where the gate refuses a variant: no site may break a statement."""
    assert text not in variants("layout", text)


@pytest.mark.parametrize(
    "text",
    [
        "function f(a) { return a; } print(f.toString());",
        "const f = (a) => a; log(`${f}`);",
        "function f(a) { return a + 1; } log(f + '');",
        "class A { m(a) { return a; } } log(String(A));",
        "log(Function.prototype.toString.call(g)); { let a = 1; }",
    ],
)
def test_programs_that_show_their_own_text_stay(text: str) -> None:
    for name in TRANSFORMS.names():
        if JS in TRANSFORMS.get(name).languages:
            sites = TRANSFORMS.get(name)().all_sites(AnalysedProgram.of(text, JS))
            assert sites == (), name
