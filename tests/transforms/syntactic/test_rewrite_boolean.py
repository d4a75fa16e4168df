from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (C, "int f(int a, int b) { if (!(a && b)) g(); }", "if (!a || !b) g();"),
        (C, "int f(int a, int b) { if (a || b) g(); }", "if (!(!a && !b)) g();"),
        (C, "int f(int a, int b) { return a && !b; }", "return !(!a || b);"),
        (C, "int f(int a, int b) { return!(!a && b); }", "return a || !b;"),
        (C, "int f(int a, int b) { return x + !(a && b); }", "return x + (!a || !b);"),
        (
            C,
            "int f(int a, T b) { while (a < 3 && b < 3 && h(b)) g(); }",
            "while (!(a >= 3 || !(b < 3) || !h(b))) g();",
        ),
        (C, "int f(int a) { for (; a != 3; ) g(); }", "for (; !(a == 3); ) g();"),
        (C, "int f(T a) { do g(); while (a); }", "while (!(!(a)));"),
        (C, "int f(T a) { if (FLAG) g(); }", "if (!(!(FLAG))) g();"),
        (C, "int f(T a) { return !!a ? 1 : 2; }", "return (a) ? 1 : 2;"),
        (C, "int f(double a) { if (!(a == 1.5)) g(); }", "if (a != 1.5) g();"),
        (
            C,
            "int f(int a) { if ((a & FLAG) && h(FLAG)) g(); }",
            "if (!(!(a & FLAG) || !h(FLAG))) g();",
        ),
        (CPP, "bool f(int a, char *p) { return a > 0 && p; }", "return !(a <= 0 || !p);"),
        (JAVA, "class A { boolean f() { return a || !b; } }", "return !(!a && b);"),
        (JAVA, "class A { void f(int a) { if (a == 1) g(); } }", "if (!(a != 1)) g();"),
        (
            JAVA,
            "class A { void f(Object a) { if (!(a instanceof B b && b.c())) return; } }",
            "if (!(a instanceof B b) || !b.c()) return;",
        ),
        (PYTHON, "def f(a, b):\n    if not (a and b):\n        g()\n", "if not a or not b:"),
        (
            PYTHON,
            "def f(a, b):\n    while a or not b or a < b:\n        g()\n",
            "while not (not a and b and not (a < b)):",
        ),
        (
            PYTHON,
            "def f(a, b):\n    if a and \\\n            b:\n        g()\n",
            "if not (not a or not b):",
        ),
        (PYTHON, "def f(a):\n    return 1 if a else 2\n", "return 1 if not (not (a)) else 2"),
        (PYTHON, "def f(a):\n    return [b for b in a if b is not a]\n", "if not (b is a)]"),
        (PYTHON, "def f(a, b):\n    return a is b or a in b\n", "not (a is not b and a not in b)"),
        (
            PYTHON,
            "def f(a, b):\n    if not (a and\n            b(1)):\n        g()\n",
            "if (not a or not b(1)):",
        ),
    ],
)
def test_condition_is_written_another_way(language: Language, before: str, after: str) -> None:
    assert after in rewrite_each("rewrite-boolean", before, language)[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # A macro may hide an operator of a lower precedence, or print its argument.
        (C, "int f(int a) { return a && FLAG; }"),
        (C, "int f(int a) { return a == 1 || FLAG(a); }"),
        (C, "int f(int a) { return !(a == FLAG); }"),
        (C, "#define both a, b\nint f(int a) { return a && both; }"),
        (C, "int f(int a, int b) { assert(a && b); }"),
        (C, "int f(int a, int b) { CHECK(a && b, !(a == b)); }"),
        (C, "#if a && b\nint c;\n#endif\n"),
        # Its value is 1, a's is any.
        (C, "int f(int a) { return !!a; }"),
        (C, "int f(int a) { g(!!a); }"),
        (C, "int f(double a, T b) { return !(a < 1.5) + !(b < 1); }"),
        (C, "int f(int a) { while (1) g(); }"),
        (C, "int f(int a, int b) { return a && /* why */ b; }"),
        (C, "int f(int a, int b) { return a & b; }"),
        (C, "int f(int n) {\n#pragma omp parallel for\nfor (int i = 0; i < n; i++) g(i);\n}"),
        (CPP, "bool f(T a, int b) { return a && b; }"),
        (CPP, "bool f(T a) { if (!(a == 1)) return !!a; }"),
        (CPP, "bool f() { if (T a = g()) return 1; }"),
        (CPP, "bool f() { if (int a = g(); a) return 1; }"),
        (JAVA, "class A { Boolean f(Boolean a) { return !!a; } }"),
        (JAVA, "class A { boolean f(double a) { return !(a < 1.5); } }"),
        (JAVA, "class A { void f() { while (true) g(); } }"),
        # The value of ``a or b`` is no bool, and ``not`` asks twice.
        (PYTHON, "def f(a, b):\n    return a or b\n"),
        (PYTHON, "def f(a, b):\n    return not (a or b)\n"),
        (PYTHON, "def f(a):\n    return not not a\n"),
        (PYTHON, "def f(a, b):\n    return not (a == b)\n"),
        (PYTHON, "def f(a, b):\n    return f'{a is b or a in b=}'\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("rewrite-boolean", text, language) == []
