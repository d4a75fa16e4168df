"""Scope analysis of C and C++ on real code: FFmpeg and QEMU functions, and whole programs.

Whole programs are held against a compiler: after a renaming of everything that is not fixed the
assembler code must be the same but for the names of symbols.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from metacompress.lang.edits import Edit, Span, apply_edits
from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes import Binding, BindingKind, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.lang.parsing import ParsedProgram

SHARED = Path(__file__).parents[4].parent / "shared" / "data"
DEVIGN = SHARED / "devign" / "test.jsonl.gz"
POJ = SHARED / "poj104" / "programs.jsonl.gz"

needs_devign = pytest.mark.skipif(not DEVIGN.exists(), reason=f"{DEVIGN} is missing")
needs_poj = pytest.mark.skipif(not POJ.exists(), reason=f"{POJ} is missing")
needs_compilers = pytest.mark.skipif(
    not all(map(shutil.which, ("gcc", "g++", "c++filt"))), reason="no gcc, g++ or c++filt"
)

IDENTIFIERS = {
    "identifier",
    "field_identifier",
    "type_identifier",
    "statement_identifier",
    "namespace_identifier",
}
LANGUAGES = [Language.C, Language.CPP]


def texts(path: Path, field: str, step: int) -> Iterator[str]:
    with gzip.open(path, "rt") as lines:
        for line in itertools.islice(lines, 0, None, step):
            yield json.loads(line)[field]


def rename(program: ParsedProgram, names: Mapping[Binding, str]) -> ParsedProgram:
    edits = [Edit(*span, name) for binding, name in names.items() for span in binding.occurrences]
    return parse(apply_edits(program.source, edits)[0], program.language)


def fresh_names(bindings: tuple[Binding, ...]) -> dict[Binding, str]:
    free = (binding for binding in bindings if binding.fixed is None)
    return {binding: f"zq{number}_" for number, binding in enumerate(free)}


def check_partition(program: ParsedProgram) -> None:
    tokens: Counter[Span] = Counter()
    directives: list[Span] = []
    pending = [program.root]
    while pending:
        node = pending.pop()
        span = Span(node.start_byte, node.end_byte)
        if node.type in IDENTIFIERS and span.start < span.end:
            tokens[span] += 1
        elif node.type == "preproc_arg":
            directives.append(span)
        pending.extend(node.children)
    analysis = resolve(program)
    found = Counter(span for binding in analysis.bindings for span in binding.occurrences)
    found.update(
        span
        for span, _ in analysis.unbound
        if not any(text.start <= span.start and span.end <= text.end for text in directives)
    )
    assert found == tokens
    for binding in analysis.bindings:
        assert {program.source[slice(*span)].decode() for span in binding.occurrences} == {
            binding.name
        }


@needs_devign
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_token_of_functions_appears_once(language: Language) -> None:
    for text in texts(DEVIGN, "func", 9):
        check_partition(parse(text, language))


@needs_poj
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_token_of_programs_appears_once(language: Language) -> None:
    for text in texts(POJ, "code", 31):
        check_partition(parse(text, language))


@needs_devign
def test_renaming_keeps_the_signature_of_functions() -> None:
    for text in texts(DEVIGN, "func", 9):
        program = parse(text, Language.C)
        analysis = resolve(program)
        renamed = resolve(rename(program, fresh_names(analysis.bindings)))
        assert renamed.signature == analysis.signature
        assert [b.fixed for b in renamed.bindings] == [b.fixed for b in analysis.bindings]


def is_captured(inner: Binding, outer: Binding) -> bool:
    """Whether ``outer`` is used where ``inner`` would hide it if both had one name."""
    return outer.scope.start <= inner.scope.start and any(
        inner.occurrences[0].end <= span.start < inner.scope.end <= outer.scope.end
        for span in outer.occurrences
    )


@needs_devign
def test_capture_changes_the_signature_of_functions() -> None:
    rng = random.Random(1)
    checked = 0
    for text in texts(DEVIGN, "func", 9):
        program = parse(text, Language.C)
        analysis = resolve(program)
        variables = [
            binding
            for binding in analysis.bindings
            if binding.fixed is None and binding.kind in (BindingKind.LOCAL, BindingKind.PARAMETER)
        ]
        pairs = [
            (inner, outer)
            for inner, outer in itertools.permutations(variables, 2)
            if inner.name != outer.name and is_captured(inner, outer)
        ]
        for inner, outer in rng.sample(pairs, min(2, len(pairs))):
            renamed = resolve(rename(program, {inner: outer.name}))
            assert renamed.signature != analysis.signature
            checked += 1
    assert checked > 300


USUAL_HEADERS = {
    Language.C: "stdio.h stdlib.h string.h math.h ctype.h limits.h time.h",
    Language.CPP: "iostream iomanip cstdio cstdlib cstring cmath climits algorithm string"
    " vector map set queue stack",
}


class Compiler:
    """Compiles program text to assembler code, with the usual headers compiled beforehand."""

    def __init__(self, folder: Path) -> None:
        self.commands: dict[Language, list[str]] = {}
        for language, headers in USUAL_HEADERS.items():
            header = folder / f"usual.{language}.h"
            lines = [f"#include <{name}>\n" for name in headers.split()]
            if language is Language.CPP:
                lines.append("using namespace std;\n")
            header.write_text("".join(lines))
            name, standard = {
                Language.C: ("c", "gnu17"),
                Language.CPP: ("c++", "gnu++14"),
            }[language]
            compiler = ["gcc" if name == "c" else "g++", f"-std={standard}", "-O1", "-w"]
            output = f"{header}.gch"
            subprocess.run([*compiler, "-x", f"{name}-header", header, "-o", output], check=True)
            self.commands[language] = [
                *(*compiler, "-x", name, "-S", "-include", str(header), "-o", "-", "-")
            ]

    def try_languages(self, source: bytes) -> tuple[Language | None, str]:
        """The first language that ``source`` compiles in, if any, with its assembler code."""
        for language in LANGUAGES:
            code = self.assemble(source, language)
            if code is not None:
                return language, code
        return None, ""

    def assemble(self, source: bytes, language: Language) -> str | None:
        """The assembler code with readable symbols, or None where it does not compile."""
        done = subprocess.run(self.commands[language], input=source, capture_output=True)
        if done.returncode:
            return None
        code = subprocess.run(["c++filt"], input=done.stdout, capture_output=True, check=True)
        text = code.stdout.decode(errors="replace")
        text = re.sub(r"^\s*\.(file|ident).*\n", "", text, flags=re.MULTILINE)
        return re.sub(r"_GLOBAL__sub_I_\w+", "_GLOBAL__sub_I", text)


@needs_poj
@needs_compilers
def test_renaming_keeps_the_code_of_programs(tmp_path: Path) -> None:
    compiler = Compiler(tmp_path)
    programs: Counter[Language] = Counter()
    kinds: Counter[BindingKind] = Counter()
    for text in texts(POJ, "code", 67):
        language, code = compiler.try_languages(text.encode())
        if language is None:
            continue
        program = parse(text, language)
        analysis = resolve(program)
        names = fresh_names(analysis.bindings)
        renamed = rename(program, names)
        assert resolve(renamed).signature == analysis.signature
        after = compiler.assemble(renamed.source, language)
        assert after is not None
        for binding, name in names.items():
            after = re.sub(rf"\b{name}\b", binding.name, after)
        assert after == code
        programs[language] += 1
        kinds.update(binding.kind for binding in names)
    assert sum(programs.values()) >= 25
    assert min(programs[language] for language in LANGUAGES) >= 5
    assert kinds.keys() >= {
        BindingKind.LOCAL,
        BindingKind.PARAMETER,
        BindingKind.FUNCTION,
        BindingKind.MODULE_VARIABLE,
        BindingKind.TYPE,
    }
