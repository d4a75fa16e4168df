from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            Language.C,
            "int f(int a) {\n    int b = a + 1;\n    /* then */\n    return g(b * 2);\n}\n",
            "int f(int a) {\n    /* then */\n    return g((a + 1) * 2);\n}\n",
        ),
        (
            Language.C,
            "void g(int); void f(int a, int c) { int b = a; if (c) g(b); else c = b; }",
            "void g(int); void f(int a, int c) { if (c) g(a); else c = a; }",
        ),
        (
            Language.C,
            "void f(long a) { int b = a; g(b + 1); }",
            "void f(long a) { g(((int) a) + 1); }",
        ),
        (
            Language.C,
            "void f(int a) { a = a + 1; int b = a; a = b * 2; }",
            "void f(int a) { a = a + 1; a = a * 2; }",
        ),
        (
            Language.C,
            "void f(void) { char *b = g(); puts(b); }",
            "void f(void) { puts((char *) g()); }",
        ),
        (
            Language.C,
            "int f(void) { int b = g(); return b; }",
            "int f(void) { return g(); }",
        ),
        (
            Language.CPP,
            "int f(int a, int c) { int b = a + 1; return b * c; }",
            "int f(int a, int c) { return (a + 1) * c; }",
        ),
        (
            Language.JAVA,
            "class A { void f(int a) { int b = a / 2; int[] c = new int[b]; } }",
            "class A { void f(int a) { int[] c = new int[(a / 2)]; } }",
        ),
        (
            Language.JAVA,
            "class A { void f() { String b = g(); System.out.println(b.trim()); } }",
            "class A { void f() { System.out.println(((String) g()).trim()); } }",
        ),
        (
            Language.JAVA,
            "class A { List<B> f() { List<B> b = new ArrayList<>(); return b; } }",
            None,
        ),
        (
            Language.JAVA,
            "class A { void f() { File b = new File(c()); b.delete(); } }",
            "class A { void f() { (new File(c())).delete(); } }",
        ),
        (
            Language.JAVA,
            "class A { Object f() { Object b = g(); return b; } }",
            "class A { Object f() { return g(); } }",
        ),
        (
            Language.PYTHON,
            "def f(a):\n    b = len(a)  # size\n    return b + 1\n",
            "def f(a):\n    # size\n    return len(a) + 1\n",
        ),
        (
            Language.PYTHON,
            "def f(a):\n    b = -1; g()\n    while a:\n        a = h(b ** 2)\n",
            "def f(a):\n    g()\n    while a:\n        a = h((-1) ** 2)\n",
        ),
        (
            Language.PYTHON,
            "def f(a):\n    b = a.c + 1\n    return b\n",
            "def f(a):\n    return a.c + 1\n",
        ),
    ],
)
def test_value_takes_the_place_of_the_name(
    language: Language, before: str, after: str | None
) -> None:
    variants = rewrite_each("inline-local", before, language)
    assert variants == (
        [] if after is None else [after.replace("return a.c + 1", "return (a.c + 1)")]
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "void f(int a) { int b = a; a = 1; g(b); }"),
        (Language.C, "void f(int a, int c) { int b = a; a = c; c = b; }"),
        (Language.C, "void f(int a) { int b = a; while (g(b)) a++; }"),
        (Language.C, "void f(int a) { int b = a; h(&a); g(b); }"),
        (Language.C, "void f(int a) { int b = a; CHANGE(a); g(b); }"),
        (Language.C, "void f(int a) { int b = a; g(&b); }"),
        (Language.C, "void f(int a) { int b = a; b++; }"),
        (Language.C, "void f(int a) { int b = a; b = 2; }"),
        (Language.C, "void f(int a) { int b = a; CHECK(b); }"),
        (Language.C, "void f(int a) { int b = a; assert(b); }"),
        (Language.C, "void f(int a) { int b = a; g(sizeof b); }"),
        (Language.C, "void f(int a) { int b = a; { int a = c; g(b + a, a = 2); } }"),
        (Language.C, "void f(int a) { int b = a; c: g(b); a++; goto c; }"),
        (Language.C, "void f(int a) { volatile int b = a; g(b); }"),
        (Language.C, "void f(int a) { static int b = 1; g(b); }"),
        (Language.C, "void f(int a) { int b = g(); h(b, c); }"),
        (Language.C, "void f(int *a) { int b = a[0]; g(); h(b); }"),
        (Language.C, "void f(int *a) { int b = a[0]; if (c && b) h(); }"),
        (Language.C, "void f(int a) { struct s b = a; g(b); }"),
        (Language.C, "void f(int a) { int b[] = {a}; g(b); }"),
        (Language.C, "void f(int a) { int b = a;\n#undef a\n g(b); }"),
        (Language.C, "void f(int a) { int b = 2; int c[b]; }"),
        (Language.C, "double f(float a) { double b = g(); return c(b, b); }"),
        (Language.CPP, "void f(int a) { int b = a; g(b); }"),
        (Language.CPP, "void f(int a) { int b = a; cin >> b; }"),
        (Language.CPP, "void f(int a) { int &b = a; a = b + 1; }"),
        (Language.CPP, "void f() { int b = 0; char *c = b; }"),
        (Language.CPP, "void f(T a) { T b = a; T c = b; }"),
        (Language.JAVA, "class A { void f() { int b = 1; while (b > 0) { g(); } } }"),
        (Language.JAVA, "class A { void f(int a) { int b = a; h(() -> b); } }"),
        (Language.JAVA, "class A { void f() { int b = g(); h(c, b); } }"),
        (Language.JAVA, "class A { void f() { int b = g(); h(); k(b); } }"),
        (Language.JAVA, "class A { void f() { var b = g(); h(b); } }"),
        # Of ``<T extends Comparable<T>> T g()`` a cast to int does not compile.
        (Language.JAVA, "class A { void f() { int b = g(); h(b); } }"),
        (Language.JAVA, "class A { void f(boolean c) { int b = c ? g() : 1; h(b); } }"),
        (Language.JAVA, "class A { void f() { B<C> b = g(); h(b); } }"),
        (Language.JAVA, "class A { void f() { int[] b = {1}; h(b); } }"),
        (Language.JAVA, "class A { void f() { B b = () -> 1; h(b); } }"),
        (Language.JAVA, "class A { void f() { int b = a; a = 2; h(b); } }"),
        (Language.PYTHON, "def f(a):\n    b = len(a)\n    g()\n    return b + 1\n"),
        (Language.PYTHON, "def f(a):\n    b = len(a)\n    return g(b)\n"),
        (Language.PYTHON, "def f(a):\n    b = open(a)\n    return b.read()\n"),
        (Language.PYTHON, "def f(a):\n    b = []\n    b.append(a)\n"),
        (Language.PYTHON, "def f(a):\n    b = 'c'\n    b\n"),
        (Language.PYTHON, "def f(a):\n    b = 'c'\n    return f'{b}'\n"),
        (Language.PYTHON, "def f(a):\n    b = 1\n    return lambda: b\n"),
        (Language.PYTHON, "def f(a):\n    b = 1\n    return a is b\n"),
        (Language.PYTHON, "def f(a):\n    b = 1\n    b += a\n"),
        (Language.PYTHON, "def f(a):\n    b = 1\n    del b\n"),
        (Language.PYTHON, "def f(a):\n    b = 1\n    return b, locals()\n"),
        (Language.PYTHON, "b = 1\nprint(b)\n"),
        (Language.PYTHON, "def f(a):\n    global b\n    b = 1\n    return b\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    # Of callees that nothing declares, nothing would be inlined at all.
    declared = "int g(), h(), k();\n" if language is Language.C else ""
    assert rewrite_each("inline-local", declared + text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "int f(int val, int *addr) { int old = val; get_user(val, addr); return old * 2 + val; }",
        "int f(int val, int c) { int old = val; if (c) get_user((val), c); return old * 2 + c; }",
        "int f(int val, int c) { int old = val; c = get(val) + c; return old * 2 + c; }",
        "int f(int val, int c) { int old = val; return get(val) + old; }",
        "int f(void) { int old = 0; atomic_get(server.x, old); return old + 1; }",
        "int f(int val) { int old = val; set(old); return 1; }",
        # The macro may evaluate it twice.
        "int f(int c) { int old = h(); return max(old + 1, c); }",
    ],
)
def test_callee_that_is_not_declared_may_be_a_macro_that_writes(text: str) -> None:
    assert rewrite_each("inline-local", "int h(void);\n" + text, Language.C) == []


@pytest.mark.parametrize("call", ["abs(val)", "get(val), get(1)", "p->get(val)", "h(val)"])
def test_function_writes_no_argument(call: str) -> None:
    text = f"int h(); int f(int val) {{ int old = val; {call}; return old * 2 + val; }}"
    assert len(rewrite_each("inline-local", text, Language.C)) == 1
