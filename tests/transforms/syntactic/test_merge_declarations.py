from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "void f(void) {\n    int a = 1;\n    int *b, c[3];\n}\n",
            "void f(void) {\n    int a = 1, *b, c[3];\n}\n",
        ),
        (
            Language.C,
            "void f(void) { const  char *p; const char q = 1; }",
            "void f(void) { const  char *p, q = 1; }",
        ),
        (Language.C, "struct s a;\nstruct s *b;", "struct s a, *b;"),
        (
            Language.CPP,
            "void f() { vector<int> a(3); vector<int> b; }",
            "void f() { vector<int> a(3), b; }",
        ),
        (Language.CPP, "void f() { T a; T b; }", "void f() { T a, b; }"),
        (
            Language.JAVA,
            "class A { private int a = 1; private int b[]; }",
            "class A { private int a = 1, b[]; }",
        ),
        (
            Language.JAVA,
            "class A { void f() { final int a = 1; final int b = a; } }",
            "class A { void f() { final int a = 1, b = a; } }",
        ),
        (Language.PYTHON, "a = 0\no.b = 'c'\n", "a, o.b = 0, 'c'\n"),
        (Language.PYTHON, "if x: a = 0; b = 1", "if x: a, b = 0, 1"),
    ],
)
def test_neighbours_become_one(language: Language, before: str, after: str) -> None:
    assert rewrite_each("merge-declarations", before, language) == [after]


def test_equal_constants_are_assigned_in_a_chain() -> None:
    variants = {
        rewrite_each("merge-declarations", "a = 0\nb = 0\n", Language.PYTHON, seed)[0]
        for seed in range(9)
    }
    assert variants == {"a, b = 0, 0\n", "a = b = 0\n"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(void) { int a; unsigned b; }"),
        (Language.C, "void f(void) { int a; static int b; }"),
        (Language.C, "void f(void) { struct { int x; } a; struct { int x; } b; }"),
        (Language.C, "void f(void) { POINTER a; POINTER b; }"),
        (Language.C, "#define pointer int *\nvoid f(void) { pointer a; pointer b; }"),
        (Language.C, "void f(void) { int a; /* the other */ int b; }"),
        (Language.C, "void f(void) { int a;\n#ifdef X\nint b;\n#endif\n}"),
        (Language.C, "void f(void) { int a; g(); int b; }"),
        (Language.C, "void f(void) { int a; { int b; } }"),
        (Language.CPP, "void f() { auto a = 1; auto b = 2.0; }"),
        (Language.CPP, "void f() { pair a(1, 2); pair b(1.0, 2.0); }"),
        (Language.JAVA, "class A { void f() { var a = 1; var b = 2; } }"),
        (Language.JAVA, "class A { int a; private int b; }"),
        (Language.JAVA, "class A { int a; /** b */ int b; }"),
        (Language.PYTHON, "a = 0  # zero\nb = 1\n"),
        (Language.PYTHON, "a = 0\nb = f()\n"),
        (Language.PYTHON, "a = []\nb = []\n"),
        (Language.PYTHON, "a: int = 0\nb: int = 1\n"),
        (Language.PYTHON, "__version__ = '1'\nb = 1\n"),
        (Language.PYTHON, "if x:\n    a = 0\nb = 1\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("merge-declarations", text, language) == []
