"""Every transformation on programs that nobody should write: an outcome, and soon."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from metacompress.data.demo import read_problems
from metacompress.errors import ProgramError
from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.transforms import TRANSFORMS
from metacompress.transforms.gate import Variant, make_variant
from metacompress.transforms.naming import RecordedNaming
from metacompress.transforms.validity import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES, DEPTH = 1_000, 10_000
# No measurement: what is quadratic takes minutes, what is not takes a second or two.
PATIENCE = 30

BLOCKS = {
    Language.C: ("int f(int a, int b) {{\n{}\n    return a;\n}}\n", "    "),
    Language.CPP: ("int f(int a, int b) {{\n{}\n    return a;\n}}\n", "    "),
    Language.JAVA: (
        "class A {{\n    int f(int a, int b) {{\n{}\n        return a;\n    }}\n}}\n",
        "        ",
    ),
    Language.PYTHON: ("def f(a, b):\n{}\n    return a\n", "    "),
    Language.JAVASCRIPT: ("function f(a, b) {{\n{}\n    return a;\n}}\n", "    "),
    Language.GO: ("func f(a, b int) int {{\n{}\n\treturn a\n}}\n", "\t"),
}
BRACED = (
    "int v# = a + #; // step #",
    "if (v# < b) { a += v#; } else { a = b - 1; }",
    "for (int i = 0; i < b; i++) { a = a * 3 + i; if (a == #) continue; }",
    "switch (a) { case 1: b = 2; break; default: b = 3; break; }",
    "a = b > 2 ? v# : a; b++;",
    "do { a--; } while (!(a < 0 || b > a));",
)
GO = (
    "v# := a + # // step #",
    "if v# < b { a += v# } else { a = b - 1 }",
    "for i := 0; i < b; i++ { a = a*3 + i; if a == # { continue } }",
    "switch a { case 1: b = 2; default: b = 3 }",
    "v#, w# := b*2, a; a, b = w#, v#; b++",
)
INDENTED = (
    "v# = a + #  # step #",
    "if a < #: a += 1",
    "for i in range(4): a = a * 3 + i",
    "a = 1 if b > 2 else 3",
    "words = [x + 1 for x in [a, b]]",
    "text = f'{a} and {b}'",
)


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    def give_up(*_: object) -> None:
        raise AssertionError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome_of(name: str, source: str | bytes, language: Language) -> Variant | Refusal:
    transformation = TRANSFORMS.get(name)()
    try:
        program = AnalysedProgram.of(source, language)
    except ProgramError:
        return Refusal.UNANALYSABLE
    rng = np.random.default_rng(0)
    outcome = make_variant(transformation, program, RecordedNaming({}), rng)
    assert isinstance(outcome, (Variant, Refusal))
    # Neither is ever the right answer for a program as it is.
    assert outcome not in (Refusal.NEW_PARSE_ERROR, Refusal.BINDINGS_CHANGED), name
    return outcome


def languages_of(name: str) -> list[Language]:
    return sorted(TRANSFORMS.get(name).languages)


def one_language_of(name: str) -> Language:
    """Large programs take their time: each transformation meets them in one of its languages."""
    languages = languages_of(name)
    return languages[TRANSFORMS.names().index(name) % len(languages)]


@pytest.mark.parametrize("name", TRANSFORMS.names())
def test_a_function_of_thousands_of_lines(name: str) -> None:
    language = one_language_of(name)
    frame, indent = BLOCKS[language]
    forms = {Language.PYTHON: INDENTED, Language.GO: GO}.get(language, BRACED)
    if language is Language.JAVASCRIPT:
        forms = tuple(form.replace("int ", "let ") for form in forms)
    lines = (
        indent + forms[k % len(forms)].replace("#", str(k // len(forms))) for k in range(LINES)
    )
    with patience(PATIENCE):
        outcome_of(name, frame.format("\n".join(lines)), language)


@pytest.mark.parametrize("name", TRANSFORMS.names())
def test_deep_nesting(name: str) -> None:
    language = one_language_of(name)
    frame, indent = BLOCKS[language]
    end = "" if language is Language.PYTHON else ";"
    deep = [
        f"{indent}a = {'(' * DEPTH}b{')' * DEPTH}{end}",
        f"{indent}a = {'- ' * DEPTH}b{end}",
        f"{indent}a = b{' + b' * DEPTH}{end}",
    ]
    if language is not Language.PYTHON:
        deep.append(indent + "{" * 500 + "a = b;" + "}" * 500)
        deep.append(indent + "if (a) " * 500 + "a = b;")
    for line in deep:
        with patience(PATIENCE):
            outcome_of(name, frame.format(line), language)


@pytest.mark.parametrize("name", TRANSFORMS.names())
def test_random_bytes_and_programs_that_are_cut_off(name: str) -> None:
    rng = np.random.default_rng(1)
    programs = [
        implementation.program
        for problem in read_problems()[::6]
        for implementation in problem.implementations[::4]
    ]
    for language in languages_of(name):
        for size in (0, 1, 30, 2_000):
            outcome_of(name, rng.bytes(size), language)
        for program in programs:
            text = program.text.encode()
            if program.language == language:
                for cut in rng.integers(0, len(text), 3):
                    outcome_of(name, text[:cut], language)
                damaged = bytearray(text)
                damaged[rng.integers(len(text))] = rng.integers(256)
                outcome_of(name, bytes(damaged), language)
            elif rng.random() < 0.2:
                outcome_of(name, text, language)


def test_a_word_of_a_megabyte_is_read_once() -> None:
    # A pattern that starts again at each letter takes minutes here.
    text = "def f(a):\n    b = '" + "x" * 1_000_000 + "'\n    return a + b\n"
    program = AnalysedProgram.of(text, Language.PYTHON)
    assert [site.target.name for site in TRANSFORMS.get("rename-identifiers")().all_sites(program)]
