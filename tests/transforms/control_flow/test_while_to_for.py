from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA = Language.C, Language.CPP, Language.JAVA
_OTHER = "for (int z = 0; z < 3; z++) ; "


def variants(text: str, language: Language) -> set[str]:
    return {
        variant
        for seed in range(24)
        for variant in rewrite_each("while-to-for", text, language, seed)
    }


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (C, "void f(int n) { while (n--) g(); }", "void f(int n) { for (; n--;) g(); }"),
        (C, "void f(void) { while (1) g(); }", "void f(void) { for (;;) g(); }"),
        (C, "void f(void) { while (1) g(); }", "void f(void) { for (; 1;) g(); }"),
        (
            C,
            "void f(int n) { n = 3; /* x */ while (n) { g(n); n--; } }",
            "void f(int n) { /* x */ for (n = 3; n; n--) { g(n); } }",
        ),
        (
            C,
            "void f(int n) {\n  while (n) {\n    g(n); // a\n    n--;\n  }\n}",
            "void f(int n) {\n  for (; n; n--) {\n    g(n); // a\n  }\n}",
        ),
        (
            C,
            "void f(int n) { " + _OTHER + "int i = 0; while (i < n) { g(i); i++; } }",
            "void f(int n) { " + _OTHER + "for (int i = 0; i < n; i++) { g(i); } }",
        ),
        (
            CPP,
            "void f(int n) { int i = 0; while (i < n) { g(i + 1); i++; } }",
            "void f(int n) { for (int i = 0; i < n; i++) { g(i + 1); } }",
        ),
        (
            JAVA,
            "class A { void f(int n) { int i = 0; while (i < n) { g(i); i += 2; } } }",
            "class A { void f(int n) { for (int i = 0; i < n; i += 2) { g(i); } } }",
        ),
        (
            JAVA,
            "class A { void f(int n) { a: while (n > 0) { n--; continue a; } } }",
            "class A { void f(int n) { a: for (; n > 0;) { n--; continue a; } } }",
        ),
    ],
)
def test_forms(language: Language, before: str, after: str) -> None:
    assert after in variants(before, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (C, "void f(int n) { while (n) { if (n == 2) continue; n--; } }"),
        (C, "void f(int n) { while (n) { NEXT_IF(n == 2); n--; } }"),
        (C, "void f(int n) { while (n) { int m = 2; n = n - m; } }"),
        (C, "void f(int n) { while (n) { g(); n -= STEP; } }"),
        (C, "void f(int n) { while (n) { g(); a: n--; } }"),
        (C, "void f(int n) { while (n) {\n#ifdef A\n n--;\n#endif\n } }"),
        (CPP, "void f(int n) { while (n) { string s; g(s); n--; } }"),
        (JAVA, "class A { void f(int n) { a: while (n > 0) { while (n > 1) continue a; n--; } } }"),
        # Declarations that must stay where they are.
        (C, "void f(int n) { int i = 0; while (i < n) { i++; g(); } }"),
        (C, "void f(int n) { " + _OTHER + "int i = 0; while (i < n) { i++; g(&i); } }"),
        (C, "void f(int n) { " + _OTHER + "int i = 0; while (i < n) { i++; g(); } g(i); }"),
        (C, "void f(int n) { " + _OTHER + "int i = 0; while (i < n) { i++; g(); } SHOW(n); }"),
        (C, "void f(int n) { " + _OTHER + "static int i = 0; while (i < n) { i++; g(); } }"),
        (C, "void f(int n) { " + _OTHER + "T i = {0}; while (i.a < n) { g(i.b); } }"),
        (CPP, "void f(int n) { int i = 0; while (i < n) { i++; g(i); } }"),
        (CPP, "void f(int n) { int i = 0; while (i < n) { ++i; g(++i); } }"),
        (CPP, "void f(int n) { string s = g(); while (s != h()) { g(); } }"),
        (JAVA, "class A { int f(int n) { int i = 0; while (i < n) { i++; g(); } return i; } }"),
    ],
)
def test_what_is_not_certain_stays_outside_of_the_header(language: Language, text: str) -> None:
    found = variants(text, language)
    assert found
    for variant in found:
        header = variant[variant.rindex("for (") : variant.rindex("for (") + 12]
        assert "for (; " in header or "(; n > 1" in variant
        assert variant.count(";") == text.count(";") + 2 * (
            variant.count("for (") - text.count("for (")
        )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (CPP, "void f() { while (int x = g()) { h(x); } }"),
        (C, "void f(int n) { while (n /* x */) g(); }"),
        (C, "void f(int n) { while /* x */ (n) g(); }"),
        (C, "void f(int n) { do g(); while (n); }"),
    ],
)
def test_conditions_that_a_for_cannot_hold_stay(language: Language, text: str) -> None:
    assert rewrite_each("while-to-for", text, language) == []
