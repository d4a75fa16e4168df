"""Scope analysis of JavaScript against that of UglifyJS, and against node itself."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from metacompress.lang.language import Language
from metacompress.lang.parsing import parse
from metacompress.lang.scopes import BindingKind, resolve

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[3] / "build/schemas"
UGLIFY, TYPESCRIPT = SCHEMAS / "uglify-js/tools/node.js", SCHEMAS / "typescript.js"
# npm comes with node, and holds thousands of modules of many authors.
NPM = sorted(
    path
    for folder in (Path("/usr/lib/node_modules/npm"), Path("/usr/local/lib/node_modules/npm"))
    for path in folder.rglob("*.js")
    if path.stat().st_size < 40_000
)[::6]


def titled(file: str) -> dict[str, str]:
    text = (HERE / file).read_text(encoding="utf-8")
    return dict(re.findall(r"==== (.*)\n((?:(?!====).*\n)+)", text))


TRAPS, TYPED_TRAPS = titled("traps.txt"), titled("typed_traps.txt")
Places = tuple[int, ...]


def of_uglify(texts: list[str]) -> list[Any]:
    """The places of each declared name, or the error, of each text."""
    found = answers("bindings.js", UGLIFY, texts)
    return [
        one if isinstance(one, str) else {
            places(text, name, starts)
            for name, undeclared, starts in one
            if not undeclared and name != "arguments"
        }
        for text, one in zip(texts, found, strict=True)
    ]  # fmt: skip


def answers(script: str, library: Path, texts: list[str]) -> list[Any]:
    if shutil.which("node") is None or not library.is_file():
        pytest.skip(f"no node, or no {library.name}: make schemas")
    command = ["node", HERE / script, library]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def places(text: str, name: str, starts: list[int]) -> Places:
    """Some start at the bracket before the name."""
    return tuple(sorted({text.index(name, start) for start in starts}))


def of_ours(text: str) -> set[Places]:
    bindings = resolve(parse(text, Language.JAVASCRIPT)).bindings
    return {tuple(span.start for span in binding.occurrences) for binding in bindings}


def test_traps_have_the_bindings_of_uglify() -> None:
    for (title, text), expected in zip(TRAPS.items(), of_uglify(list(TRAPS.values())), strict=True):
        assert of_ours(text) == expected, title


def test_modules_have_the_bindings_of_uglify() -> None:
    texts = [text for path in NPM if (text := path.read_text(errors="replace")).isascii()]
    if not texts:
        pytest.skip("npm is not installed where it usually is")
    names = unread = 0
    for text, expected in zip(texts, of_uglify(texts), strict=True):
        # UglifyJS does not know `import ... with`, our grammar no `[` behind a block.
        if isinstance(expected, str) or parse(text, Language.JAVASCRIPT).error_count:
            unread += 1
            continue
        names += len(expected)
        assert of_ours(text) == expected, text[:200]
    assert unread < 5
    assert names > 3000


def in_typescript(texts: list[str]) -> int:
    """How many bindings may be renamed: each must be a symbol of the TypeScript compiler."""
    renamed = 0
    for text, symbols in zip(texts, answers("symbols.js", TYPESCRIPT, texts), strict=True):
        known = {tuple(places) for places in symbols}
        for binding in resolve(parse(text, Language.TYPESCRIPT)).bindings:
            # Labels are no symbols, and `this.a` of a script may be its variable.
            outside = (BindingKind.LABEL, BindingKind.MODULE_VARIABLE)
            if binding.fixed is None and binding.kind not in outside:
                assert tuple(span.start for span in binding.occurrences) in known, binding
                renamed += 1
    return renamed


def test_typed_traps_have_the_symbols_of_the_compiler() -> None:
    for title, text in TYPED_TRAPS.items():
        assert parse(text, Language.TYPESCRIPT).error_count == 0, title
    assert in_typescript(list(TYPED_TRAPS.values())) > 30


def test_what_the_compiler_reads_as_typescript_has_its_symbols() -> None:
    texts = [text for path in NPM[::2] if (text := path.read_text(errors="replace")).isascii()]
    if not texts:
        pytest.skip("npm is not installed where it usually is")
    assert in_typescript(texts) > 1500
