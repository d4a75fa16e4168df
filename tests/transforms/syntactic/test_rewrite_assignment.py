from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


def _java(body: str) -> str:
    return (
        "class A { void f(int x, byte b, long l, double d, String s, boolean t, int[] a) { "
        + body
        + " } }"
    )


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "void f(int x) { x += 2; }", "x = x + 2;"),
        (Language.C, "void f(int x) { x *= x - 1; }", "x = x * (x - 1);"),
        (Language.C, "void f(char x) { x <<= 1; }", "x = x << 1;"),
        (Language.C, "int g(int); void f(int x) { x += g(x); }", "x = x + g(x);"),
        (Language.C, "void f(int x) { x |= FLAGS; }", "x = x | (FLAGS);"),
        (Language.C, "void f(int *a, int i) { a[i] += a[i + 1]; }", "a[i] = a[i] + a[i + 1];"),
        (Language.C, "void f(int *p) { *p -= 3; }", "*p = *p - 3;"),
        (Language.C, "void f(int x) { while (x -= 1) g(); }", "while (x = x - 1)"),
        (Language.C, "int n; void f(int x) { n += x; }", "n = n + x;"),
        (Language.C, "void f(int x) { x = x + 2; }", "x += 2;"),
        (Language.C, "void f(int x) { x = x - (x + 1) * 2; }", "x -= (x + 1) * 2;"),
        (Language.C, "void f(struct s *p) { p->n = p->n + 1; }", "p->n += 1;"),
        (Language.CPP, "void f(long x, int y) { x += y * 2; }", "x = x + (y * 2);"),
        (Language.CPP, "void f(unsigned x) { x = x >> 3; }", "x >>= 3;"),
        (Language.JAVA, _java("x += 2;"), "x = x + 2;"),
        (Language.JAVA, _java("x += l;"), "x = (int) (x + l);"),
        (Language.JAVA, _java("x += g();"), "x = (int) (x + g());"),
        (Language.JAVA, _java("b += 1;"), "b = (byte) (b + 1);"),
        (Language.JAVA, _java("b <<= 1;"), "b = (byte) (b << 1);"),
        (Language.JAVA, _java("x >>>= l;"), "x = x >>> l;"),
        (Language.JAVA, _java("l *= d;"), "l = (long) (l * d);"),
        (Language.JAVA, _java("d += g();"), "d = d + g();"),
        (Language.JAVA, _java("s += x + 1;"), "s = s + (x + 1);"),
        (Language.JAVA, _java("t &= g();"), "t = t & g();"),
        (Language.JAVA, _java("a[x] += 1;"), "a[x] = a[x] + 1;"),
        (Language.JAVA, _java("x += x++;"), "x = x + (x++);"),
        (Language.JAVA, _java("x = x / 2;"), "x /= 2;"),
        (Language.JAVA, _java("s = s + x;"), "s += x;"),
        (Language.PYTHON, "def f(y):\n    x = 0\n    x += len(y)\n", "x = x + len(y)\n"),
        (Language.PYTHON, "def f(y):\n    x = 1.0\n    x *= 2 + 1\n", "x = x * (2 + 1)\n"),
        (Language.PYTHON, "def f(y):\n    x = 5\n    x = x // 2\n", "x //= 2\n"),
    ],
)
def test_assignments_change_their_form(language: Language, before: str, after: str) -> None:
    (variant,) = rewrite_each("rewrite-assignment", before, language)
    assert after in variant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(void) { x += 1; }"),
        (Language.C, "int n; void f(void) { n += g(); }"),
        (Language.C, "void f(int x) { g(&x); x += h(); }"),
        (Language.C, "void f(int x) { x += h(x); }"),
        (Language.C, "void f(int x) { x += x++; }"),
        (Language.C, "void f(int *a, int i) { a[i++] += 1; }"),
        (Language.C, "void f(int *a, int i) { a[i] += i++; }"),
        (Language.C, "void f(int *a) { a[g()] += 1; }"),
        (Language.C, "void f(struct s *p) { p->n += 1; }"),
        (Language.C, "void f(void) { volatile int x; x += 1; }"),
        (Language.C, "void f(atomic_int x) { x += 1; }"),
        (Language.C, "void f(int x) { x = x | FLAGS; }"),
        (Language.C, "void f(int x) { x = x + 1 - x; }"),
        (Language.C, "void f(int x, int y) { x = y + x; }"),
        (Language.C, "void f(int x) { SHOW(x += 1); }"),
        (Language.C, "#define x y[i++]\nvoid f(int *y, int i) { x += 1; }"),
        (Language.CPP, "void f(T x) { x += 1; }"),
        (Language.CPP, "void f(int x, T y) { x += y; }"),
        (Language.CPP, "void f(string x) { x = x + 'a'; }"),
        (Language.JAVA, _java("y += 1;")),
        (Language.JAVA, _java("a[x] += x++;")),
        (Language.JAVA, _java("a[x++] += 1;")),
        (Language.JAVA, "class A { void f(Integer x) { x += 1; } }"),
        (Language.JAVA, "class A { void f(Object x) { x = x + null; } }"),
        (Language.PYTHON, "def f(x):\n    x += 1\n"),
        (Language.PYTHON, "def f(y):\n    x = []\n    x += y\n"),
        (Language.PYTHON, "def f(y):\n    x = 0\n    x += y\n"),
        (Language.PYTHON, "def f(y):\n    x = 0\n    x = x + y\n"),
        (Language.PYTHON, "x = 0\nx += 1\n"),
        (Language.PYTHON, "class A:\n    x = 0\n    x += 1\n"),
        (Language.PYTHON, "def f():\n    global x\n    x = 0\n    x += 1\n"),
        (Language.PYTHON, "def f():\n    x = 0\n    x += 1\n    with g() as x:\n        pass\n"),
        (Language.PYTHON, "def f(y):\n    x = 0\n    y = x = x + 1\n"),
        (Language.PYTHON, "def f(a):\n    for x in a:\n        x += 1\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("rewrite-assignment", text, language) == []
