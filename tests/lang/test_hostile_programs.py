"""Whatever bytes come in, an analysis or a ProgramError comes out, in bounded time."""

from __future__ import annotations

import time

import numpy as np
import pytest

from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram

PROGRAMS = {
    Language.C: (
        b"#define SQ(x) ((x) * (x))\nstruct s { int a; };\nint f(int n, struct s *p)\n{\n"
        b"    int total = 0; /* sum */\n    for (int i = 0; i < n; i++) total += SQ(p->a);\n"
        b"out: if (total) goto out;\n    return total;\n}\n"
    ),
    Language.CPP: (
        b"template <class T> struct A { T x; int get(int k) const { return x + k; } };\n"
        b"int f(int n) { auto g = [n, m = 1](int a) { return a + n + m; };\n"
        b"  for (auto [k, v] : h()) n += k; return g(n); }\n"
    ),
    Language.JAVA: (
        b"class Main extends B { int f; enum E { A, B }\n  int run(int n, int... rest) {\n"
        b"    out: for (int i : rest) { if (i > n) break out; }\n"
        b"    Runnable r = () -> g(n); switch (n) { case 1 -> h(); default -> { } }\n"
        b'    return o instanceof P(int a, var b) ? a : "x".length(); } }\n'
    ),
    Language.JAVASCRIPT: (
        b"import o, {p as q} from 'm';\nclass A extends B { #x = 1; *m({a, b: [c] = []}, ...d) {\n"
        b"  out: for (const e of d) { if (/x/.test(e)) continue out; yield `${a} ${c}`; } } }\n"
        b"var f = async (g) => { try { await g } catch ({h}) { h?.i } };\n"
    ),
    Language.PYTHON: (
        b"import os as o\nclass A(B):\n    def m(self, *, k=1):\n        global g\n"
        b"        return [x for x in y if (z := x)]\n"
        b"match v:\n    case A(b=c) | [c, *_]:\n        print(f'{c!r:>{w}}')\n"
        b"    case _:\n        del v\n"
    ),
}
SECONDS = 60.0


def analyse(text: bytes, language: Language) -> None:
    started = time.process_time()
    try:
        program = AnalysedProgram.of(text, language)
        spans = [span for b in program.scopes.bindings for span in b.occurrences]
        spans += [span for span, _ in program.scopes.unbound]
    except ProgramError:
        return  # refused with a reason; any other exception is a failure
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("language", PROGRAMS)
def test_cut_off_programs(language: Language) -> None:
    program = PROGRAMS[language]
    for end in range(0, len(program), 3):
        analyse(program[:end], language)
        analyse(program[end:], language)


@pytest.mark.parametrize("language", PROGRAMS)
def test_damaged_programs(language: Language) -> None:
    rng = np.random.default_rng(0)
    for _ in range(150):
        text = bytearray(PROGRAMS[language])
        for position in rng.integers(0, len(text), size=rng.integers(1, 8)):
            text[position] = rng.choice(list(b"(){}[]<>;:,'\"\\#\0\xff\xc3\n\t@*&=")).item()
        analyse(bytes(text), language)


@pytest.mark.parametrize("language", PROGRAMS)
def test_shuffled_lines_and_tokens(language: Language) -> None:
    rng = np.random.default_rng(1)
    for separator in (b"\n", b" "):
        parts = PROGRAMS[language].split(separator)
        for _ in range(60):
            order = rng.permutation(len(parts))
            analyse(separator.join(parts[index] for index in order), language)


@pytest.mark.parametrize("language", PROGRAMS)
def test_random_bytes(language: Language) -> None:
    rng = np.random.default_rng(2)
    for _ in range(100):
        analyse(rng.bytes(int(rng.integers(1, 400))), language)


@pytest.mark.parametrize("language", PROGRAMS)
def test_line_ends_and_encodings(language: Language) -> None:
    program = PROGRAMS[language]
    whole = len(AnalysedProgram.of(program, language).scopes.bindings)
    for text in (program.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + program):
        assert len(AnalysedProgram.of(text, language).scopes.bindings) == whole
    for noise in (b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", "\u2028".encode(), b"\r"):
        for position in range(0, len(program), 7):
            analyse(program[:position] + noise + program[position:], language)


_DEEP = 10_000
LARGE = {
    (Language.C, "lines"): b"int f(int n) {\n"
    + b"  n += g(n) * 2; { int k = n; n = k; }\n" * 5000
    + b"}\n",
    (Language.C, "blocks"): b"void f(int n) " + b"{ int n = 1;" * 2000 + b"}" * 2000,
    (Language.C, "elements"): b"int t[] = {" + b"K, 1," * 10_000 + b"};",
    (Language.C, "parentheses"): b"int f(int n) { return "
    + b"(" * _DEEP
    + b"n"
    + b")" * _DEEP
    + b"; }",
    (Language.JAVA, "lines"): b"class A { int f(int n) {\n"
    + b"  n += g(n) * 2; { int k = n; n = k; }\n" * 5000
    + b"} }\n",
    (Language.JAVA, "blocks"): b"class A { void f(int n) " + b"{ int k = n; " * 2000 + b"}" * 2001,
    (Language.JAVA, "elements"): b"class A { int[] t = {" + b"K, 1," * 10_000 + b"}; }",
    (Language.JAVA, "parentheses"): b"class A { int f(int n) { return "
    + b"(" * _DEEP
    + b"n"
    + b")" * _DEEP
    + b"; } }",
    (Language.PYTHON, "lines"): b"def f(n):\n" + b"    n += g(n) * 2; k = [n for n in k]\n" * 5000,
    (Language.PYTHON, "blocks"): b"".join(b" " * k + b"if n:\n" for k in range(1000))
    + b" " * 1000
    + b"n = 1\n",
    (Language.PYTHON, "elements"): b"t = [" + b"K, 1," * 10_000 + b"]",
    (Language.PYTHON, "parentheses"): b"n = " + b"(" * _DEEP + b"n" + b")" * _DEEP,
    (Language.PYTHON, "lambdas"): b"n = " + b"lambda a: " * 2000 + b"a",
    (Language.PYTHON, "comprehensions"): b"n = " + b"[" * 500 + b"a" + b" for a in b]" * 500,
}
LARGE |= {
    (Language.CPP, shape): text
    for (language, shape), text in list(LARGE.items())
    if language is Language.C
}


@pytest.mark.parametrize(("language", "shape"), LARGE)
def test_large_programs(language: Language, shape: str) -> None:
    analyse(LARGE[language, shape], language)
