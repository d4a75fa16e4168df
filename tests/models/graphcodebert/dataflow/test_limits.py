"""However a program is nested or entangled: a graph, or a ProgramError, in bounded time."""

from __future__ import annotations

import time

import pytest
from graphs import graph

from metacompress.errors import ProgramError
from metacompress.models.graphcodebert.dataflow import flow

_SECONDS = 60.0


def _nest(start: str, opening: str, depth: int, end: str = "") -> str:
    return start + "".join(opening.format(i, i * 7 % depth) for i in range(depth)) + end


BRACES = "int f(int a) {"
GRAPHS = {
    # Run twice each, the innermost body would run a thousand million times.
    "loops": {
        "c": _nest(BRACES, "while (v{0}) {{ v{0}++; ", 30, "}" * 31),
        "java": _nest(BRACES, "while (v{0}) {{ v{0} = v{1}; ", 30, "}" * 31),
        "python": "\n".join(
            f"{' ' * i}while v{i}:\n{' ' * i} v{i} = v{i * 7 % 30}" for i in range(30)
        ),
    },
    "branches": {
        "c": _nest(BRACES, "if (a) {{ int v{0}; ", 1000, "}" * 1001),
        "java": _nest(BRACES, "if (a) {{ v{0} = a; ", 1000, "}" * 1001),
        "python": "if a: b = 1\n" + "".join(f"elif a:\n  v{i} = {i}\n" for i in range(5000)),
    },
    "values": {
        "java": "class A { void f() { while (a) { int[] a = {" + "1," * 50_000 + "}; } } }",
        "python": "a = [" + "1," * 50_000 + "]\n",
    },
    "declarators": {
        "c": "int " + "*" * 10_000 + "p; int " + "*" * 10_000 + "f() {}",
        "cpp": "int x" + "".join(f", *p{i}" for i in range(20_000)) + ";",
    },
    "assignments": {"c": "void f() { " + "a = " * 10_000 + "b; }"},
}
TANGLES = {
    "assignments": {"java": "class A { void f() { " + "a = " * 10_000 + "b; } }"},
    "empty assignments": {"python": "[] = " * 50_000 + "b\n"},
    "updates": {"c": "void f() { (" + "+".join(f"a{i}" for i in range(5000)) + ")++; }"},
    "joins": {"c": BRACES + "int x; " + "if (a) x++; g(x); " * 5000 + "}"},
}


def _cases(programs: dict[str, dict[str, str]]) -> list[object]:
    return [
        pytest.param(language, text, id=f"{name}-{language}")
        for name, texts in programs.items()
        for language, text in texts.items()
    ]


@pytest.mark.parametrize(("language", "text"), _cases(GRAPHS))
def test_nested_programs_have_graphs(language: str, text: str) -> None:
    started = time.process_time()
    found = graph(text, language)
    assert found.tokens
    assert len(found.edges) == len(found.nodes)
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize(("language", "text"), _cases(TANGLES))
def test_tangles_are_refused(language: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit itself takes seconds to reach.
    monkeypatch.setattr(flow, "_MAX_WORK", flow._MAX_WORK // 10)
    started = time.process_time()
    with pytest.raises(ProgramError, match="steps to follow"):
        graph(text, language)
    assert time.process_time() - started < _SECONDS


def test_loops_within_the_limit_run_twice() -> None:
    """The value of the innermost assignment comes round to the outermost condition."""
    depth = 6
    text = "void f(int v) {" + "while (v) {" * depth + "v++;" + "}" * depth + "}"
    found = graph(text, "c")
    conditions = [node for node in found.nodes if node.name == "v"][1 : depth + 1]
    assert {node.sources for node in conditions} == {(4, conditions[-1].token + 3)}
