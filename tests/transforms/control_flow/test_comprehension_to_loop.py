from __future__ import annotations

import pytest
from rewriting import rewrite_each

from metacompress.lang.language import Language

_NAME = "comprehension-to-loop"


def _in_function(body: str) -> str:
    return "def f(a, b, c):\n" + "".join(f"    {line}\n" for line in body.splitlines())


def _run(text: str, *arguments: object) -> object:
    namespace: dict[str, object] = {}
    exec(text, namespace)
    function = namespace["f"]
    assert callable(function)
    try:
        return function(*arguments)
    except (TypeError, ZeroDivisionError) as error:
        return type(error), str(error)


@pytest.mark.parametrize(
    ("body", "added"),
    [
        ("x = [v + 1 for v in a]\nreturn x", ".append("),
        ("x = [v for v in a if v if v > 1]\nreturn x", "if "),
        ("return [v for v in a]", ".append("),
        # Less deep than the loop's lines, brackets would be a syntax error to the grammar.
        ("return [str(f'{v}' ''' { v }\n''')[\n 0] for v in (a\n + a)]", "''')[ 0]"),
        ("return [(v, w) for v in a for w in b if v < w]", "for "),
        ("return [v + w for v, w in zip(a, b)]", ".append("),
        ("return [v + w + z for v, (w, z) in zip(a, zip(a, b))]", ".append("),
        ("return {v % 2 for v in a}", ".add("),
        ("return {v: v + 1 for v in a}", "] = "),
        ("return {str(v): v for v in a}", "] = "),
        ("return {v: 0 for v in a}", "] = 0"),
        ("return any(v > 2 for v in a)", "break"),
        ("return all(v > 2 and v for v in a if v)", "if not ("),
        ("return sum(1 for v in a if v > 1)", "+= 1"),
        ("return sum([v for v in a])", ".append("),
        ("return tuple(v for v in a)", "return tuple("),
        ("return ' '.join(str(v) for v in a).split()", "return ' '.join("),
        ("return ' '.join([str(v) for v in a])", "return ' '.join("),
        ("a = [v for v in a]\nreturn a", "a = "),
        ("a = [a for a in a]\nreturn a", "a = "),
        ("v = 3\nx = [v for v in a]\nreturn v, x", "v, x"),
        ("x = y = [v for v in a]\nreturn x is y", "x = y = "),
        ("c[0] = [v for v in a]\nreturn c[0]", "c[0] = "),
        ("if any(v > 2 for v in a):\n    return 1\nreturn 2", "break"),
        ("for x in [v + 1 for v in a]:\n    return x", "in "),
        ("return [\n    v\n    for v in (\n        a\n    )\n    if v or\n    b\n]", "if ("),
        ("return [[v * w for w in b] for v in a]", ".append("),
        ("return [sum(v * w for w in b) for v in a]", ".append("),
        ("return [[v for v in b] for v in a]", ".append("),
        ("return [f'{v}{v!r}' for v in a]", ".append("),
        ("x = [v / (v - 3) for v in a]  # as is\nreturn x", "# as is"),
        ("if b:\n\treturn [v for v in a]", "\n    \tfor "),
    ],
)
def test_loop_collects_the_same(body: str, added: str) -> None:
    text = _in_function(body)
    for seed in range(4):
        variants = rewrite_each(_NAME, text, Language.PYTHON, seed)
        assert variants
        for variant in variants:
            assert added in variant
            for a in ([1, 2, 3], [], [0, 5], 7):
                arguments = ([4, 5, 6], {})
                assert _run(variant, a, *arguments) == _run(text, a, *arguments)


def test_a_name_that_occurs_nowhere_else_may_stay() -> None:
    text = _in_function("return [item for item in a]")
    variants = {v for seed in range(8) for v in rewrite_each(_NAME, text, Language.PYTHON, seed)}
    assert any("for item in a" in variant for variant in variants)
    assert any("for item in a" not in variant for variant in variants)


def test_a_name_that_occurs_elsewhere_does_not_stay() -> None:
    text = _in_function("v = 1\nx = [v for v in a]\nreturn v")
    for seed in range(8):
        (variant,) = rewrite_each(_NAME, text, Language.PYTHON, seed)
        assert "for v in" not in variant


@pytest.mark.parametrize(
    "text",
    [
        "x = [v for v in a]\n",
        "class A:\n    x = [v for v in a]\n",
        "def f(a):\n    class A:\n        x = [v for v in a]\n",
        *(
            _in_function(body)
            for body in (
                # the scope is seen or kept
                "return [lambda: v for v in a]",
                "return [(v + w for w in b) for v in a]",
                "return [(y := v) for v in a]",
                "return [locals() for v in a]",
                "x = [v for v in a]\nreturn locals()",
                "return [super().g(v) for v in a]",
                "return [(yield v) for v in a]",
                # something is evaluated before it, or it may not be evaluated
                "x += [v for v in a]",
                "return g(b, [v for v in a])",
                "return b.g([v for v in a])",
                "return g([v for v in a])",
                "return b + [v for v in a]",
                "return b and [v for v in a]",
                "return [v for v in a] if b else c",
                "while [v for v in a]:\n    pass",
                "if b:\n    pass\nelif [v for v in a]:\n    pass",
                "x = lambda: [v for v in a]",
                # the statement is not alone on its line
                "if b: x = [v for v in a]",
                "y = 1; x = [v for v in a]",
                "x = [v for v in a]; y = 1",
                # comments are in the way
                "x = [v  # one\n     for v in a]",
                # a generator does something between two elements, or is not read at once
                "return (v for v in a)",
                "return max(v for v in a)",
                "return sum(v for v in a)",
                "return set(v for v in a)",
                "return any(g(v) for v in a)",
                "return tuple(next(a) for v in b)",
                "return list(v.g() for v in a)",
                "return any(v + w for v in a for w in b)",
                "any = 1\nreturn any(v for v in a)",
                "set = 1\nreturn {v for v in a}",
                # a loop evaluates the value first
                "return {g(v): h(v) for v in a}",
                # the loop would write elsewhere
                "return [1 for b.x in a]",
                "return [1 for b[0] in a]",
                # the name is text
                "x = [f'{v=}' for v in a]\nv = 1",
            )
        ),
        "async def f(a):\n    return [v async for v in a]\n",
        "async def f(a):\n    return [await v for v in a]\n",
        "def f(a):\n    x = [v for v in a]\n    print x\n",
        "def f(a):\n    x = [v for v in xrange(a)]\n    return x\n",
        "from m import *\ndef f(a):\n    return {v for v in a}\n",
        "from m import *\ndef f(a):\n    return any(v for v in a)\n",
    ],
)
def test_what_is_not_certain_stays(text: str) -> None:
    assert rewrite_each(_NAME, text, Language.PYTHON) == []
