from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metacompress.lang.language import C_JAVA_PYTHON, Language
from metacompress.models.graphcodebert.dataflow.preparation import prepare, without_comments


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("int  a;\n\n\tb;", "int a; b;"),
        ("a; /* b\n * c */ d;", "a;   d;"),
        # Collapsed first: the comment has lost its end.
        ("a; // b\nc;", "a;  "),
        # An escape of a line feed becomes one, in literals too, and ends a comment.
        ('p("x\\n"); q;', 'p("x\n"); q;'),
        ('a; // b\np("x\\n"); q;', 'a;  \n"); q;'),
        ('p("\\n\\n");', 'p("\n");'),
        ('"/*" a "*/" \'"\' // b', '"/*" a "*/" \'"\'  '),
        ("a /* b", "a /* b"),
        ("don't // stop", "don't  "),
        ("", ""),
    ],
)
def test_c(text: str, prepared: str) -> None:
    assert prepare(text, Language.C) == prepared
    assert prepare(text, Language.CPP) == prepared


def test_java_keeps_its_lines() -> None:
    text = 'int a; // b\n\n  /* c\n */ String d = "\\n// e"; // f\n'
    assert prepare(text, Language.JAVA) == 'int a;  \n    String d = "\\n// e";  '


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("a = 1  # b\n\nc = 2\n", "a = 1  \nc = 2"),
        ('def f():\n    """g"""\n    return "h"\n', 'def f():\n    return "h"'),
        # A string that starts a line counts as a docstring, but not below a comment.
        ('a = 1\n"b"\n', "a = 1"),
        ('def f():\n    # a\n    "b"\n', "def f():"),
        ('def f():\n    a\n    # b\n    "c"\n', 'def f():\n    a\n    "c"'),
        ("a = 1 + \\\n    2\n", "a = 1 +    2"),
        ('"""a', '"""a'),
        ("if a:\n  b\n c\n", "if a:\n  b\n c\n"),
        ("", ""),
    ],
)
def test_python(text: str, prepared: str) -> None:
    assert prepare(text, Language.PYTHON) == prepared


@given(st.text(alphabet="/*\"'\\\n a", max_size=40))
def test_the_scanner_agrees_with_a_pattern(text: str) -> None:
    pattern = r"""//[^\n]*|/\*.*?\*/|('(?:\\.|[^\\'])*'|"(?:\\.|[^\\"])*")"""
    expected = re.sub(pattern, lambda found: found[1] or " ", text, flags=re.DOTALL)
    kept = "\n".join(line for line in expected.split("\n") if line.strip())
    assert without_comments(text, Language.JAVA) == kept


@pytest.mark.parametrize("piece", ["/*", "'", '"\\', "'\"", "/* */", "//\n", "'\\\\", "#", '"""'])
@pytest.mark.parametrize("language", sorted(C_JAVA_PYTHON))
def test_hostile_texts_take_little_time(piece: str, language: Language) -> None:
    started = time.process_time()
    prepare(piece * 100_000, language)
    assert time.process_time() - started < 60
