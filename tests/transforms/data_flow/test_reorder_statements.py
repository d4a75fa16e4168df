from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "void f(int c) {\n    int a = 1;\n    int b = c + 2;\n}\n",
            "void f(int c) {\n    int b = c + 2;\n    int a = 1;\n}\n",
        ),
        (Language.C, "void f(int *p) { int a; a = p[0]; p = q; }", None),
        (
            Language.C,
            "void f(int a, int *p) { a = 1; *p = 2; }",
            "void f(int a, int *p) { *p = 2; a = 1; }",
        ),
        (Language.C, "void f(int a) { g(); a = 1; }", "void f(int a) { a = 1; g(); }"),
        (
            Language.C,
            "int a, b;\nvoid f(void) { a = 1; b = 2; }",
            "int a, b;\nvoid f(void) { b = 2; a = 1; }",
        ),
        (
            Language.CPP,
            "void f(int a, int *p) { a = 1; p[a + 2] = 2; }",
            None,
        ),
        (
            Language.CPP,
            "void f(int a, long b) { a++; b -= 2; }",
            "void f(int a, long b) { b -= 2; a++; }",
        ),
        (
            Language.JAVA,
            "class A { void f(int c) { int a = g(); int[] b = new int[3]; } }",
            "class A { void f(int c) { int[] b = new int[3]; int a = g(); } }",
        ),
        (
            Language.JAVA,
            "class A { void f(int a, int[] b) { a = 1; b[c] = 2; } }",
            "class A { void f(int a, int[] b) { b[c] = 2; a = 1; } }",
        ),
        (
            Language.PYTHON,
            "def f(p):\n    a = []\n    b = p\n",
            "def f(p):\n    b = p\n    a = []\n",
        ),
        (
            Language.PYTHON,
            "def f(p):\n    g(p); a = {'b': 0}\n",
            "def f(p):\n    a = {'b': 0}; g(p)\n",
        ),
    ],
)
def test_independent_neighbours_are_exchanged(
    language: Language, before: str, after: str | None
) -> None:
    variants = rewrite_each("reorder-statements", before, language)
    assert variants == ([] if after is None else [after])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(int a, int b) { a = 1; b = a; }"),
        (Language.C, "void f(int a, int b) { b = a; a = 1; }"),
        (Language.C, "void f(int a) { a = 1; a = 2; }"),
        (Language.C, "void f(void) { g(); h(); }"),
        (Language.C, "void f(int *p, int *q) { *p = 1; *q = 2; }"),
        (Language.C, "void f(struct s *p, int a) { p->a = 1; a = p->b; }"),
        (Language.C, "void f(struct s a, struct s b) { a = b; b.c = 1; }"),
        (Language.C, "void f(int a, int *p) { g(&a); a = 1; }"),
        (Language.C, "void f(int a, int *p) { p = &a; g(); a = 1; *p = 2; a = 3; }"),
        (Language.C, "void f(int *p, int a) { check(p); a = *p; }"),
        (Language.C, "void f(int a, int b) { check(b); a = 1 / b; }"),
        (Language.C, "void f(int a, int b) { check(b); a = b + 1; }"),
        (Language.C, "void f(int a) { get(a); a = 1; }"),
        (Language.C, "void f(int a, int b) { get((a), 1); b = a; }"),
        (Language.C, "void f(int a) { CHECK(b); a = 1; }"),
        (Language.C, "void f(int a, int b) { a = MODE; b = 1; }"),
        (Language.C, "#define next a++\nvoid f(int a, int b) { b = next; a = 1; }"),
        (Language.C, "void f(int a, int b) { a = 1; /* then */ b = 2; }"),
        (Language.C, "void f(int a, int b) { a = 1;\n#ifdef X\n b = 2;\n#endif\n}"),
        (Language.C, "void f(int a, int b) { switch (a) { case 1: a = 1; b = 2; } }"),
        (Language.C, "void f(int n) { n = 3; int a[n]; }"),
        (Language.C, "void f(void) { static int a; g(); a = 1; }"),
        (Language.C, "void f(int a) { if (setjmp(b)) h(a); g(); a = 1; }"),
        (Language.C, "int a;\nvoid f(void) { g(); a = 1; }"),
        (Language.C, "int a;\nvoid f(int b) { b = a; int a = 1; }"),
        (Language.C, "void f(void) { volatile int a = 1; volatile int b = 2; a = 3; b = 4; }"),
        (Language.CPP, "void f(int &a, int &b) { a = 1; b = 2; }"),
        (Language.CPP, "void f(int a) { int &b = a; a = 1; b = 2; }"),
        (Language.CPP, "void f(int a) { h(a); g(); a = 1; }"),
        (Language.CPP, "void f(T a, T b) { a = 1; b = 2; }"),
        (Language.CPP, "void f() { T a; T b; }"),
        (Language.CPP, "void f(int a) { try { g(); a = 1; } catch (...) { h(a); } }"),
        (Language.JAVA, "class A { void f(int[] a, int[] b) { int c = a[0]; int d = b[0]; } }"),
        (Language.JAVA, "class A { void f(int a) { try { g(); a = 1; } finally { h(a); } } }"),
        (Language.JAVA, "class A { void f(int a, int b) { c = 1; a = b / a; } }"),
        (Language.JAVA, "class A { void f(Integer a) { int b = a; c = 1; } }"),
        (Language.JAVA, "class A { void f(String a, Object o) { a = a + o; b = 1; } }"),
        (Language.JAVA, "class A { void f() { this.a = 1; this.b = a; } }"),
        (Language.JAVA, "class A { void f() { int a = B.c; d = 1; } }"),
        (Language.JAVA, "class A { volatile int a; int b; void f() { b = 1; a = 2; } }"),
        (Language.PYTHON, "def f(p):\n    a = b\n    c = d\n"),
        (Language.PYTHON, "def f(p):\n    a = p + 1\n    b = p + 2\n"),
        (Language.PYTHON, "def f(p):\n    a = 0\n    del q\n    b = 1\n"),
        (Language.PYTHON, "a = 0\nb = 1\n"),
        (Language.PYTHON, "class A:\n    a = 0\n    b = 1\n"),
        (Language.PYTHON, "def f():\n    a = 0\n    b = 1\n    return locals()\n"),
        (Language.PYTHON, "def f():\n    global a\n    a = 0\n    g()\n"),
        (
            Language.PYTHON,
            "def f():\n    a = 0\n    h = lambda: a\n    h()\n    a = 1\n    h()\n",
        ),
        (
            Language.PYTHON,
            "def f():\n    a = 0\n    try:\n        g()\n        a = 1\n    except E:\n"
            "        pass\n    return a\n",
        ),
        (
            Language.PYTHON,
            "def f():\n    a = 0\n    with g:\n        h()\n        a = 1\n    return a\n",
        ),
        (Language.PYTHON, "def f(o):\n    o.a = 0\n    o.b = 1\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("reorder-statements", text, language) == []
