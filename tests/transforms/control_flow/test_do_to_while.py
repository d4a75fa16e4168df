from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

C, CPP, JAVA = Language.C, Language.CPP, Language.JAVA


def java(body: str, kind: str = "void") -> str:
    return f"class A {{ {kind} f(int n) {{ {body} }} }}"


def variants(text: str, language: Language) -> set[str]:
    return {
        variant
        for seed in range(24)
        for variant in rewrite_each("do-to-while", text, language, seed)
    }


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            C,
            "void f(int n) { do { n--; } while (n); }",
            "void f(int n) { while (1) { n--; if (!(n)) break; } }",
        ),
        (
            C,
            "void f(int n) { do { n--; } while (n); }",
            "void f(int n) { while (1) { n--; if (n) {} else break; } }",
        ),
        (
            C,
            "void f(int n) { if (n) do g(); while (h()); else k(); }",
            "void f(int n) { if (n) while (1) { g(); if (!(h())) break; } else k(); }",
        ),
        (
            C,
            "void f(int n) { if (n) do if (g()) h(); while (1); else k(); }",
            "void f(int n) { if (n) while (1) { if (g()) h(); } else k(); }",
        ),
        (
            C,
            "void f(int n) { do { int n = 3; g(n); } while (n--); }",
            "void f(int n) { while (1) { { int n = 3; g(n); } if (!(n--)) break; } }",
        ),
        (
            C,
            "void f(int n) {\n  do {\n    n--; // x\n  } while (n > 3);\n}",
            "void f(int n) {\n  while (1) {\n    n--; // x\n    if (!(n > 3)) break;\n  }\n}",
        ),
        (
            CPP,
            "void f(T t) { do { string s; g(s); } while (t); }",
            "void f(T t) { while (true) { { string s; g(s); } if (t) {} else break; } }",
        ),
        (
            JAVA,
            java("do { n--; } while (false);"),
            java("while (true) { n--; break; }"),
        ),
        (
            JAVA,
            java("do { if (n > 1) return n; continue; } while (true);", "int"),
            java("while (true) { if (n > 1) return n; continue; }", "int"),
        ),
        (
            JAVA,
            java("do { n--; } while (GO_ON); return n;", "int"),
            java("while (true) { n--; if (!(GO_ON)) break; } return n;", "int"),
        ),
    ],
)
def test_forms(language: Language, before: str, after: str) -> None:
    assert after in variants(before, language)


def test_a_flag_lets_the_first_round_in() -> None:
    flagged = [v for v in variants("void f(int n) { do g(); while (n); }", C) if "||" in v]
    assert flagged
    for variant in flagged:
        flag = variant.split()[6]
        assert variant == (
            f"void f(int n) {{ {{ int {flag} = 1; "
            f"while ({flag} || (n)) {{ {flag} = 0; g(); }} }} }}"
        )


@pytest.mark.parametrize("jump", ["if (n == 2) continue;", "NEXT_IF(n == 2);"])
@pytest.mark.parametrize("language", [C, CPP])
def test_a_jump_to_the_test_needs_a_flag(language: Language, jump: str) -> None:
    found = variants(f"void f(int n) {{ do {{ {jump} n--; }} while (n > 0); }}", language)
    assert found
    assert all(" || (n > 0)) {" in variant and "break" not in variant for variant in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (C, "void f(int n) { do { if (n) continue; a: n--; } while (n); goto a; }"),
        (
            C,
            "void f(int n) { switch (n) { case 0: do { if (n) continue; case 1: g(); }"
            " while (n--); } }",
        ),
        (C, "void f(int n) { do { g(); } /* x */ while (n--); }"),
        (C, "void f(int n) { do { g(); } while (({ if (n) break; n--; })); }"),
        (CPP, "void f(T t) { do { if (g()) continue; } while (t); }"),
        (JAVA, java("do { if (n > 3) continue; n--; } while (n > 0);")),
        (JAVA, java("a: do { while (n > 3) continue a; } while (n > 0);")),
        (JAVA, java("do { return n; } while (n > 0);", "int")),
        (JAVA, java("do { n--; if (n < 0) return n; } while (GO_ON);", "int")),
        (JAVA, java("do { n--; } while (!(o instanceof String s));")),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("do-to-while", text, language) == []
