from __future__ import annotations

import warnings

import pytest

from metacompress.lang.language import Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.python_syntax import parses_in_python
from metacompress.transforms.validity import Refusal, check_parse


@pytest.mark.parametrize(
    ("source", "is_python"),
    [
        (b"x = 1\n", True),
        (b"return 1\n", True),
        (b"x = '\\d'\nx is 1\n", True),
        (b"# -*- coding: latin-1 -*-\nx = '\xc3\xa4'\n", True),
        (b"print 1\n", False),
        (b"x = 1\n  y = 2\n", False),
        (b"x = 1\x00\n", False),
        (b"x = '\xff'\n", False),
        (b"x = 9" + b"9" * 5000, False),
        (b"x = " + b"(" * 5000, False),
        (b"x = " + b"not " * 50_000 + b"y", None),
        (b"x = y" + b".z" * 50_000, None),
    ],
)
def test_python_says_whether_it_parses(source: bytes, is_python: bool | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parses_in_python(source) is is_python


def test_indentation_that_only_the_grammar_takes_is_refused() -> None:
    source = AnalysedProgram.of("def f(a):\n    return (a\n        + 1)\n", Language.PYTHON)
    variant = AnalysedProgram.of(
        "def f(a):\n    b = a\n        + 1\n    return (b)\n", Language.PYTHON
    )
    assert variant.parsed.error_count == 0
    assert check_parse(source, variant) is Refusal.NEW_PARSE_ERROR
    # Of a program that Python does not parse, it cannot say anything.
    assert check_parse(AnalysedProgram.of("print 1\n", Language.PYTHON), variant) is None
    assert (
        check_parse(
            AnalysedProgram.of("int f;", Language.C), AnalysedProgram.of("int g;", Language.C)
        )
        is None
    )
