from __future__ import annotations

import numpy as np
import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.control_flow.for_to_while import ForToWhile

C, CPP, JAVA, PYTHON = Language.C, Language.CPP, Language.JAVA, Language.PYTHON


def java(body: str, kind: str = "void") -> str:
    return f"class A {{ {kind} f(int n) {{ {body} }} }}"


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            C,
            "void f(int n) { int i; for (i = 0; i < n; i++) { g(i); } }",
            "void f(int n) { int i; i = 0; while (i < n) { g(i); i++; } }",
        ),
        (
            C,
            "void f(int n) { if (n) for (n = 3; n; n--) g(n); else h(); }",
            "void f(int n) { if (n) { n = 3; while (n) { g(n); n--; } } else h(); }",
        ),
        (C, "void f(void) { for (;;) g(); }", "void f(void) { while (1) g(); }"),
        (CPP, "void f() { for (;;) g(); }", "void f() { while (true) g(); }"),
        (
            C,
            "void f(int n) { for (; n; n--) { if (n == 3) continue; g(); } }",
            "void f(int n) { while (n) { if (n == 3) { n--; continue; } g(); n--; } }",
        ),
        (
            C,
            "void f(int n) { a: for (n = 0; n < 3; n++) ; goto a; }",
            "void f(int n) { a: { n = 0; while (n < 3) { n++; } } goto a; }",
        ),
        (
            C,
            "void f(int n) { for (; n; n--) { int n = 2; g(n); } }",
            "void f(int n) { while (n) { { int n = 2; g(n); } n--; } }",
        ),
        (
            CPP,
            "void f(int n) { for (; n; n--) { string s; g(s); } }",
            "void f(int n) { while (n) { { string s; g(s); } n--; } }",
        ),
        (
            C,
            "void f(int n) {\n  for (; n; n--) {\n    g(); // x\n#ifdef A\n    h();\n#endif\n"
            "  }\n}",
            "void f(int n) {\n  while (n) {\n    g(); // x\n#ifdef A\n    h();\n#endif\n"
            "    n--;\n  }\n}",
        ),
        (
            JAVA,
            java(
                "a: for (int i = 0, j = 1; i < n; i++, j--)"
                " { for (;n > 0;) { continue a; } } int i;"
            ),
            java(
                "{ int i = 0, j = 1; a: while (i < n) { for (;n > 0;) { i++; j--; continue a; } "
                "i++; j--; } } int i;"
            ),
        ),
        (
            JAVA,
            java("for (; ; n++) { if (n > 3) return 1; else continue; }", "int"),
            java("while (true) { if (n > 3) return 1; else { n++; continue; } }", "int"),
        ),
        (
            JAVA,
            java("for (; n > 0; n--) { try { continue; } catch (E e) { g(); } }"),
            java("while (n > 0) { try { n--; continue; } catch (E e) { g(); } n--; }"),
        ),
    ],
)
def test_a_loop_is_taken_apart(language: Language, before: str, after: str) -> None:
    assert rewrite_each("for-to-while", before, language)[0] == after


@pytest.mark.parametrize("language", [C, CPP, JAVA])
def test_a_declaration_keeps_its_scope_or_is_used_nowhere_else(language: Language) -> None:
    loop = "for (int i = 0; i < n; i++) { g(i); }"
    shared = f"void f(int n) {{ {loop} {loop} }}"
    single = f"void f(int n) {{ {loop} }}"
    if language is JAVA:
        shared, single = f"class A {{ {shared} }}", f"class A {{ {single} }}"
    block = "{ int i = 0; while (i < n) { g(i); i++; } }"
    for seed in range(4):
        assert all(block in v for v in rewrite_each("for-to-while", shared, language, seed))
    variants = {rewrite_each("for-to-while", single, language, seed)[0] for seed in range(16)}
    assert variants == {single.replace(loop, block), single.replace(loop, block[2:-2])}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (C, "void f(int n) { for (; n; n--) { NEXT_IF(n == 2); g(); } }"),
        (C, "void f(int n) { for (; n; n--) { int n = 2; if (n) continue; } }"),
        (C, "void f(int n) { for (; COND; n--) g(); }"),
        (C, "void f(int n) { for (n = 0; /* all */ n < 3; n++) g(); }"),
        (C, "void f(int n) { for (; n; STEP) g(); }"),
        (C, "void f(int n) {\n#pragma omp parallel for\nfor (n = 0; n < 3; n++) g(); }"),
        (CPP, "void f(int n) { for (; n; n--) { string s; if (n) continue; g(s); } }"),
        (CPP, "void f(int n) { for (; n; T(n)) g(); }"),
        (CPP, "void f(int n) { for (; n; n--) { try { continue; } catch (E e) { } } }"),
        (CPP, "void f(V v) { for (int i : v) { g(i); } }"),
        (JAVA, java("for (; ; n++) { return 1; }", "int")),
        (JAVA, java("for (; ; n++) { while (FOREVER) { g(); } }")),
        (JAVA, java("for (; n > 0; n--) { try { continue; } finally { g(n); } }")),
        (JAVA, java("for (; n > 0; n = g(n)) { try { continue; } catch (E e) { } }")),
        (JAVA, java("for (; n > 0; n--) { synchronized (this) { continue; } }")),
        (JAVA, java("for (int i : x) { g(i); }")),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("for-to-while", text, language) == []


COUNTED = [
    (
        "def f(s):\n    for i in range(len(s)):\n        if s[i]:\n            continue\n"
        "        g(i)\n",
        "def f(s):\n    i = 0\n    LIMIT = len(s)\n    while i < LIMIT:\n        if s[i]:\n"
        "            i += 1\n            continue\n        g(i)\n        i += 1\n",
    ),
    (
        "def f(s):\n    n = len(s)\n    for i in range(n - 1, -1, -2):  # down\n"
        "        g(i)  # x\n",
        "def f(s):\n    n = len(s)\n    i = n - 1\n    while i > -1:  # down\n        g(i)  # x\n"
        "        i += -2\n",
    ),
    (
        "def f():\n    for i in range(3):\n        if i: continue\n    for i in [1]:\n"
        "        g(i)\n",
        "def f():\n    i = 0\n    while i < 3:\n        if i: i += 1; continue\n        i += 1\n"
        "    for i in [1]:\n        g(i)\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), COUNTED)
def test_a_range_of_certain_integers_is_counted(before: str, after: str) -> None:
    found = False
    for seed in range(8):
        variant = rewrite_each("for-to-while", before, PYTHON, seed)[0]
        lines = variant.split("\n")
        limit = next(
            (x.split()[0] for x in lines if x.endswith("= len(s)") and "LIMIT" in after), ""
        )
        found |= variant == after.replace("LIMIT", limit)
    assert found


def test_any_other_range_is_stepped_by_its_iterator() -> None:
    text = "def f(n):\n    for i in range(n):\n        g(i)\n    return i\n"
    (variant,) = rewrite_each("for-to-while", text, PYTHON)
    name = variant.split("\n")[1].split()[0]
    assert variant == (
        f"def f(n):\n    {name} = iter(range(n))\n    while True:\n        try:\n"
        f"            i = next({name})\n        except StopIteration:\n            break\n"
        "        g(i)\n    return i\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    for i in range(3):\n        g(i)\n    return i\n",
        "def f():\n    for i in range(3):\n        i = g(i)\n",
        "def f():\n    for i in range(3):\n        h.append(lambda: i)\n",
        "def f():\n    for i in range(3):\n        h.append(i + x for x in y)\n",
        "def f(n):\n    for i in range(n):\n        g(i)\n",
        "def f(n, m):\n    for i in range(0, 9, m):\n        g(i)\n",
        "def f():\n    for i in range(3):\n        for i in range(i):\n            g(i)\n",
        "def f():\n    global i\n    for i in range(3):\n        g(i)\n",
        "def f(i):\n    for i in range(3):\n        g(i)\n",
        "def f():\n    for i in range(3):\n        del i\n",
        "def f():\n    for i in range(\n        1 +\n        2):\n        g(i)\n",
        "def f():\n    for i in range(3):\n        try:\n            continue\n"
        "        finally:\n            g(i)\n",
        "def f(x):\n    n = 3\n    n = x\n    for i in range(n):\n        g(i)\n",
    ],
)
def test_a_counter_that_others_see_is_no_counter(text: str) -> None:
    for seed in range(8):
        first = rewrite_each("for-to-while", text, PYTHON, seed)[0]
        assert " = iter(range(" in first


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(3):\n    g(i)\n",
        "class A:\n    for i in range(3):\n        g(i)\n",
        "def f(x):\n    for i in x:\n        g(i)\n",
        "def f():\n    for i in range(3):\n        g(i)\n    else:\n        h()\n",
        "def f():\n    for i in range(3): g(i)\n",
        "def f(range):\n    for i in range(3):\n        g(i)\n",
        "def f(next):\n    for i in range(3):\n        g(i)\n",
        "from x import *\ndef f():\n    for i in range(3):\n        g(i)\n",
        "def f():\n    for i in range(3):\n        g(locals())\n",
        "def f(x):\n    for x.i in range(3):\n        g()\n",
        "def f(x):\n    for i in range(*x):\n        g()\n",
        "async def f():\n    async for i in range(3):\n        g(i)\n",
    ],
)
def test_what_python_may_tell_apart_stays(text: str) -> None:
    assert rewrite_each("for-to-while", text, PYTHON) == []


def test_deep_and_long_programs_are_no_trouble() -> None:
    deep = "(" * 10_000 + "n" + ")" * 10_000
    program = AnalysedProgram.of(f"void f(int n) {{ for (; {deep}; n--) {{ g(); }} }}", C)
    (site,) = ForToWhile().sites(program)
    assert ForToWhile().rewrite(program, site, None, np.random.default_rng(0))  # type: ignore[arg-type]
