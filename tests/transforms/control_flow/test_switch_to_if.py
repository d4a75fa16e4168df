from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA = Language.C, Language.CPP, Language.JAVA

_BEFORE = """int f(int x) {
    switch (x) {
    /* first */
    case 1:
    case 2: // two
        a();
        break;
    case 3: {
        int y = 2;
        b(y);
        break;
    }
    case 4:
        if (x) return 1; else return 2;
    default:
        d();
    }
}
"""
_AFTER = """int f(int x) {
    
    /* first */
    if (x == 1 || x == 2) { // two
        a();
    } else if (x == 3) {
        int y = 2;
        b(y);
    }
    else if (x == 4) {
        if (x) return 1; else return 2;
    } else {
        d();
    }
}
"""  # noqa: W293


def test_labels_become_conditions_in_their_places() -> None:
    assert rewrite_each("switch-to-if", _BEFORE, C) == [_AFTER]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (C, "switch (x) { case FLAG: a(); }", "if (x == (int) (FLAG)) { a(); }"),
        (C, "switch (c) { case FLAG: a(); }", "if (c == (int) (FLAG)) { a(); }"),
        (C, "switch (u) { case 1U: a(); }", "if (u == (unsigned int) 1U) { a(); }"),
        (C, "switch (l) { case FLAG: a(); }", "if (l == (FLAG)) { a(); }"),
        (C, "switch (p->y) { case 1: a(); }", "if (p->y == 1) { a(); }"),
        (C, "switch (g(x)) { case 1: a(); break; default: ; }", "if (g(x) == 1) { a();  } else {"),
        (C, "switch (e) { case 1: case 'a' + 1: a(); }", "if (e == 1 || e == ('a' + 1)) { a(); }"),
        (C, "if (x) switch (x) { case 1: a(); } else b();", "if (x) { if (x == 1) { a(); } } else"),
        (
            C,
            "switch (x % 3) { case 1: a(); break; case 2: b(); }",
            "{ int buffer = x % 3; if (buffer == 1) { a();  } else if (buffer == 2) { b(); } }",
        ),
        (C, "while (x) switch (x) { case 1: continue; default: ; }", "{ if (x == 1) { continue; }"),
        (C, "switch (x) { case 1: default: a(); break; case 2: b(); }", None),
        (C, "switch (x) { case 2: b(); break; case 1: default: a(); }", "} else { a(); }"),
        (
            C,
            "switch (x) { case 1: for (;;) { break; } break; }",
            "if (x == 1) { for (;;) { break; }  }",
        ),
        (CPP, "switch (x) { case A::B: a(); break; }", "if (x == (int) (A::B)) { a();  }"),
    ],
)
def test_statement_of_c(language: Language, before: str, after: str | None) -> None:
    text = f"void f(int x, char c, unsigned u, long l, enum E e, T *p) {{ {before} }}"
    variants = rewrite_each("switch-to-if", text, language)
    assert len(variants) == (after is not None)
    assert after is None or after in variants[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("switch (x) { case 1: a(); break; case FOO: b(); }", "else if (x == FOO) { b(); }"),
        ("switch (x) { case 1, 2: a(); }", "if (x == 1 || x == 2) { a(); }"),
        (
            "switch (s.charAt(0)) { case 'a': a(); break; case 66: b(); }",
            "int buffer = s.charAt(0); if (buffer == 'a') { a();  } else if (buffer == 66)",
        ),
        ("switch (s.next()) { case 'a': a(); }", "if (s.next() == 'a') { a(); }"),
        ("l: while (true) { switch (x) { case 1: break l; default: b(); } }", "{ break l; }"),
        (
            "int k; switch (x) { case 1: k = 1; break; default: throw e; }",
            "if (x == 1) { k = 1;  } else { throw e; }",
        ),
    ],
)
def test_statement_of_java(before: str, after: str) -> None:
    text = f"class A {{ void f(int x, String s) {{ {before} }} }}"
    (variant,) = rewrite_each("switch-to-if", text, JAVA)
    assert after in variant


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        # Falls through, or may.
        (C, "switch (x) { case 1: a(); case 2: b(); }"),
        (C, "switch (x) { case 1: exit(1); case 2: b(); }"),
        (C, "switch (x) { case 1: if (x) return; case 2: b(); }"),
        (C, "switch (x) { case 1: STOP(x); break; case 2: b(); }"),
        (C, "switch (x) { default: a(); break; case 2: b(); }"),
        # Leaves from its middle.
        (C, "switch (x) { case 1: if (x) break; a(); break; }"),
        (C, "switch (x) { case 1: while (x) { case 2: a(); } }"),
        (C, "switch (x) { case 1: end: break; }"),
        (C, "switch (x) { int y; case 1: y = 1; a(y); }"),
        (C, "switch (x) { case 1:; int y = 1; a(y); break; case 2: y = 2; b(y); }"),
        (C, "switch (x) { case 1:\n#ifdef X\n break; case 2:\n#endif\n a(); }"),
        (C, "switch (x) {\n#ifdef X\n case 1: a(); break;\n#endif\n case 2: b(); }"),
        (C, "switch (x) { default: a(); }"),
        (C, "switch (x) { }"),
        (C, "switch (x) { case /* one */ 1: a(); }"),
        (C, "switch (x) { case 1: a(); break; case FLAG: default: b(); }"),
        # A type that is out of sight.
        (C, "switch (p->y) { case 1: a(); break; case 2: b(); }"),
        (C, "switch (p->y) { case FLAG: a(); }"),
        (C, "switch (e) { case 1U: a(); }"),
        (C, "volatile int v; switch (v + w) { case 1: a(); break; case 2: b(); }"),
        (C, "CHECK(x, ({ switch (x) { case 1: a(); } }));"),
        (CPP, "switch (t) { case 1: a(); }"),
        (CPP, "switch (int y = g(); y) { case 1: a(); }"),
        (CPP, "switch (int y = g()) { case 1: a(); }"),
        (CPP, "switch (x) { case 1: a(); [[fallthrough]]; case 2: b(); }"),
    ],
)
def test_what_is_not_certain_stays_in_c(language: Language, statement: str) -> None:
    text = f"void f(int x, enum E e, T t, T *p) {{ {statement} }}"
    assert rewrite_each("switch-to-if", text, language) == []


@pytest.mark.parametrize(
    "statement",
    [
        "switch (k) { case RED: a(); }",
        "switch (k) { case Color.RED: a(); }",
        'switch (s) { case "a": a(); }',
        "switch (x) { case 1 -> a(); default -> b(); }",
        "int y = switch (x) { case 1: yield 1; default: yield 2; };",
        "switch (x) { case 1: while (true) { a(); break; } case 2: b(); }",
        "switch (x) { case 1: int y = 1; a(y); break; case 2: y = 2; b(y); }",
        "switch (o) { case Integer i: a(); }",
    ],
)
def test_what_is_not_certain_stays_in_java(statement: str) -> None:
    text = f"class A {{ void f(int x, String s, K k, Object o) {{ {statement} }} }}"
    assert rewrite_each("switch-to-if", text, JAVA) == []
