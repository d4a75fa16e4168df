"""Names that are spelled in more than one way, and programs that a compiler reads otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from metacompress.analysis.macros import find_macros
from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.lexing import token_texts
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import FixedReason
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming


def occurrences(text: str, language: Language) -> dict[str, list[str]]:
    program = AnalysedProgram.of(text, language)
    return {
        binding.name: [
            program.source[span.start : span.end].decode() for span in binding.occurrences
        ]
        for binding in program.scopes.bindings
    }


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
def test_a_universal_character_name_and_its_letter_are_one_name(language: Language) -> None:
    text = r"int f(int ä) { int b = \u00e4 + \U000000E4; { int \u00e4b = b; b = äb; } return ä; }"
    found = occurrences(text, language)
    assert found["ä"] == ["ä", r"\u00e4", r"\U000000E4", "ä"]
    assert found["äb"] == [r"\u00e4b", "äb"]
    assert not AnalysedProgram.of(text, language).scopes.unbound


def test_what_is_no_letter_stays_as_it_is() -> None:
    for text in (r"int f(int \ud800) { return 1; }", r"int f(int \Uffffffff) { return 1; }"):
        AnalysedProgram.of(text, Language.C).scopes  # noqa: B018


@pytest.mark.parametrize("language", [Language.C, Language.CPP])
def test_both_spellings_are_renamed(language: Language) -> None:
    text = r"int f(int ä) { int b = \u00e4 + 1; return b * ä; }"
    program = AnalysedProgram.of(text, language)
    rename = TRANSFORMS.get("rename-identifiers")()
    made: set[str] = set()
    for seed in range(20):
        outcome = make_variant(
            rename, program, RecordedNaming({"ä": ["size", "width"]}), np.random.default_rng(seed)
        )
        assert isinstance(outcome, Variant), outcome
        made.add(outcome.program.source.decode())
    assert made == {
        f"int f(int {name}) {{ int b = {name} + 1; return b * {name}; }}"
        for name in ("size", "width")
    }


def test_a_universal_character_name_is_one_token() -> None:
    program = AnalysedProgram.of(r"int a\u00e4b = \U000000e4;", Language.C).parsed
    assert token_texts(program) == [b"int", rb"a\u00e4b", b"=", rb"\U000000e4", b";"]


def test_a_macro_may_use_either_spelling() -> None:
    text = "int f(int ä) {\n#define M \\u00e4\n return M + ä; }"
    program = AnalysedProgram.of(text, Language.C)
    (parameter,) = (binding for binding in program.scopes.bindings if binding.name == "ä")
    assert parameter.fixed is FixedReason.MACRO_BODY


def test_a_macro_may_have_any_letters() -> None:
    assert AnalysedProgram.of("#define äb 3\n#undef ö\n", Language.C).fact(find_macros) == {
        "äb": "3",
        "ö": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        r"class A { int f(int \u0061) { return a; } }",
        r"class A { int f(int a) { \u0069nt b = a; return b; } }",
        "class A { int f(int a) { // \\u000a a = 5;\n return a; } }",
        r'class A { int f(int a) { String s = "\u0022 + a + \u0022"; return a; } }',
        r"class A { int f(int a) { /* \uu002a\u002f a = 5; /* */ return a; } }",
        r"class A { int f(int a) { return a\u003b } }",
    ],
)
def test_java_that_is_read_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ProgramError, match=r"byte \d+ has the Unicode escape \\u"):
        AnalysedProgram.of(text, Language.JAVA).scopes  # noqa: B018


@pytest.mark.parametrize(
    "text",
    [
        r'class A { int f(int a) { String s = "\u00e4\\u0022"; return a; } }',
        "class A { int f(int a) { // \\u00e4 \n char c = '\\u00e4'; return a; } }",
    ],
)
def test_java_with_letters_in_texts_is_not(text: str) -> None:
    assert occurrences(text, Language.JAVA)["a"] == ["a", "a"]


def test_python_names_are_compared_as_python_does() -> None:
    found = occurrences("def f(fi):\n    ﬁ = 3\n    return fi + ﬁ\n", Language.PYTHON)
    assert found["fi"] == ["fi", "ﬁ", "fi", "ﬁ"]
