from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON

_BEFORE = """int f(int x) {
    int y = (x > 1 ? x : 2);
}
"""
_AFTER = """int f(int x) {
    int y;
    if (x > 1) {
        y = x;
    } else {
        y = 2;
    }
}
"""


def test_declaration_comes_first() -> None:
    assert _after(_BEFORE, C) == {
        _AFTER,
        _AFTER.replace(" {\n        ", "\n        ")
        .replace("\n    } else", "\n    else")
        .replace("2;\n    }", "2;"),
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(a):\n    x[0] = a if a else b # so\n",
            "def f(a):\n    if a:\n        x[0] = a\n    else:\n        x[0] = b # so\n",
        ),
        (
            "def f(a):\n\treturn (a\n\t\t.b() if a else b)\n",
            "def f(a):\n\tif a:\n\t\treturn (a\n\t\t.b())\n\telse:\n\t\treturn b\n",
        ),
        ("a, b = c if d else (e, f)\n", "if d:\n    a, b = c\nelse:\n    a, b = (e, f)\n"),
    ],
)
def test_statement_of_python(before: str, after: str) -> None:
    assert after in _after(before, PYTHON)


def test_return_needs_no_else() -> None:
    assert _after("def f(a):\n    return 1 if a else 2\n", PYTHON) == {
        "def f(a):\n    if a:\n        return 1\n    else:\n        return 2\n",
        "def f(a):\n    if a:\n        return 1\n    return 2\n",
    }
    assert _after("int f(int a) { return a ? 1 : 2; }", C) == {
        "int f(int a) { if (a) { return 1; } else { return 2; } }",
        "int f(int a) { if (a) return 1; else return 2; }",
        "int f(int a) { if (a) { return 1; } return 2; }",
    }


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (C, "i = c ? i : j;", "if (c) i = i; else i = j;"),
        (C, "i = c ? FLAG : 0;", "if (c) i = (FLAG); else i = 0;"),
        (C, "p->x = (c && i) ? p->x : 'a';", "if (c && i) p->x = p->x; else p->x = 'a';"),
        (C, "q[i] = c ? p->x : 0;", "if (c) q[i] = p->x; else q[i] = 0;"),
        (C, "d = c ? i : 0.5;", "if (c) d = i; else d = 0.5;"),
        (C, "i = c ? i : u;", "if (c) i = i; else i = u;"),
        (C, "l = c ? i : l;", "if (c) l = i; else l = l;"),
        (C, "i = c ? p->x : -1;", "if (c) i = p->x; else i = -1;"),
        (C, "const char *s = c ? NULL : p->s;", "const char *s; if (c) s = NULL; else s = p->s;"),
        (C, "t = t < v ? t : v;", "if (t < v) t = t; else t = v;"),
        (C, "t = c ? t : v;", "if (c) t = t; else t = v;"),
        (C, "if (c) i = c ? i : j; else g();", "if (c) { if (c) i = i; else i = j; } else g();"),
        (C, "i = c ? i, j : 0;", "if (c) i = (i, j); else i = 0;"),
        (C, "return c ? p->x : -1;", "if (c) return p->x; else return -1;"),
        (CPP, "i = c ? i : l;", "if (c) i = i; else i = l;"),
        (CPP, "char *s = c ? nullptr : s;", "char *s; if (c) s = nullptr; else s = s;"),
        (CPP, "return c ? i : 0;", "if (c) return i; else return 0;"),
    ],
)
def test_statement_of_c(language: Language, before: str, after: str) -> None:
    assert _c_function(after) in _after(_c_function(before), language)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("i = c ? 1 : 'a';", "if (c) i = 1; else i = 'a';"),
        ("i = c ? g() : h();", "if (c) i = g(); else i = h();"),
        ("String s = c ? g() : null;", "String s; if (c) s = g(); else s = null;"),
        ("List<T> s = c ? g() : h();", "List<T> s; if (c) s = g(); else s = h();"),
        ("Integer b = c ? 1 : null;", "Integer b; if (c) b = 1; else b = null;"),
        ("Object b = c ? 1 : 2;", "Object b; if (c) b = 1; else b = 2;"),
        ("double b = c ? g() : 0.5;", "double b; if (c) b = g(); else b = 0.5;"),
        ("char b = c ? g() : '-';", "char b; if (c) b = g(); else b = '-';"),
        ("this.x = c ? i : 2;", "if (c) this.x = i; else this.x = 2;"),
        ("return c ? g() : h();", "if (c) return g(); else return h();"),
        ("return o instanceof B b ? b.x : 1;", "if (o instanceof B b) return b.x; else return 1;"),
    ],
)
def test_statement_of_java(before: str, after: str) -> None:
    assert _java_method(after) in _after(_java_method(before), JAVA)


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        # A conversion to a common type may show.
        (C, "l = c ? i : u;"),
        (C, "p->x = c ? i : u;"),
        (C, "l = c ? p->x : -1;"),
        (C, "p->x = c ? p->y : -1;"),
        (C, "i = c ? g() : h();"),
        (C, "f = c ? l : d;"),
        (C, "d = c ? i : f;"),
        (C, "T *b = c ? g() : h();"),
        (C, "i = c ? FLAG : OTHER;"),
        # The variable could not be given its value later.
        (C, "const int b = c ? 1 : 2;"),
        (C, "static int b = c ? 1 : 2;"),
        (C, "char *const b = c ? q : 0;"),
        (C, "T b = c ? 1 : 2;"),
        (C, "int a = 1, b = c ? a : 2;"),
        # A macro may not end where it seems to.
        (C, "i = FLAG ? 1 : 2;"),
        (C, "i = c ? 1 : FLAG;"),
        (C, "FLAG = c ? 1 : 2;"),
        (C, "CHECK(({ i = c ? 1 : 2; }));"),
        (C, "j = ({ i = c ? 1 : 2; });"),
        # The order of evaluation may show.
        (C, "q[i] = i++ ? 1 : 2;"),
        (C, "*g() = h() ? 1 : 2;"),
        (C, "q[i] = g(&i) ? 1 : 2;"),
        (C, "i += c ? 1 : 2;"),
        (C, "i = 1 + (c ? 1 : 2);"),
        (C, "i = c ? /* one */ 1 : 2;"),
        (C, "i = c ?: 2;"),
        (CPP, "t = c ? 1 : 2;"),
        (CPP, "t = c ? t : v;"),
        (CPP, "auto b = c ? 1 : 2;"),
        (CPP, "int b{c ? 1 : 2};"),
        (CPP, "int &b = c ? i : j;"),
        (CPP, "i = c ? t : 0;"),
        (CPP, "B *b = c ? p : q;"),
        (CPP, 'std::string b = c ? "a" : "b";'),
        (CPP, "auto b = [&] { return c ? 1 : 0; };"),
    ],
)
def test_what_is_not_certain_stays_in_c(language: Language, statement: str) -> None:
    assert rewrite_each("ternary-to-if", _c_function(statement), language) == []


@pytest.mark.parametrize(
    "statement",
    [
        # The choice takes a null out of its box, or makes both numbers one type.
        "Integer b = c ? i : g();",
        "Object b = c ? 1 : 'a';",
        "Object b = c ? g() : h();",
        "this.x = c ? 1 : 'a';",
        "this.x = c ? i : null;",
        "int b = c ? i : null;",
        "double b = c ? g() : h();",
        "double b = c ? i : 1.5f;",
        "byte b = FLAG ? 1 : 300;",
        "final int b = c ? 1 : 2;",
        "var b = c ? 1 : 2;",
        "int a = 1, b = c ? 1 : 2;",
        "a[i] = i++ > 0 ? 1 : 2;",
        "g().x = h() ? 1 : 2;",
        "a[g()] = h() ? 1 : 2;",
        "run(() -> { return c ? 1 : 2; });",
        "switch (i) { case 1 -> i = c ? 1 : 2; default -> {} }",
    ],
)
def test_what_is_not_certain_stays_in_java(statement: str) -> None:
    assert rewrite_each("ternary-to-if", _java_method(statement), JAVA) == []


@pytest.mark.parametrize(
    "text",
    [
        "if a: x = b if c else d\n",
        "x = b if c else d; y = 1\n",
        "x: int = b if c else d\n",
        "x += b if c else d\n",
        "x = y = b if c else d\n",
        "x = b if c else d, e\n",
        "x[[i for i in y][0]] = b if c else d\n",
        "x = (b # one\n    if c else d)\n",
        "f(b if c else d)\n",
        "def f():\n    return 1, b if c else d\n",
    ],
)
def test_what_is_not_certain_stays_in_python(text: str) -> None:
    assert rewrite_each("ternary-to-if", text, PYTHON) == []


def _after(text: str, language: Language) -> set[str]:
    """The variants of the only site by several draws."""
    variants = set()
    for seed in range(12):
        (variant,) = rewrite_each("ternary-to-if", text, language, seed)
        variants.add(variant)
    return variants


def _c_function(statement: str) -> str:
    head = (
        "int f(int c, int i, int j, unsigned u, long l, float f, double d, T t, T v, S *p, int *q)"
    )
    return f"{head} {{ {statement} }}"


def _java_method(statement: str) -> str:
    return f"class A {{ int f(boolean c, int i, int[] a, Object o) {{ {statement} }} }}"
