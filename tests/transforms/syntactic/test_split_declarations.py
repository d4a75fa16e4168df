from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "void f(void) {\n    int a = 1, *b;\n}\n",
            "void f(void) {\n    int a = 1;\n    int *b;\n}\n",
        ),
        (
            Language.C,
            "void f(void) { const char *p = g(), q[3] = {1}; }",
            "void f(void) { const char *p = g(); const char q[3] = {1}; }",
        ),
        (Language.C, "static int a = 1, b;", "static int a = 1;\nstatic int b;"),
        (
            Language.C,
            "void f(void) { struct s *p = malloc(sizeof *p); }",
            "void f(void) { struct s *p; p = malloc(sizeof *p); }",
        ),
        (
            Language.CPP,
            "void f() { vector<int> a(3), b; }",
            "void f() { vector<int> a(3); vector<int> b; }",
        ),
        (
            Language.CPP,
            "void f(int n) { long a = n + 1; }",
            "void f(int n) { long a; a = n + 1; }",
        ),
        (
            Language.JAVA,
            "class A { private int a = 1, b[]; }",
            "class A { private int a = 1; private int b[]; }",
        ),
        (
            Language.JAVA,
            "class A { void f() { final int a = 1, b = a; } }",
            "class A { void f() { final int a = 1; final int b = a; } }",
        ),
        (
            Language.JAVA,
            "class A { void f() { List<String> a = new ArrayList<>(); } }",
            "class A { void f() { List<String> a; a = new ArrayList<>(); } }",
        ),
        (
            Language.PYTHON,
            "def f(o):\n    a = o.b = 0\n",
            "def f(o):\n    a = 0\n    o.b = 0\n",
        ),
        (Language.PYTHON, "if x: a = b = 'c'", "if x: a = 'c'; b = 'c'"),
        (
            Language.PYTHON,
            "def f(p, q):\n    a, b = q, p\n",
            "def f(p, q):\n    a = q\n    b = p\n",
        ),
        (Language.PYTHON, "o.a, b[i] = -1, None\n", "o.a = -1\nb[i] = None\n"),
    ],
)
def test_declarations_and_values_are_parted(language: Language, before: str, after: str) -> None:
    assert rewrite_each("split-declarations", before, language) == [after]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(void) { for (int i = 0, j = 1; ; ) g(); }"),
        (Language.C, "void f(void) { struct { int x; } a, b; }"),
        (Language.C, "void f(void) { enum { A } a, b; }"),
        (Language.C, "void f(void) { POINTER a, b; }"),
        (Language.C, "#define pointer int *\nvoid f(void) { pointer a, b; }"),
        (Language.C, "void f(void) { node node, *b; }"),
        (Language.C, "void f(void) { int a, /* the other */ b; }"),
        (Language.C, "void f(void) { const int a = 1; }"),
        (Language.C, "void f(void) { static int a = 1; }"),
        (Language.C, "void f(void) { int *const a = g(); }"),
        (Language.C, "void f(void) { int a[2] = {1, 2}; }"),
        (Language.C, 'void f(void) { char a[] = "b"; }'),
        (Language.C, "void f(void) { int a = {1}; }"),
        (Language.C, "void f(void) { int a = INITIALISER; }"),
        (Language.C, "void f(void) { int a = START(b); }"),
        (Language.C, "void f(void) { state a = g(); }"),
        (Language.C, "int a = 1;"),
        (Language.C, "void f(int b) { switch (b) { int a = 1; case 1: g(a); } }"),
        (Language.CPP, "void f() { int &a = b; }"),
        (Language.CPP, "void f() { auto a = 1; }"),
        (Language.CPP, 'void f() { string a = "b"; }'),
        (Language.CPP, "void f() { int a(1); }"),
        (Language.CPP, "void f(number b) { int a = b; }"),
        (Language.CPP, "void f() { if (int a = 1) g(); }"),
        (Language.JAVA, "class A { void f() { final int a = 1; } }"),
        (Language.JAVA, "class A { void f() { var a = 1; } }"),
        (Language.JAVA, "class A { void f() { int[] a = {1}; } }"),
        (Language.JAVA, "class A { int a = 1; }"),
        (Language.JAVA, "class A { void f() { int a = 1; g(() -> a); } }"),
        (Language.JAVA, "class A { void f() { for (int i = 0, j = 1; ; ) g(); } }"),
        (Language.PYTHON, "a = b = []\n"),
        (Language.PYTHON, "a = b = f()\n"),
        (Language.PYTHON, "a = b, c = 'de'\n"),
        (Language.PYTHON, "def f(a, b):\n    a, b = b, a\n"),
        (Language.PYTHON, "def f(a, b):\n    a, b = 1, c\n"),
        (Language.PYTHON, "def f(a, b):\n    b.c, d = 1, a\n"),
        (Language.PYTHON, "a, *b = 1, 2\n"),
        (Language.PYTHON, "a, b = 'cd'\n"),
        (Language.PYTHON, "a = b = f'{c}'\n"),
        (Language.PYTHON, "a = b = (  # why\n    0)\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("split-declarations", text, language) == []
