"""Where functions begin and end, also those that were written on."""

from __future__ import annotations

import pytest

from metacompress.data.demo import read_problems
from metacompress.lang.functions import end_of_function, functions
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse

PYTHON = '''import sys


class Sums:
    def total(self, values):
        """Add
up."""
        # all of them
        return sum(
    values)


@cached
def scale(count):  # twice
    return 2 * count

print(scale(2))
'''


def test_bodies_begin_behind_signatures() -> None:
    program = parse(PYTHON, Language.PYTHON)
    total, scale = functions(program)
    assert (total.name, scale.name) == ("total", "scale")
    assert program.source[: total.body].endswith(b'up."""')
    assert program.source[: scale.body].endswith(b"def scale(count):")
    text = "static int *f(int n)\n{ return 0; }\nint declared(int);\nint main() { return 1; }\n"
    program = parse(text, Language.C)
    first, second = functions(program)
    assert (first.name, second.name) == ("f", "main")
    assert program.source[: first.body].endswith(b"{")
    java = "interface I { int f(); } class A { A() { } int g(int n) { return n; } }"
    assert [one.name for one in functions(parse(java, Language.JAVA))] == ["A", "g"]


@pytest.mark.parametrize("language", [Language.C, Language.JAVA, Language.PYTHON])
def test_ends_are_those_of_the_tree(language: Language) -> None:
    """Of every function of the demo set: of whole programs, both ways agree."""
    count = 0
    for problem in read_problems()[::4]:
        for one in problem.implementations:
            if one.program.language is not language:
                continue
            program = parse(one.program.text, language)
            for function in functions(program):
                end = end_of_function(program, function.start)
                assert (len(program.source.rstrip()) if end is None else end) == function.end, (
                    one.id
                )
                count += 1
    assert count > 20


@pytest.mark.parametrize(
    ("language", "head", "body", "behind"),
    [
        (
            Language.C,
            "int f(int n)\n{",
            '\n    if (n) { puts("}"); }\n    return 1; }',
            "\nint g(in",
        ),
        (Language.JAVA, "class A { int f(int n) {", " char c = '}'; return n; }", " int g("),
        (Language.PYTHON, "def f(n):", '\n    if n:\n        x = """\n}"""\n    return n', "\nf(1"),
        (Language.PYTHON, "def f(n):", "\n    return [\n1,\n]", "\n\ndef g(n):\n    retu"),
    ],
)
def test_what_is_written_behind_a_function_is_told_apart(
    language: Language, head: str, body: str, behind: str
) -> None:
    start = head.index("int f") if language is Language.JAVA else 0
    whole = parse(head + body + behind, language)
    assert end_of_function(whole, start) == len(head + body)
    unfinished = parse(head + body[: len(body) // 2], language)
    assert end_of_function(unfinished, start) is None
