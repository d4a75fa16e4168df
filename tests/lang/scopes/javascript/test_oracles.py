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
from metacompress.lang.scopes import resolve

HERE = Path(__file__).parent
UGLIFY = HERE.parents[3] / "build/schemas/uglify-js/tools/node.js"
# npm comes with node, and holds thousands of modules of many authors.
NPM = sorted(
    path
    for folder in (Path("/usr/lib/node_modules/npm"), Path("/usr/local/lib/node_modules/npm"))
    for path in folder.rglob("*.js")
    if path.stat().st_size < 40_000
)[::6]

_TRAPS = (HERE / "traps.txt").read_text(encoding="utf-8")
TRAPS = dict(re.findall(r"==== (.*)\n((?:(?!====).*\n)+)", _TRAPS))

Places = tuple[int, ...]


def of_uglify(texts: list[str]) -> list[Any]:
    """The places of each declared name, or the error, of each text."""
    if shutil.which("node") is None or not UGLIFY.is_file():
        pytest.skip("no node, or no UglifyJS: make schemas")
    done = subprocess.run(
        ["node", HERE / "bindings.js", UGLIFY],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return [
        one if isinstance(one, str) else {
            places(text, name, starts)
            for name, undeclared, starts in one
            if not undeclared and name != "arguments"
        }
        for text, one in zip(texts, found, strict=True)
    ]  # fmt: skip


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
