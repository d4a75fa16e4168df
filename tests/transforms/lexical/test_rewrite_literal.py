from __future__ import annotations

import re

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language


def _after(text: str, language: Language) -> set[str]:
    """What becomes of the only number of ``text``."""
    seeds = range(60)
    return {v for seed in seeds for v in rewrite_each("rewrite-literal", text, language, seed)}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int a = 3;", {"int a = 0x3;", "int a = (1 + 2);", "int a = (2 + 1);"}),
        (Language.C, "int a = 1;", {"int a = 0x1;"}),
        (
            Language.C,
            "int a = 0x4;",
            {"int a = 4;", "int a = (1 + 3);", "int a = (2 + 2);", "int a = (3 + 1);"},
        ),
        (Language.C, "long a = 2uL;", {"long a = 0x2uL;", "long a = (1uL + 1uL);"}),
        (Language.C, "int a[2];", {"int a[0x2];", "int a[(1 + 1)];"}),
        (Language.C, "enum { A = 2 };", {"enum { A = 0x2 };", "enum { A = (1 + 1) };"}),
        (
            Language.C,
            "struct s { int a : 2; };",
            {"struct s { int a : 0x2; };", "struct s { int a : (1 + 1); };"},
        ),
        (Language.C, "int a = (char) 2;", {"int a = (char) 0x2;"}),
        (
            Language.JAVA,
            "class A { byte a = 2; }",
            {"class A { byte a = 0x2; }", "class A { byte a = (1 + 1); }"},
        ),
        (
            Language.JAVA,
            "class A { long a = -2L; }",
            {"class A { long a = -0x2L; }", "class A { long a = -(1L + 1L); }"},
        ),
        (Language.PYTHON, "a = x ** 2\n", {"a = x ** 0x2\n", "a = x ** (1 + 1)\n"}),
        (Language.PYTHON, "a = 0XB1\n", {"a = 177\n"}),
    ],
)
def test_numbers_change_their_notation(language: Language, before: str, after: set[str]) -> None:
    found = _after(before, language)
    assert found == after or (len(after) == 1 and after <= found)
    for variant in found:
        number = re.search(r"\d", before)
        assert number is not None
        assert variant.startswith(before[: number.start() - 1].rstrip("("))


def test_a_number_is_not_joined_to_a_sign() -> None:
    found = _after("int f(int a) { return 14+a; }", Language.C)
    assert {"int f(int a) { return 0xe +a; }", "int f(int a) { return 0xE +a; }"} <= found
    assert not any(re.search("[eE][+]", variant) for variant in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int a = 010;"),
        (Language.C, "double a = 2.0;"),
        (Language.C, "double a = 1e3;"),
        (Language.C, "long a = 2147483648;"),
        (Language.C, "unsigned a = 0xFFFFFFFF;"),
        (Language.C, "#define N 42\n"),
        (Language.C, "#if N > 42\n#endif\n"),
        (Language.C, "#pragma pack(4)\n"),
        (Language.C, "__attribute__((aligned(16))) int f(void);"),
        (Language.C, "void f(void) { PASTE(42); assert(42); }"),
        (Language.C, "#define paste(n) x ## n\nvoid f(void) { paste(42); }"),
        (Language.CPP, "std::array<int, 42> a;"),
        (Language.CPP, "struct A { virtual void f() = 0; virtual int g(int) const = 0; };"),
        (Language.CPP, "auto a = 42_km;"),
        (Language.CPP, "int a = 1'000;"),
        (Language.JAVA, "class A { int a = -2147483648; }"),
        (Language.JAVA, "class A { int a = 0xFFFFFFFF; }"),
        (Language.JAVA, "class A { int a = 1_000; int b = 017; int c = 0b11; double d = 2f; }"),
        (Language.PYTHON, "a = 2j\n"),
        (Language.PYTHON, "a = 0o17 + 0b11 + 1_000 + 1.5\n"),
        (Language.PYTHON, "a = f'{42=}' + f'{x:10}'\n"),
        (Language.PYTHON, "a = 42 .real\n"),
        (Language.PYTHON, "a = x is 42 or x is not 42\n"),
        (Language.PYTHON, "a: Literal[42] = x\n"),
        (Language.PYTHON, "match a:\n    case 42:\n        pass\n"),
        (Language.PYTHON, "a = x if y else 42if z else w\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each("rewrite-literal", text, language) == []
