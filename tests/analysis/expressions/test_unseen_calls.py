from __future__ import annotations

import pytest

from metacompress.analysis.expressions.unseen_calls import UnseenCalls
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram


def _written(text: str, language: Language = Language.C) -> set[str]:
    """The names of the variables that the first call in ``text`` may assign."""
    program = AnalysedProgram.of(text, language)
    call = program.nodes("call_expression")[0]
    return {
        program.source[span.start : span.end].decode()
        for span in program.fact(UnseenCalls).written(call)
    }


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("get(a)", {"a"}),
        ("get((a), 1)", {"a"}),
        ("get(p->x, s.x, *q, b[a])", {"p", "s", "q", "b"}),
        ("get(&a)", set()),
        ("get(a + 1)", set()),
        ("get((int) a)", set()),
        ("get(-a, !a, 1, h(a))", set()),
        ("abs(a)", set()),
        ("getc(a)", {"a"}),
        ("p->get(a)", set()),
        ("(get)(a)", set()),
        # One of these calls would not compile if the macro assigned.
        ("get(a); get(1)", set()),
        ("get(a); get(h())", set()),
        ("get(a); get(&b)", set()),
        ("get(a); get((a + 1))", set()),
        # Of a macro without parentheses, ``-b++`` would.
        ("get(a); get(-b)", {"a"}),
        ("get(a); get(1 + b)", {"a"}),
        ("get(a); get(1, b)", {"a"}),
        ("get(a, 1); get(1, b)", set()),
    ],
)
def test_what_a_call_may_assign(call: str, names: set[str]) -> None:
    text = f"void f(int a, struct s s, struct s *p, int *q, int *b) {{ {call}; }}"
    assert _written(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("void get(int); void f(int a) { get(a); }", set()),
        ("void f(int a) { get(a); } void get(int b) { }", set()),
        ("void f(int a, int (*get)(int)) { get(a); }", set()),
        ("#define get(x) x = 1\nvoid f(int a) { get(a); }", {"a"}),
    ],
)
def test_what_the_program_declares_is_a_function_unless_it_defines_a_macro(
    text: str, names: set[str]
) -> None:
    assert _written(text) == names


def test_more_has_a_place_in_cpp() -> None:
    text = "void f(int a, int b) { get(a ? a : b, a = b); get(1, 2); }"
    assert _written(text, Language.C) == set()
    text = "void f(int a, int b, int c) { fetch(c ? a : b); }"
    assert _written(text, Language.CPP) == {"a", "b"}
    assert _written("void f(int a) { swap(a, a); }", Language.CPP) == set()
