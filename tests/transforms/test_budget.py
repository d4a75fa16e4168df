"""Programs that are too much are refused, the same ones on every machine."""

from __future__ import annotations

import time

import numpy as np
import pytest

from metacompress.errors import ProgramError
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.syntax import ancestors, descendants
from metacompress.transforms import TRANSFORMS, budget
from metacompress.transforms.budget import is_over_budget, makes_too_much
from metacompress.transforms.effort import effort_of
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal


def attempt(name: str, program: AnalysedProgram) -> Variant | Refusal:
    made = TRANSFORMS.get(name)()
    return make_variant(made, program, RecordedNaming({}), np.random.default_rng(0))


def test_effort_is_what_walks_would_cost() -> None:
    program = AnalysedProgram.of("int f(int a) { if (a) { a = g(a, 2); } return a; }", Language.C)
    nodes = list(descendants(program.parsed.root))
    nested = sum(len(list(ancestors(node))) for node in nodes)
    siblings = 0
    for node in nodes:
        for one in (node, *ancestors(node)):
            if one.parent is not None:
                siblings += one.parent.children.index(one)
    assert effort_of(program) == (len(nodes), nested, siblings)


DEEP = {
    "if": "int f(int a) {" + "if (a) " * 20_000 + "a = 1; }",
    "parentheses": "int f(int a) { a = " + "(" * 20_000 + "a" + ")" * 20_000 + "; }",
    "sum": "int f(int a) { a = a" + " + a" * 20_000 + "; }",
    "nodes": "int f(int a) {" + "a = a + 1;" * 20_000 + "}",
}


@pytest.mark.parametrize("shape", DEEP)
def test_what_is_over_budget_is_refused_at_once(shape: str) -> None:
    program = AnalysedProgram.of(DEEP[shape], Language.C)
    start = time.process_time()
    for name in TRANSFORMS.names():
        if Language.C in TRANSFORMS.get(name).languages:
            assert attempt(name, program) is Refusal.OVER_BUDGET
            assert TRANSFORMS.get(name)().all_sites(program) == ()
    assert time.process_time() - start < 60


def test_usual_programs_are_far_below() -> None:
    lines = "    if (a > 3) { a = g(a, b[a]) + (b[a + 1] * 2); } else { b[a]--; }\n" * 1000
    assert not is_over_budget(
        AnalysedProgram.of(f"int f(int a, int *b) {{\n{lines}}}\n", Language.C)
    )


def test_braces_take_a_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_NESTED_STEPS", 10**12)
    program = AnalysedProgram.of("int f(int a) {" + "if (a) " * 2000 + "a = 1; }", Language.C)
    start = time.process_time()
    assert len(TRANSFORMS.get("braces")().all_sites(program)) == 2000
    # Quadratic, it took 10 s and 1.6 GB.
    assert time.process_time() - start < 20


def test_a_variant_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not makes_too_much(b"ab", [Edit(0, 1, ("x", Span(0, 2)))])
    monkeypatch.setattr(budget, "MAX_BYTES", 3)
    assert makes_too_much(b"ab", [Edit(0, 1, ("x", Span(0, 2)))])
    program = AnalysedProgram.of("int f(int a) { if (a) return a; }", Language.C)
    monkeypatch.setattr(budget, "MAX_BYTES", 1000)
    assert isinstance(attempt("braces", program), Variant)
    monkeypatch.setattr(budget, "MAX_BYTES", len(program.source))
    assert attempt("braces", program) is Refusal.OVER_BUDGET


LONG = {
    Language.C: "#define M {0}\nint f(int a) {{ switch (a) {{ case {0}: a = 0x{0}; break; "
    "case -{0}: break; case 0{1}: break; }} for (int i = 0; i < {0}; i += {0}) a += {0}u; "
    "return a == M ? {0} : 2; }}",
    Language.JAVA: "class A {{ int f(int a) {{ switch (a) {{ case {0}: a = 0x{0}; break; "
    "case -{0}: break; }} for (int i = 0; i < {0}; i += {0}) a += {0}; "
    "return a == 3 ? {0} : 2; }} }}",
    Language.PYTHON: "def f(a):\n    b = {0}\n    for i in range(1, {0}, -{0}): b += {0}\n"
    "    w = [x for x in range({0})]\n    s = '%{0}d' % {0}\n    t = f'{{a:{0}}}'\n"
    "    return b if a else {0}\n",
}
LONG[Language.CPP] = LONG[Language.C]


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("noise", ["", "\0"])
def test_thousands_of_digits_and_nul_bytes(language: Language, noise: str) -> None:
    text = LONG[language].format("9" * 5000, "7" * 5000)
    for position in (0, len(text) // 2, len(text)) if noise else (0,):
        program = AnalysedProgram.of(text[:position] + noise + text[position:], language)
        for name in TRANSFORMS.names():
            outcome = attempt(name, program)
            assert outcome not in (Refusal.NEW_PARSE_ERROR, Refusal.BINDINGS_CHANGED)


def test_a_long_literal_with_leading_zeros_only_costs_a_site() -> None:
    program = AnalysedProgram.of("int a = 0x" + "0" * 100 + "1; int b = 42;", Language.C)
    assert len(TRANSFORMS.get("rewrite-literal")().all_sites(program)) == 1


def test_seeds_of_any_size() -> None:
    program = AnalysedProgram.of("int f(int a) { if (a) return a; return 1; }", Language.C)
    for seed in (2**64, 2**70, 10**4000):
        rng = np.random.default_rng([seed, 1])
        made = make_variant(TRANSFORMS.get("braces")(), program, RecordedNaming({}), rng)
        assert isinstance(made, Variant)


@pytest.mark.parametrize("end", ["\\\n", "\\\r\n", "\\\n  "])
def test_what_the_parser_cannot_bear_is_refused(end: str) -> None:
    start = time.process_time()
    with pytest.raises(ProgramError, match="more than 5000 backslashes"):
        AnalysedProgram.of("a = " + end * 100_000 + "1\n", Language.PYTHON)
    AnalysedProgram.of("a = " + f"1 + {end}" * 10_000 + "1\n", Language.PYTHON)
    assert time.process_time() - start < 20
