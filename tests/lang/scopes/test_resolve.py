from __future__ import annotations

import gzip
import itertools
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from metacompress.errors import ProgramError
from metacompress.lang.edits import Edit, apply_edits
from metacompress.lang.language import FRONT_ENDS, Language
from metacompress.lang.program import AnalysedProgram
from metacompress.lang.scopes import BindingKind, FixedReason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from metacompress.lang.scopes import Binding

VARIABLES = (BindingKind.LOCAL, BindingKind.PARAMETER)
HEADERS = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <math.h>\n"


def bindings(text: str, language: Language) -> dict[str, list[Binding]]:
    found: dict[str, list[Binding]] = {}
    for binding in AnalysedProgram.of(text, language).scopes.bindings:
        found.setdefault(binding.name, []).append(binding)
    return found


def lines_of(path: Path, field: str, count: int) -> Iterator[str]:
    with gzip.open(path) as lines:
        for line in itertools.islice(lines, count):
            yield json.loads(line)[field]


def test_c_shadowing_and_members() -> None:
    text = "int f(int a) { { int a = 1; g(a); } return s.a + s->a + a; }"
    outer, inner = bindings(text, Language.C)["a"]
    assert (outer.kind, inner.kind) == (BindingKind.PARAMETER, BindingKind.LOCAL)
    assert (len(outer.occurrences), len(inner.occurrences)) == (2, 2)


def test_c_labels_have_their_own_name_space() -> None:
    found = bindings("int f(int out) { if (out) goto out; out: return out; }", Language.C)
    kinds = {binding.kind: len(binding.occurrences) for binding in found["out"]}
    assert kinds == {BindingKind.PARAMETER: 3, BindingKind.LABEL: 2}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("int f(T *dev) { return container_of(dev, Dev, dev)->x; }", "dev"),
        ("void f(int next) { QTAILQ_FOREACH(el, head, next) { } }", "next"),
        ("#define ADD total += 1\nint f(void) { int total = 0; ADD; return total; }", "total"),
    ],
)
def test_c_names_that_a_macro_may_touch_are_fixed(text: str, name: str) -> None:
    assert all(b.fixed is not None for b in bindings(text, Language.C).get(name, []))


def test_java_locals_fields_and_lambdas() -> None:
    text = "int f(int n) { this.n = n; Runnable r = () -> g(n); return o.n + n; }"
    (n,) = bindings(text, Language.JAVA)["n"]
    assert (n.kind, len(n.occurrences)) == (BindingKind.PARAMETER, 4)


def test_java_locals_that_javac_reports_keep_their_names() -> None:
    text = (
        "class A { static int f(int[] a) { int max = 0; while (true) { int max = 1; break; }\n"
        "for (int i = 0; i < 3; ++i) { int k = i; } for (int i = 0; i < 3; ++i) { int k = i; }\n"
        "Runnable r = new Runnable() { public void run() { int a = 1; System.out.print(a); } };\n"
        "return max; } }"
    )
    found = bindings(text, Language.JAVA)
    assert [binding.fixed for binding in found["max"]] == [FixedReason.REDECLARED] * 2
    for name in ("i", "k"):
        assert [binding.fixed for binding in found[name]] == [None, None]
    assert FixedReason.REDECLARED not in {binding.fixed for binding in found["a"]}


def test_java_names_in_an_anonymous_class_may_be_inherited() -> None:
    text = "void f(final int n) { new Base() { void g() { h(n); } }; }"
    assert all(b.fixed is not None for b in bindings(text, Language.JAVA)["n"])


def test_java_this_is_the_innermost_anonymous_class() -> None:
    text = "void m() { new A() { void f() { new B() { void g() { this.f(); } }; } }; }"
    (f,) = bindings(text, Language.JAVA)["f"]
    assert [span.start for span in f.occurrences] == [text.index("f()")]


def test_a_renaming_that_captures_changes_the_signature() -> None:
    for language in (Language.C, Language.JAVA):
        source = AnalysedProgram.of("int f(int a) { int b = a; return a + b; }", language)
        captured = AnalysedProgram.of("int f(int b) { int b = b; return b + b; }", language)
        renamed = AnalysedProgram.of("int f(int c) { int d = c; return c + d; }", language)
        assert source.scopes.signature != captured.scopes.signature
        assert source.scopes.signature == renamed.scopes.signature


@pytest.mark.parametrize("text", ["(" * 10_000 + ")" * 10_000, "{" * 10_000, "\0\xff" * 50, ""])
@pytest.mark.parametrize("language", sorted(FRONT_ENDS))
def test_hostile_programs_end(text: str, language: Language) -> None:
    try:
        signature = AnalysedProgram.of(
            f"int f(int a) {{ return {text}; }}", language
        ).scopes.signature
    except ProgramError:
        return  # refused with a reason; any other exception is a failure
    assert isinstance(signature, tuple)


@pytest.mark.parametrize(
    ("file", "field", "language"),
    [
        ("data/devign/test.jsonl.gz", "func", Language.C),
        ("data/poj104/programs.jsonl.gz", "code", Language.CPP),
        ("data/bigclonebench/functions.jsonl.gz", "func", Language.JAVA),
        ("data/gcj_java/programs.jsonl.gz", "func", Language.JAVA),
    ],
)
def test_every_identifier_is_reported_once(
    shared: Path, file: str, field: str, language: Language
) -> None:
    for text in lines_of(shared / file, field, 200):
        program = AnalysedProgram.of(text, language)
        bound = [span for b in program.scopes.bindings for span in b.occurrences]
        spans = [*bound, *(span for span, _ in program.scopes.unbound)]
        assert len(spans) == len(set(spans))
        for binding in program.scopes.bindings:
            for start, end in binding.occurrences:
                assert program.source[start:end].decode() == binding.name


def test_renamed_c_programs_compile_to_the_same_code(shared: Path, tmp_path: Path) -> None:
    checked = 0
    for number, text in enumerate(lines_of(shared / "data/poj104/programs.jsonl.gz", "code", 60)):
        program = AnalysedProgram.of(HEADERS + text, Language.C)
        edits = [
            Edit(span.start, span.end, f"renamed_{index}")
            for index, binding in enumerate(program.scopes.bindings)
            if binding.fixed is None and binding.kind in VARIABLES
            for span in binding.occurrences
        ]
        assembly = []
        for source in (program.source, apply_edits(program.source, edits)[0]):
            path = tmp_path / f"p{number}.c"
            path.write_bytes(source)
            command = ["gcc", "-w", "-O1", "-fno-diagnostics-color", "-S", "-o", "-", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assembly.append(done.stdout if done.returncode == 0 else None)
        if assembly[0] is None or not edits:
            continue
        # Static locals keep their name as a symbol.
        plain = [re.sub(r"\b\w+\.\d+\b", "local", code or "") for code in assembly]
        assert plain[0] == plain[1], text
        checked += 1
    assert checked >= 10
