from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


def _variants(text: str, language: Language) -> list[str]:
    """The variants, with the name of the new variable as NEW."""
    variants = []
    known = set(_words(text))
    for variant in rewrite_each("extract-local", text, language):
        (new,) = set(_words(variant)) - known - {"int", "long", "boolean", "bool", "String"}
        variants.append(variant.replace(new, "NEW"))
    return variants


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "int f(int a, long b) {\n    return a * (b + 1);\n}\n",
            [
                "int f(int a, long b) {\n    long NEW = a * (b + 1);\n    return NEW;\n}\n",
                "int f(int a, long b) {\n    long NEW = b + 1;\n    return a * (NEW);\n}\n",
            ],
        ),
        (
            Language.C,
            "int f(char a) { return-a; }",
            ["int f(char a) { int NEW = -a; return NEW; }"],
        ),
        (
            Language.C,
            "void g(long b); void f(uint64_t *a, int i) { g(a[i]); }",
            ["void g(long b); void f(uint64_t *a, int i) { uint64_t NEW = a[i]; g(NEW); }"],
        ),
        (
            Language.C,
            "void f(int a) { if (a < 3 && b) g(); }",
            ["void f(int a) { int NEW = a < 3; if (NEW && b) g(); }"],
        ),
        (
            Language.C,
            "void f(int a) { a = a * 2 - g(); }",
            ["void f(int a) { int NEW = a * 2; a = NEW - g(); }"],
        ),
        (
            Language.CPP,
            "void f(int a) { if (a < 3) g(); }",
            ["void f(int a) { bool NEW = a < 3; if (NEW) g(); }"],
        ),
        (
            Language.JAVA,
            "class A { void f(String a, int[] b) { b[0] = a.length() + 1; } }",
            [
                "class A { void f(String a, int[] b) { int NEW = a.length() + 1; b[0] = NEW; } }",
                "class A { void f(String a, int[] b) { int NEW = a.length(); b[0] = NEW + 1; } }",
            ],
        ),
        (
            Language.JAVA,
            'class A { void f(int a) { System.out.println("b" + a); } }',
            [
                'class A { void f(int a) { String NEW = "b" + a; System.out.println(NEW); } }',
            ],
        ),
        (
            Language.PYTHON,
            "def f(a):\n    for b in range(len(a)):\n        g(b)\n",
            ["def f(a):\n    NEW = len(a)\n    for b in range(NEW):\n        g(b)\n"],
        ),
        (
            Language.C,
            "void f(S *s) { if ((!s->a) && s->b != s->c) g(); }",
            ["void f(S *s) { int NEW = !s->a; if (NEW && s->b != s->c) g(); }"],
        ),
        (
            Language.PYTHON,
            "def f(a):\n    return (len(a)\n        + 1) * 2\n",
            ["def f(a):\n    NEW = (len(a)\n        + 1)\n    return (NEW) * 2\n"],
        ),
        (
            Language.PYTHON,
            "def f(a):\n    if a: b = len(a) + 1\n",
            ["def f(a):\n    if a: NEW = len(a); b = NEW + 1\n"],
        ),
    ],
)
def test_part_gets_a_name(language: Language, before: str, after: list[str]) -> None:
    variants = _variants(before, language)
    assert set(after) <= set(variants)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(int a) { while (a < 3) g(); }"),
        (Language.C, "void f(int a) { if (b && a < 3 && g()) h(); }"),
        (Language.C, "void f(int a) { b = g() + (c ? a + 1 : 0); }"),
        (Language.C, "void f(int a) { b = g() ? a + 1 : 0; }"),
        (Language.C, "void f(int a) { if (b) g(); else if (a < 3) h(); }"),
        (Language.C, "void f(int a) { if (b) g(a + 1); }"),
        (Language.C, "void f(int a) { b = a++ + g(a * 2); }"),
        # Macros: one that assigns, one that evaluates twice or never.
        (Language.C, "void f(int a) { b = g(a) + a * 2; }"),
        (Language.C, "void f(int a) { g(a, a * 2); }"),
        (Language.C, "void f(int *a) { g(a[0]); }"),
        (Language.C, "void f(int *a) { trace(a[0] + b); }"),
        (Language.C, "void f(int a) { b = g(&a) + a * 2; }"),
        (Language.C, "void f(int *a) { b = g() + a[1]; }"),
        (Language.C, "void f(double a) { b = a * 2; }"),
        (Language.C, "void f(void) { b = 1 + 2; }"),
        (Language.C, "void f(int a) { b = sizeof(a + 1); }"),
        (Language.C, "void f(int a) { static int b = 1 + 2; }"),
        (Language.C, "void f(int a) { CHECK(a + 1); }"),
        (Language.C, "void f(int a) { assert(a + 1); }"),
        (Language.C, "void f(int a) { b = NEXT + a * 2; }"),
        (Language.C, "#define int long long\nvoid f(int a) { b = a * 2; }"),
        (Language.C, "void f(int a) { switch (b) { case 1: b = a * 2; } }"),
        (Language.C, "void f(T a) { b = a * 2; }"),
        (Language.C, "void f(int a) { b = a * /* twice */ 2; }"),
        (Language.C, "void f(int a) { int c[a + 1]; }"),
        # In parentheses, what is written is a place as well.
        (Language.C, "void f(int *a) { (*a) = 2; }"),
        (Language.C, "void f(int *a) { ((*a)) |= 2; }"),
        (Language.C, "void f(int *a) { b = ((*a) = 2) < 3; }"),
        (Language.CPP, "void f(int a) { g(a + 1); }"),
        (Language.CPP, "void f(T a) { b = a + 1; }"),
        (Language.CPP, "void f(int a) { goto d; int b = a + 1; d: g(); }"),
        (Language.CPP, "void f() { const int a = 1; int b = a + 1; }"),
        (Language.CPP, "void f(int a) { char b{a + 1}; }"),
        (Language.CPP, "void f(int a, int b) { b = (cin >> a) + a * 2; }"),
        (Language.JAVA, "class A { void f() { final int a = 1; byte b = a + 1; } }"),
        (Language.JAVA, "class A { void f(String a) { b = g() + a.length(); } }"),
        (Language.JAVA, "class A { void f(int[] a, String b) { c = h.i + b.length(); } }"),
        (Language.JAVA, "class A { void f(int a) { b = (a = 2) + a * 2; } }"),
        (Language.JAVA, "class A { void f(Integer a) { b = a + 1; } }"),
        (Language.JAVA, 'class A { void f(Object a) { b = a + "c"; } }'),
        (Language.JAVA, "class A { A(int a) { super(a + 1); } }"),
        (Language.JAVA, "class A { void f(int a) { while (a < 3) g(); } }"),
        (
            Language.JAVA,
            "class A { void f(Object a) { if (a instanceof String b && b.length() > 1) g(); } }",
        ),
        (
            Language.JAVA,
            "class A { void f(Object a) { if (!(a instanceof String b)) return; g(b); } }",
        ),
        (Language.JAVA, "class A { void f(int a) { if (c && (a = 1) > 0) g(); } }"),
        (Language.PYTHON, "def f(a):\n    b = g() + len(a)\n"),
        (Language.PYTHON, "def f(a):\n    b = c + len(a)\n"),
        (Language.PYTHON, "def f(a):\n    b = a + 1\n"),
        (Language.PYTHON, "def f(a):\n    while len(a):\n        g()\n"),
        (Language.PYTHON, "def f(a):\n    if b:\n        g()\n    elif len(a):\n        h()\n"),
        (Language.PYTHON, "def f(a):\n    return a and len(a)\n"),
        (Language.PYTHON, "def f(a):\n    return tuple(len(b) for b in a)\n"),
        (Language.PYTHON, "def f(a):\n    return lambda: len(a)\n"),
        (Language.PYTHON, "a = len(b) + 1\n"),
        (Language.PYTHON, "class A:\n    a = len(b) + 1\n"),
        (Language.PYTHON, "def f(a):\n    return len(a) + sum(locals())\n"),
        (Language.PYTHON, "def f(a, len):\n    return len(a) + 1\n"),
        (Language.PYTHON, "def f(a):\n    return open(a).read()\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("extract-local", text, language) == []
