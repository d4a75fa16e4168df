from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.syntactic.swap_operands import SwapOperands


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int f(int a, int b) { return a + b; }", "return b + a;"),
        (Language.C, "int g(int); int f(int a) { return (a)+g(a); }", "return g(a) + (a);"),
        (Language.C, "int f(int a) { return(a)+1; }", "return 1 + (a);"),
        (Language.C, "char *f(char *p) { return p + 1; }", "return 1 + p;"),
        (Language.C, "int f(struct s *p) { return p->x & 7; }", "7 & p->x"),
        (Language.C, "int f(int a) { return a + 0xE; }", "0xE + a"),
        (Language.C, "int f(int a) { return 0xE*a-1; }", "a * 0xE -1"),
        (Language.C, "double f(double a) { return a * 2.0 - 1; }", "2.0 * a - 1"),
        (Language.C, "int f(int a, int b) { return a - b * 2; }", "a - 2 * b"),
        (Language.C, "#define N 10\nint f(int a) { return a + N; }", "N + a"),
        (Language.CPP, "long f(int a, long b) { return a | b; }", "b | a"),
        (Language.CPP, "int f(int *p, int i) { return p[i] + i; }", "i + p[i]"),
        (Language.JAVA, "class A { int f(int a, long b) { return (int) (a ^ b); } }", "(b ^ a)"),
        (
            Language.JAVA,
            "class A { boolean f(boolean a, int b) { return a & b > 1; } }",
            "(b > 1) & a",
        ),
        (
            Language.JAVA,
            "class A { int f(String s, int i) { return s.length() * i; } }",
            "i * s.length()",
        ),
        (Language.JAVA, "class A { String f(int a) { return a + 1 + s; } }", "return 1 + a + s;"),
        (Language.JAVA, "class A { int f(int[] a) { return a[0] + 1; } }", "1 + a[0]"),
        (Language.PYTHON, "def f(s):\n    n = len(s)\n    return n + 1\n", "return 1 + n\n"),
        (Language.PYTHON, "def f():\n    for i in range(3):\n        yield i*2\n", "yield 2 * i\n"),
        (Language.PYTHON, "def f():\n    x = 1.5\n    return(x)*2.5\n", "return 2.5 * (x)\n"),
    ],
)
def test_operands_are_exchanged(language: Language, before: str, after: str) -> None:
    (variant,) = rewrite_each("swap-operands", before, language)
    assert after in variant


def test_sums_are_not_regrouped() -> None:
    text = "double f(double a, double b, double c) { return a + b + c; }"
    inner, outer = rewrite_each("swap-operands", text, Language.C)
    assert "return b + a + c;" in inner
    assert "return c + (a + b);" in outer


def test_deep_nesting_is_no_problem() -> None:
    text = "int f(int a) { return " + "(" * 10_000 + "a + 1" + ")" * 10_000 + "; }"
    assert len(rewrite_each("swap-operands", text, Language.C)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int a) { return g(a) + h(a); }"),
        (Language.C, "int f(int a) { return a++ + a; }"),
        (Language.C, "int f(int a) { return g(&a) * a; }"),
        (Language.C, "int f(int a) { return g(a) * a; }"),
        (Language.C, "int f(int a) { return a + FLAGS; }"),
        (Language.C, "#define n m + 1\nint f(int a) { return a * n; }"),
        (Language.C, "#define twice(x) x + x\nint f(int a) { return twice(a + 1); }"),
        (Language.C, "int f(int a) { return a - 1; }"),
        (Language.C, "int f(int a) { return a + /* one */ 1; }"),
        (Language.C, "int f(char *p) { return (word) * p; }"),
        (Language.C, "int f(char p) { return g((mask) & p, p + 1); }"),
        (Language.C, "void f(int a) { assert(a + 1); }"),
        (Language.C, "void f(int a) { SHOW(a + 1); }"),
        (Language.C, "void f(int a) { a * 2; }"),
        (Language.C, "#if a + 1\nint b;\n#endif\n"),
        (Language.CPP, "T f(T a, T b) { return a + b; }"),
        (Language.CPP, "void f(string s) { s = s + 'a'; }"),
        (Language.CPP, "int f() { return g<1 + 2>(); }"),
        (Language.JAVA, 'class A { String f(int a) { return "a" + a; } }'),
        (Language.JAVA, "class A { String f(String s, char c) { return c + s; } }"),
        (Language.JAVA, "class A { int f(Integer a, int b) { return a + b; } }"),
        (Language.JAVA, "class A { int f(int[] a, int[] b) { return a[0] + b[0]; } }"),
        (Language.JAVA, "class A { int f(int a) { return (a = 2) * a; } }"),
        (Language.JAVA, "class A { int f(int a) { return a << 1; } }"),
        (Language.PYTHON, "def f(a, b):\n    return a + b\n"),
        (Language.PYTHON, "def f(a):\n    return a + 1\n"),
        (
            Language.PYTHON,
            "def f(a):\n    if a:\n        b = c = 1\n    return b + c\n",
        ),
        (Language.PYTHON, "def f(a):\n    b = 1\n    b = g()\n    return b * 2\n"),
        (Language.PYTHON, "def f():\n    a = 'x'\n    return a + 'y'\n"),
        (Language.PYTHON, "def f(s):\n    return len(s) + len(g(s))\n"),
        (Language.PYTHON, "def f():\n    a = 1\n    return f'{a + 1=}'\n"),
        (Language.PYTHON, "from m import *\ndef f(s):\n    n = len(s)\n    return n + 1\n"),
        (Language.PYTHON, "def f():\n    a = True\n    return a + 1\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("swap-operands", text, language) == []


def test_products_of_floats_are_not_exchanged() -> None:
    text = "double f(double a, double b) { return a * b + b * b; }"
    variants = rewrite_each("swap-operands", text, Language.C)
    assert ["b * a + b * b" in variant for variant in variants].count(True) == 1
    assert not any("(b * b) + (a * b)" in variant for variant in variants)
    integers = rewrite_each("swap-operands", text.replace("double", "int"), Language.C)
    assert any("(b * b) + (a * b)" in variant for variant in integers)


def test_parameters_that_look_like_products_stay() -> None:
    text = "static int unseen_macro\nread(State *s, uint64_t n, char *p)\n{\n    return n + 1;\n}\n"
    program = AnalysedProgram.of(text, Language.C)
    assert program.parsed.error_count
    assert not any(site.span.start < text.index("{") for site in SwapOperands().sites(program))
