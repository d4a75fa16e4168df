from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA = Language.C, Language.CPP, Language.JAVA

_BEFORE = """int f(int x) {
    if (x == 1 || 2 == x) {
        a();
    } // one or two
    else if (x == 'a')
        return 3;
    else {
        b();
    }
}
"""
_AFTER = """int f(int x) {
    switch (x) {
    case 1: case 2: {
        a();
    } break; // one or two
    
    case 'a': { return 3; }
    
    default: {
        b();
    }
    }
}
"""  # noqa: W293


def test_conditions_become_labels_in_their_places() -> None:
    assert rewrite_each("if-to-switch", _BEFORE, C) == [_AFTER]


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (C, "if (x == 1) a();", "switch (x) { case 1: { a(); } break; }"),
        (C, "if (x == -1) a();", "switch (x) { case -1: { a(); } break; }"),
        (C, "if (c == '\\n') { return; }", "switch (c) { case '\\n': { return; } }"),
        (C, "if (l == 0x10) a();", "switch (l) { case 0x10: { a(); } break; }"),
        (C, "if (x == 1) a(); else if (x > 2) b();", "default: { if (x > 2) b(); } }"),
        (C, "if (x == 1) a(); else if (x == 1) b();", "default: { if (x == 1) b(); } }"),
        (C, "if (y) a(); else if (x == 1) b();", "if (y) a(); else switch (x) { case 1:"),
        (
            C,
            "while (y) if (x == 1) while (x) break; else continue;",
            "while (y) switch (x) { case 1: { while (x) break; } break; default: { continue; } }",
        ),
        (CPP, "if (x == 1) { T t(2); } else { T t(3); }", "case 1: { T t(2); } break; default: {"),
        (JAVA, "if (x == 1) return; else a();", "{ case 1: { return; } default: { a(); } }"),
        (JAVA, "if (c == 65) a();", "switch (c) { case 65: { a(); } break; }"),
        (
            JAVA,
            "l: while (true) if (x == 1) { if (y) { break l; } } else { a(); }",
            "switch (x) { case 1: { if (y) { break l; } } break; default: { a(); } }",
        ),
    ],
)
def test_statement(language: Language, before: str, after: str) -> None:
    variant = rewrite_each("if-to-switch", _function(language, before), language)[0]
    assert after in " ".join(variant.split())


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        # The switch would capture these.
        (C, "while (y) { if (x == 1) { break; } else { a(); } }"),
        (C, "while (y) { if (x == 1) { a(); } else if (y) { break; } }"),
        (C, "while (y) { if (x == 1) { STOP(x); } }"),
        (C, "switch (y) { case 1: if (x == 1) { case 2: a(); } }"),
        (C, "switch (y) { case 1: if (x == 1) break; a(); }"),
        # Labels are converted to the type of the subject, and so they must differ in it.
        (C, "if (u == -1) a();"),
        (C, "if (x == 1U) a();"),
        (C, "if (x == 1 || x == 01) a();"),
        (C, "if (x == 97 || x == 'a') a();"),
        (C, "if (x == FLAG) a();"),
        (C, "if (x == L'a') a();"),
        (C, "if (d == 1) a();"),
        (C, "if (t == 1) a();"),
        (C, "if (g == 1) a();"),
        (C, "if (x == 1 && y) a();"),
        (C, "if (x != 1) a();"),
        (C, "if (x == 1 || y == 2) a();"),
        (C, "if (x == y) a();"),
        (C, "volatile int v; if (v == 1) a();"),
        (C, "if /* why */ (x == 1) a();"),
        (C, "CHECK(({ if (x == 1) a(); }));"),
        (CPP, "if constexpr (x == 1) a();"),
        (CPP, "if (int z = g(); x == 1) a();"),
        (CPP, "int &r = x; if (r == 1) a();"),
        (JAVA, "if (l == 1) a();"),
        (JAVA, "if (b == 200) a();"),
        (JAVA, "if (c == -1) a();"),
        (JAVA, "if (o == 1) a();"),
        (JAVA, "if (x == 1) { while (FLAG) { a(); } } else { a(); }"),
        (JAVA, "while (y) { if (x == 1) { break; } }"),
    ],
)
def test_what_is_not_certain_stays(language: Language, statement: str) -> None:
    assert rewrite_each("if-to-switch", _function(language, statement), language) == []


def test_only_the_rest_is_left_alone_where_a_comment_stands() -> None:
    text = "void f(int x) { if (x == 1) a(); else /* two */ if (x == 2) b(); }"
    (variant,) = rewrite_each("if-to-switch", text, C)
    assert "if (x == 1) a(); else /* two */ switch (x) { case 2:" in variant


def _function(language: Language, statement: str) -> str:
    if language is JAVA:
        head = "class A { void f(int x, char c, byte b, long l, Integer o, boolean y)"
        return f"{head} {{ {statement} }} }}"
    head = "void f(int x, int y, char c, unsigned u, long l, double d, T t)"
    return f"{head} {{ {statement} }}"
