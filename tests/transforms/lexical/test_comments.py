from __future__ import annotations

import numpy as np
import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language
from metacompress.lang.lexing import token_texts
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming

_SEEDS = range(12)


def _all_variants(text: str, language: Language) -> set[str]:
    return {
        variant for seed in _SEEDS for variant in rewrite_each("comments", text, language, seed)
    }


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (Language.C, "int f(int a/* size */, int b);", "int f(int a , int b);"),
        (Language.C, "int/**/f(int a);", "int f(int a);"),
        (Language.C, "int f(int a); // one", "int f(int a);"),
        (Language.C, "int a;\n/* one\n   two */\nint b;\n", "int a;\nint b;\n"),
        (Language.C, "/* first */\nint b;\n", "int b;\n"),
        (Language.CPP, "int a = b /*x*/ - -c;", "int a = b  - -c;"),
        (
            Language.JAVA,
            "class A {\r\n  // one\r\n  int a;\r\n}\r\n",
            "class A {\r\n  int a;\r\n}\r\n",
        ),
        (Language.PYTHON, "a = 1  # one\nb = 2\n", "a = 1\nb = 2\n"),
        (Language.PYTHON, "if a:\n    # one\n    b = 2\n", "if a:\n    b = 2\n"),
        (Language.PYTHON, "a = f(1,  # one\n    2)\n", "a = f(1,\n    2)\n"),
    ],
)
def test_comments_are_removed(language: Language, before: str, after: str) -> None:
    assert after in _all_variants(before, language)


@pytest.mark.parametrize(
    ("language", "before", "opening", "closing"),
    [
        (Language.C, "int a; // one\nint b;", "int a; // ", "\nint b;"),
        (Language.C, "int a; /* one */ int b;", "int a; /* ", " */ int b;"),
        (Language.JAVA, "class A { /** One. */ int a; }", "class A { /** ", " */ int a; }"),
        (Language.JAVA, "class A { /**/ int a; }", "class A { /* ", " */ int a; }"),
        (Language.PYTHON, "a = 1  # one\nb = 2", "a = 1  # ", "\nb = 2"),
    ],
)
def test_comments_are_reworded_and_keep_their_kind(
    language: Language, before: str, opening: str, closing: str
) -> None:
    variants = _all_variants(before, language)
    assert any(v.startswith(opening) and v.endswith(closing) for v in variants if v != before)


@pytest.mark.parametrize(
    ("language", "text", "opening"),
    [
        (Language.C, "int f(void) {\n  g();\n  h();\n}\n", "/*"),
        (Language.CPP, "int f() {\n  g();\n  h();\n}\n", "//"),
        (Language.JAVA, "class A {\n  void f() {\n    g();\n  }\n}\n", "//"),
        (Language.PYTHON, "def f():\n    g()\n    h()\n", "#"),
    ],
)
def test_comments_are_added_above_statements_and_at_the_end_of_lines(
    language: Language, text: str, opening: str
) -> None:
    added = {
        line
        for variant in _all_variants(text, language)
        for line in set(variant.splitlines()) - set(text.splitlines())
    }
    assert any(line.lstrip().startswith(opening) for line in added)
    assert any(not line.lstrip().startswith(opening) and opening in line for line in added)


def test_c_without_line_comments_gets_none() -> None:
    assert not any("//" in v for v in _all_variants("int a;\nint b;\nint c;\n", Language.C))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int a; /* NOLINT */ int b;"),
        (
            Language.C,
            "int f(int a) { switch (a) { case 1: g(); /* fall through */ case 2: h(); } }",
        ),
        (Language.C, "#define A 1 // one\nint a;"),
        (Language.C, "#include <a.h> /* one\n two */\n#if 0 // three\n#endif\n"),
        (Language.C, "int a; // one \\\n int b;"),
        (Language.C, "int a; // one ??/\n int b;\nint c;"),
        (Language.C, "int a; // one \\ \n int b;\nint c;"),
        (Language.JAVA, "class A { /* \\u000a */ int a; }"),
        (Language.JAVA, "class A { /* \\u0041 */ int a; }"),
        (Language.JAVA, "class A { /** @deprecated */ int a; }"),
        (Language.JAVA, "class A { //go:embed x\n }"),
        (Language.PYTHON, "#!/usr/bin/python"),
        (Language.PYTHON, "# -*- coding: latin-1 -*-"),
        (Language.PYTHON, "# vim: set fileencoding=latin-1"),
        (Language.PYTHON, "a = 1  # type: ignore"),
        (Language.PYTHON, "a = 1  # noqa"),
        (Language.PYTHON, "a = 1  # pragma: no cover"),
        (Language.PYTHON, 'a = """\n# one\n"""'),
        (Language.PYTHON, "a = '# one'"),
        (Language.PYTHON, "a = 1 + \\\n    2"),
    ],
)
def test_what_a_tool_reads_and_what_is_no_comment_stays(language: Language, text: str) -> None:
    stripped = [v for v in _all_variants(text, language) if not _only_adds(text, v)]
    assert stripped == []


def _only_adds(text: str, variant: str) -> bool:
    position = 0
    for piece in text.split():
        position = variant.find(piece, position)
        if position < 0:
            return False
    return True


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.C, "int f(int a) {\n  assert(a); /* one */\n  /* two */\n  g();\n}\n"),
        (Language.C, "int f(int a) {\n  /* two\n  three */\n  g(__LINE__);\n}\n"),
        (Language.JAVA, "class A {\n  // one\n  Object a = e.getStackTrace();\n}\n"),
        (Language.PYTHON, "import inspect\n# one\na = 1\n"),
        (Language.PYTHON, "# one\n# two\n# coding: latin-1\na = 1\nb = 2\n"),
    ],
)
def test_line_numbers_stay_where_the_program_reads_them(language: Language, text: str) -> None:
    variants = _all_variants(text, language)
    assert variants
    assert {variant.count("\n") for variant in variants} == {text.count("\n")}


def test_nothing_near_a_syntax_error_changes() -> None:
    program = AnalysedProgram.of("int f(void) {\n  /* one */ g(;\n}\n", Language.C)
    assert list(TRANSFORMS.get("comments")().sites(program)) == []


def test_a_variant_changes_many_places_and_no_token() -> None:
    text = "int f(int a) { // one\n" + "  g(a - -a); /* two */ h(); // three\n" * 40 + "}\n"
    program = AnalysedProgram.of(text, Language.CPP)
    outcomes = [
        make_variant(
            TRANSFORMS.get("comments")(), program, RecordedNaming({}), np.random.default_rng(seed)
        )
        for seed in _SEEDS
    ]
    assert all(isinstance(outcome, Variant) for outcome in outcomes)
    variants = [outcome for outcome in outcomes if isinstance(outcome, Variant)]
    assert max(len(variant.steps[0].edits) for variant in variants) > 20
    expected = token_texts(program.parsed)
    assert all(token_texts(variant.program.parsed) == expected for variant in variants)
