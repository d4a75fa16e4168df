from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.lexical.parentheses import Parentheses


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int f(int a) { return a; }", ["return (a);"]),
        (Language.C, "int f(int a) { return(a); }", ["return a;"]),
        (Language.C, "int f(int a) { return (a + 1); }", ["return a + 1;"]),
        (Language.C, "void f(int a) { g(a * 2); }", ["g((a * 2));"]),
        (Language.C, "void f(int *a) { *a = 3; }", ["*a = (3);"]),
        (Language.C, "void f(int *a, int b) { b = 2 - (a[b]); }", ["(2 - (a[b]))", "2 - a[b]"]),
        (Language.C, "int f(int a) { if (((a))) g(); }", ["if ((a))"]),
        (Language.C, "void f(int a) { a = 1 + -a; }", ["a = (1 + -a);", "a = 1 + (-a);"]),
        (Language.C, "int f(int a) { return (0xE)+a; }", ["return ((0xE)+a);", "return 0xE +a;"]),
        (Language.CPP, "void f(int a) { a = (a); g((a)); }", ["a = a; g((a));", "a = (a); g(a);"]),
        (Language.JAVA, "class A { int a = (1); }", ["int a = 1;"]),
        (Language.JAVA, "class A { void f(int a) { g((a + 1)); } }", ["g(a + 1);"]),
        (Language.JAVA, 'class A { String f() { return("a"); } }', ['return "a";']),
        (
            Language.JAVA,
            "class A { int f(int[] a) { return 1 - a.length; } }",
            ["return (1 - a.length);", "return 1 - (a.length);"],
        ),
        (Language.PYTHON, "def f(a):\n    return a\n", ["return (a)\n"]),
        (Language.PYTHON, "def f(a):\n    if(a):\n        g()\n", ["    if a:\n"]),
        (Language.PYTHON, "x = y if(a)else b\n", ["x = (y if(a)else b)\n", "x = y if a else b\n"]),
        (Language.PYTHON, "x = g(a + 1)\n", ["x = (g(a + 1))\n", "x = g((a + 1))\n"]),
        (Language.PYTHON, "x = y[a - 1]\n", ["x = (y[a - 1])\n", "x = y[(a - 1)]\n"]),
        (Language.PYTHON, "if a < b:\n    g()\n", ["if (a < b):\n"]),
    ],
)
def test_parentheses_come_and_go(language: Language, before: str, after: list[str]) -> None:
    variants = rewrite_each("parentheses", before, language)
    assert len(variants) == len(after)
    for part in after:
        assert any(part in variant for variant in variants)


def test_grouping_is_kept() -> None:
    text = "int f(int a, int b) { return (a + b) * (a - b) - (a * b); }"
    assert [v[29:-3] for v in rewrite_each("parentheses", text, Language.C)] == [
        "((a + b) * (a - b)) - (a * b)",
        "((a + b) * (a - b) - (a * b))",
    ]


def test_deep_nesting_is_no_problem() -> None:
    text = "int f(int a) { return " + "(" * 10_000 + "a + 1" + ")" * 10_000 + "; }"
    sites = list(Parentheses().sites(AnalysedProgram.of(text, Language.C)))
    assert 0 < len(sites) < 1_000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(void) { return FLAGS; }"),
        (Language.C, "int f(int a) { return (FLAGS); }"),
        (Language.C, "#define n a + 1\nint f(int a) { return (n); }"),
        (Language.C, "#define twice(x) x + x\nint f(int a) { return (twice(a)); }"),
        (Language.C, "int f(void) { return unseen; }"),
        (Language.C, 'void f(void) { char s[] = "a"; }'),
        (Language.C, "void f(void) { int s[] = {1}; }"),
        (Language.C, "void f(int a) { SHOW(a + 1); assert(a > 1); }"),
        (Language.C, "void f(int a) { log((a, 2)); }"),
        (Language.C, "void f(int a) { macro((a + 1)); }"),
        (Language.C, "int f(int a) { return (/* why */ a); }"),
        (Language.C, "int f(int a) { return ({ a; }); }"),
        (Language.C, "unsigned f(char *p) { return (word) * p; }"),
        (Language.C, "int f(int mask) { return (word) & mask; }"),
        (Language.C, "void f(void) { *g_new(T, 1); }"),
        (Language.C, "#if (A) + (B)\nint a;\n#endif\n"),
        (Language.CPP, "T f(T a) { return a; }"),
        (Language.CPP, "auto f() { int a; decltype(auto) b = a; return (a); }"),
        (Language.CPP, "void f(int a) { T t((g())); }"),
        (Language.CPP, "void f() { T t((T())); }"),
        (Language.JAVA, "class A { void f() { g(() -> 1, A::h); } }"),
        (Language.JAVA, "class A { int[] a = {1, 2}; }"),
        (Language.JAVA, "@B(c = 1) class A { void f() { g(); } }"),
        (Language.PYTHON, "x = y, z\n"),
        (Language.PYTHON, "x = (y, z)\n"),
        (Language.PYTHON, "def f():\n    x = yield y\n"),
        (Language.PYTHON, "x = (\n    y)\n"),
        (Language.PYTHON, "g(*a, **b)\n"),
        (Language.PYTHON, "g(a for a in b)\n"),
        (Language.PYTHON, "for a in b: g()\n"),
        (Language.PYTHON, "assert a, b\n"),
        (Language.PYTHON, "with a as b: g()\n"),
        (Language.PYTHON, "del a\n"),
        (Language.PYTHON, "g(f'{a + b=}')\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("parentheses", text, language) == []
