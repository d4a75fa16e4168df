from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


def _forms(text: str, language: Language) -> set[str]:
    """All that becomes of the only increment of ``text``, less what is around it."""
    start, end = text.index("@"), text.rindex("@")
    before, after = text[:start], text[end + 1 :]
    whole = before + text[start + 1 : end] + after
    found = set()
    for seed in range(24):
        (variant,) = rewrite_each("rewrite-increment", whole, language, seed)
        assert variant.startswith(before)
        assert variant.endswith(after)
        found.add(variant[len(before) : len(variant) - len(after)])
    return found


@pytest.mark.parametrize(
    ("language", "text", "forms"),
    [
        (Language.C, "void f(int i) { @i++@; }", {"++i", "i += 1", "i = i + 1"}),
        (Language.C, "void f(int i) { @--i@; }", {"i--", "i -= 1", "i = i - 1"}),
        (Language.C, "void f(int i) { @i += 1@; }", {"++i", "i++", "i = i + 1"}),
        (Language.C, "void f(int i) { @i = i - 1@; }", {"--i", "i--", "i -= 1"}),
        (Language.C, "void f(int i) { for (;; @i++@) g(); }", {"++i", "i += 1", "i = i + 1"}),
        (Language.C, "void f(int *p) { @(*p)++@; }", {"++(*p)", "(*p) += 1"}),
        (Language.C, "void f(int *p) { @++*p@; }", {"(*p)++", "*p += 1", "*p = *p + 1"}),
        (Language.C, "void f(struct s *p) { @p->n++@; }", {"++p->n", "p->n += 1"}),
        (Language.C, "void f(int *a, int i) { @a[i++] += 1@; }", {"a[i++]++", "++a[i++]"}),
        (Language.C, "void f(bool b) { @b++@; }", {"++b", "b += 1", "b = b + 1"}),
        (Language.C, "void f(T x) { L: @x++@; }", {"++x", "x += 1", "x = x + 1"}),
        (Language.CPP, "void f(int *p) { @p++@; }", {"++p", "p += 1", "p = p + 1"}),
        (
            Language.JAVA,
            "class A { void f(int i) { @i--@ ; } }",
            {"--i", "i -= 1", "i = i - 1"},
        ),
        (
            Language.JAVA,
            "class A { void f(byte i) { @i++@; } }",
            {"++i", "i += 1", "i = (byte) (i + 1)"},
        ),
        (
            Language.JAVA,
            "class A { void f(char[] a) { @a[0] += 1@; } }",
            {"a[0]++", "++a[0]", "a[0] = (char) (a[0] + 1)"},
        ),
        (Language.JAVA, "class A { void f(Integer i) { @i++@; } }", {"++i"}),
        (Language.JAVA, "class A { void f() { @size++@; } }", {"++size"}),
    ],
)
def test_every_form(language: Language, text: str, forms: set[str]) -> None:
    assert _forms(text, language) == forms


def test_words_are_kept_apart() -> None:
    text = "void f(int i) { do++i; while (g()); }"
    variants = {rewrite_each("rewrite-increment", text, Language.C, seed)[0] for seed in range(24)}
    assert "void f(int i) { do i++; while (g()); }" in variants


def test_each_part_of_a_comma_is_a_site() -> None:
    text = "void f(int i, int j) { for (;; i++, j += 1, k()) { } i++, --j; }"
    assert len(rewrite_each("rewrite-increment", text, Language.C)) == 4


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int i) { return i++; }"),
        (Language.C, "void f(int i) { g(i++); }"),
        (Language.C, "void f(int *p) { *p++; }"),
        (Language.C, "void f(int i) { while (i--) { } }"),
        (Language.C, "int f(int i) { return ({ i++; }); }"),
        (Language.C, "void f(int i) { i += 2; }"),
        (Language.C, "void f(int i) { i += 1.0; }"),
        (Language.C, "void f(int i) { i += 1u; }"),
        (Language.C, "void f(int i, int j) { i = j + 1; }"),
        (Language.C, "void f(int *a) { a[g()] = a[g()] + 1; }"),
        (Language.C, "void f(void) { n = n + 1; }"),
        (Language.C, "void f(void) { COUNT++; }"),
        (Language.C, "#define top *p\nvoid f(int *p) { top++; }"),
        (Language.CPP, "void f(T i) { i++; }"),
        (Language.CPP, "void f(bool b) { b += 1; }"),
        (Language.CPP, "void f(int i, T j) { for (;; i++, j++) { } }"),
        (Language.JAVA, "class A { void f(String s) { s += 1; } }"),
        (Language.JAVA, "class A { void f() { s += 1; } }"),
        (Language.JAVA, "class A { void f(Byte b) { b += 1; } }"),
        (
            Language.JAVA,
            "class A { int f(int i) { return switch (i) { case 1 -> i++; default -> 2; }; } }",
        ),
        (Language.JAVA, "class A { void f() { g(() -> i++); } }"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("rewrite-increment", text, language) == []
