from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


def java(body: str) -> str:
    return f"class A {{ void f(int a) {{ {body} }} }}"


def c(body: str) -> str:
    return f"void f(int a) {{ {body} }}"


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, c("if (a) a++;"), [c("if (a) { a++; }")]),
        (Language.C, c("if (a) { a++; }"), [c("if (a)   a++; ")]),
        (
            Language.C,
            c("if (a) g(a); else{return;}"),
            [c("if (a) { g(a); } else{return;}"), c("if (a) g(a); else return;")],
        ),
        (Language.C, c("do a--; while (a);"), [c("do { a--; } while (a);")]),
        (
            Language.C,
            c("while (a) if (a) a--; else a++;"),
            [
                c("while (a) { if (a) a--; else a++; }"),
                c("while (a) if (a) { a--; } else a++;"),
                c("while (a) if (a) a--; else { a++; }"),
            ],
        ),
        (
            Language.CPP,
            "void f(V v) { for (int x : v) g(x); }",
            ["void f(V v) { for (int x : v) { g(x); } }"],
        ),
        (
            Language.JAVA,
            java("if (a > 0) return; else a = 1;"),
            [
                java("if (a > 0) { return; } else a = 1;"),
                java("if (a > 0) return; else { a = 1; }"),
            ],
        ),
        (Language.JAVA, java("for (int x : y) { g(x); }"), [java("for (int x : y)   g(x); ")]),
    ],
)
def test_braces_come_and_go(language: Language, before: str, after: list[str]) -> None:
    assert rewrite_each("braces", before, language) == after


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, c("if (a) CHECK(a);")),
        (Language.C, c("if (a) { list_del(a); }")),
        (Language.C, c("if (a) { int b = a; }")),
        (Language.C, c("if (a) { if (b) g(); }").replace("if (b) g();", "if (a) { g(); h(); }")),
        (Language.C, c("if (a) { }")),
        (Language.C, c("if (a) {\n#ifdef X\na++;\n#endif\n}")),
        (Language.JAVA, java("if (a > 0) { int b = a; }")),
        (Language.JAVA, java("synchronized (this) { g(); } try { g(); } finally { h(); }")),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("braces", text, language) == []
