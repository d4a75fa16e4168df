from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int f(int a, int b) { return a < b; }", "b > a"),
        (Language.C, "int f(int a, int b) { return a + 1 <= b * 2; }", "(b * 2) >= (a + 1)"),
        (Language.C, "int f(char *p) { return p == NULL; }", "NULL == p"),
        (Language.C, "int f(int a) { return(a)<b; }", "return b > (a);"),
        (Language.C, "int f(struct s *p) { return g(p) != 0; }", "0 != g(p)"),
        (Language.JAVA, "class A { boolean f(int a) { return a >= size; } }", "size <= a"),
        (Language.CPP, "bool f(int a, long b) { return a > b; }", "b < a"),
        (Language.PYTHON, "def f(a):\n    return g(a) < 3\n", "3 > g(a)"),
    ],
)
def test_sides_and_direction_are_exchanged(language: Language, before: str, after: str) -> None:
    (variant,) = rewrite_each("flip-comparison", before, language)
    assert after in variant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int a) { return g(a) < h(a); }"),
        (Language.C, "int f(int a) { return a++ < a; }"),
        (Language.C, "int f(int a) { return g(&a) < a; }"),
        (Language.C, "int f(int a) { return a == FLAGS; }"),
        (Language.C, "void f(int a) { assert(a < 3); }"),
        (Language.C, "int f(char *p) { return 3 == (word) * p; }"),
        (Language.C, "int f(int a) { return a < /* small */ 3; }"),
        (Language.CPP, "bool f(T a, T b) { return a < b; }"),
        (Language.JAVA, "class A { boolean f(int[] a, int[] b) { return a[0] < b[0]; } }"),
        (Language.PYTHON, "def f(a, b):\n    return a < b\n"),
        (Language.PYTHON, "def f(a):\n    return 0 < a < 3\n"),
        (Language.PYTHON, "def f(a):\n    return a in (1, 2)\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("flip-comparison", text, language) == []
