from __future__ import annotations

import numpy as np
import pytest
from rewriting import rewrite_each

from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms.control_flow.insert_dead_code import InsertDeadCode
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming

NAME = "insert-dead-code"
SOURCES = {
    Language.C: "int f(int a) {\n    a++;\n    return a;\n}\n",
    Language.CPP: "int f(int a) {\n    a++;\n    return a;\n}\n",
    Language.JAVA: "class A {\n    int f(int a) {\n        a++;\n        return a;\n    }\n}\n",
    Language.PYTHON: 'def f(a):\n    """Add."""\n    a += 1\n    return a\n',
}


@pytest.mark.parametrize("language", sorted(C_JAVA_PYTHON))
def test_new_lines_stand_before_a_statement_and_the_rest_stays(language: Language) -> None:
    source = SOURCES[language]
    for seed in range(8):
        variants = rewrite_each(NAME, source, language, seed)
        assert len(variants) == 2
        for variant in variants:
            new = [line for line in variant.splitlines() if line not in source.splitlines()]
            assert new
            kept = [line for line in variant.splitlines() if line not in new]
            # A closing brace of new code looks like one of the source.
            assert set(kept) == set(source.splitlines())


def test_every_form_is_drawn() -> None:
    drawn = {rewrite_each(NAME, SOURCES[Language.C], Language.C, seed)[0] for seed in range(40)}
    for start in ("    int ", "    if (0) {", "    for (int "):
        assert any(variant.splitlines()[1].startswith(start) for variant in drawn)


def test_one_line_stays_one_line() -> None:
    (variant,) = rewrite_each(NAME, "int f(int a) { return a; }", Language.C)
    assert variant.startswith("int f(int a) { ")
    assert variant.endswith(" return a; }")
    assert "\n" not in variant


def test_several_insertions_have_names_of_their_own() -> None:
    program = AnalysedProgram.of(SOURCES[Language.C].replace("a++;", "a++; a--; a++;"), Language.C)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        outcome = make_variant(InsertDeadCode(), program, RecordedNaming({}), rng)
        assert isinstance(outcome, Variant)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.CPP, "int f(int a) { goto end; end: return a; }"),
        (Language.C, "#define int long\nint f(int a) { return a; }"),
        (Language.C, "int f(int a) { ELSE g(a); }"),
        (Language.C, "int f(int a) { LOCK(a); }"),
        (Language.C, "int a = EVAL(({ g(); h(); }));"),
        (Language.PYTHON, "def f(a): return \\\n    a\n"),
        (Language.C, "int x; struct s { int a; };"),
        (Language.C, "#define F { a; }\nint g(void);"),
        (Language.CPP, "constexpr int f(int a) { return a; }"),
        (Language.JAVA, "class A { A() { this(1); } int x = 3; }"),
        (Language.PYTHON, 'def f():\n    """Only words."""\n'),
        (Language.PYTHON, "class A:\n    x = 1\n"),
        (Language.PYTHON, "def f(): return 1\n"),
        (Language.PYTHON, "def f(a):\n    return locals()\n"),
    ],
)
def test_what_is_not_certain_stays(language: Language, text: str) -> None:
    assert rewrite_each(NAME, text, language) == []


def test_cases_of_a_match_stay_together() -> None:
    text = "def f(a):\n    match a:\n        case 1:\n            return 2\n"
    assert len(rewrite_each(NAME, text, Language.PYTHON)) == 2


def test_switch_groups_stay_and_blocks_in_them_do_not() -> None:
    text = "int f(int a) { switch (a) { case 1: { a++; } break; default: a--; } return a; }"
    assert len(rewrite_each(NAME, text, Language.C)) == 3
