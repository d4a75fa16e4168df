"""Every reason for which a name is fixed, each in the smallest program that gives it."""

from __future__ import annotations

import pytest

from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes import FixedReason, resolve

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON
JS, TS = Language.JAVASCRIPT, Language.TYPESCRIPT
GO = Language.GO

# (language, program, name)
PROGRAMS = {
    FixedReason.SYNTAX_ERROR: [
        (C, "void f(int a) { a = ) 1; }", "a"),
        (JAVA, "class A { void f(int a) { a = ) 1; } }", "a"),
        (PYTHON, "def f(a):\n    return a +\n", "f"),
        (JS, "function f(a) { a = ) 1; }", "a"),
    ],
    FixedReason.AMBIGUOUS: [
        (C, "void f(void) { int a; int a; }", "a"),
        (JAVA, "class A { private int f() { return other.f(); } }", "f"),
        (JS, "function f() { { function g() {} } return g; }", "g"),
        (JS, "function f() { try {} catch (e) { var e = 1; } }", "e"),
        (JS, "key: function () {}", "key"),
        (JS, "function f(Tag) { return <Tag/>; }", "Tag"),
        (GO, "func f(a int) { g(p.T{a: a}) }", "a"),
    ],
    FixedReason.TYPE: [
        (JAVA, "class A { }", "A"),
        (PYTHON, "class A: pass\n", "A"),
        (JS, "const a = class B {};", "B"),
        (TS, "enum A { B }", "A"),
        (TS, "function f() {} namespace f { export let a: number; }", "f"),
        (GO, "type T int\n", "T"),
    ],
    FixedReason.MAIN: [(C, "int main(void) { return 0; }", "main")],
    FixedReason.EXTERNAL: [
        (C, "int f(void); extern int v;", "v"),
        (TS, "declare const a: string; function f(a: string) { return a; }", "a"),
    ],
    FixedReason.LIBRARY_NAME: [(C, "int abs(int a) { return a; }", "abs")],
    FixedReason.MACRO_ARGUMENT: [(C, "void f(int dev) { container_of(dev, T, m); }", "dev")],
    FixedReason.MACRO_BODY: [(C, "#define ADD total++\nvoid f(int total) { }", "total")],
    FixedReason.PASTED: [(C, "#define P(x) x ## 1\nvoid f(int a) { }", "a")],
    FixedReason.STRINGISED: [(C, "void f(void) { puts(__func__); }", "f")],
    FixedReason.HIDDEN_USE: [(C, "void f(int a) { a++; CHECK; }", "a")],
    FixedReason.QUALIFIED: [(CPP, "int f() { return 1; } int g() { return ::f(); }", "f")],
    FixedReason.MEMBER: [(CPP, "int v = 1; struct A : B { int f() { return v; } };", "v")],
    FixedReason.ASM_OPERAND: [
        (C, 'int f(void) { return 1; } void g(void) { asm("call f"); }', "f")
    ],
    FixedReason.ATTRIBUTE: [
        (C, 'int f(void) { return 1; } __attribute__((alias("f"))) int g(void);', "f")
    ],
    FixedReason.ANNOTATED: [(JAVA, "class A { void f(@Param int a) { } }", "a")],
    FixedReason.CAPTURED_BY_CLASS: [
        (JAVA, "void f(int n) { new B() { void g() { h(n); } }; }", "n")
    ],
    FixedReason.CASE_LABEL: [
        (JAVA, "class A { void f(int a, int b) { switch (b) { case a: break; } } }", "a")
    ],
    FixedReason.CLASS_UNSEEN: [(JAVA, "int f() { return 1; }", "f")],
    FixedReason.INHERITED_OVERLOAD: [(JAVA, "class A extends B { private void f() { } }", "f")],
    FixedReason.NATIVE: [(JAVA, "class A { native int f(); }", "f")],
    FixedReason.OVERRIDE: [
        (JAVA, "class A extends B { void f() { } }", "f"),
        (JAVA, "class A { public String toString() { return null; } }", "toString"),
    ],
    FixedReason.PATTERN_VARIABLE: [
        (JAVA, "class A { void f(Object o) { if (o instanceof B b) { } } }", "b")
    ],
    FixedReason.RECORD_COMPONENT: [(JAVA, "record A(int a) { A(int a) { this.a = a; } }", "a")],
    FixedReason.REDECLARED: [(JAVA, "class A { void f() { int a = 1; { int a = 2; } } }", "a")],
    FixedReason.TOP_LEVEL: [(JAVA, "int a = 1;", "a")],
    FixedReason.TYPE_NAME: [
        (JAVA, "class A { void f(int B) { B b = null; } }", "B"),
        (TS, "function f() { interface B {} const B = {}; }", "B"),
    ],
    FixedReason.ANNOTATION: [
        (PYTHON, "from __future__ import annotations\nT = 1\nx: T = 2\n", "T")
    ],
    FixedReason.BUILTIN: [
        (PYTHON, "len = 1\n", "len"),
        (JS, "function f() { var arguments = 1; }", "arguments"),
        (JS, "function f(__proto__) { return {__proto__}; }", "__proto__"),
    ],
    FixedReason.CLASS_ATTRIBUTE: [(PYTHON, "class A:\n    a = 1\n", "a")],
    FixedReason.DECORATED: [(PYTHON, "@d\ndef f(a): pass\n", "a")],
    FixedReason.DUNDER: [(PYTHON, "__version__ = 1\n", "__version__")],
    FixedReason.EXPORTED: [
        (PYTHON, "a = 1\n__all__ = ['a']\n", "a"),
        (JS, "const a = 1; export {a as b};", "a"),
        (JS, "export const {a, c: [b]} = d;", "b"),
        (TS, "namespace A { let a = 1; a; }", "a"),
    ],
    FixedReason.F_STRING_TEXT: [(PYTHON, "def f(a): return f'{a=}'\n", "a")],
    FixedReason.IMPORT: [(PYTHON, "import m\n", "m"), (JS, "import {a as m} from 'b';", "m")],
    FixedReason.KEYWORD_ARGUMENT: [(PYTHON, "def f(a): pass\nf(a=1)\n", "a")],
    FixedReason.MANGLED: [
        (PYTHON, "def f():\n    _A__b = 1\n    class A:\n        def g(s): return __b\n", "_A__b")
    ],
    FixedReason.PYTHON_2: [(PYTHON, "def f(a):\n    print a\n", "a")],
    FixedReason.QUALIFIED_NAME: [(PYTHON, "def f():\n    class A: pass\n", "f")],
    FixedReason.REFLECTION: [
        (PYTHON, "def f(a): return locals()\n", "a"),
        (JS, "function f(a) { return eval('a'); }", "a"),
        (JS, "function f(a, o) { with (o) { return a; } }", "a"),
        (JS, "function f() { const a = () => 1; return a.name; }", "a"),
        (JS, "function f() { function a() {} console.log([a]); }", "a"),
    ],
    FixedReason.TYPE_PARAMETER: [(PYTHON, "T = 1\ndef f[T](a): return a\n", "T")],
    FixedReason.UNICODE: [
        (PYTHON, "def f(\ufb01): return fi\n", "\ufb01"),
        (JS, "function f(\\u{61}b) { return ab; }", "ab"),
    ],
    FixedReason.PARAMETER_PROPERTY: [(TS, "class A { constructor(public a: number) {} }", "a")],
    FixedReason.INJECTED: [
        (JS, "function Shop($scope, prices) { $scope.a = prices; }", "prices"),
        (JS, "define(function (require) { return require('a'); });", "require"),
    ],
    FixedReason.LINKED: [(GO, "//export f\nfunc f() {}", "f")],
}


@pytest.mark.parametrize(
    ("reason", "language", "text", "name"),
    [(reason, *program) for reason, programs in PROGRAMS.items() for program in programs],
)
def test_a_program_gives_the_reason(
    reason: FixedReason, language: Language, text: str, name: str
) -> None:
    found = [b.fixed for b in resolve(parse(text, language)).bindings if b.name == name]
    assert reason in found


def test_every_reason_has_a_program() -> None:
    assert set(PROGRAMS) == set(FixedReason)
