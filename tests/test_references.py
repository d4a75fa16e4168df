"""Modules that docstrings and comments name are there."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import metacompress

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(metacompress.__file__).parent
FOLDERS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
# Not a name of a file, nor one with a hyphen, as tables of TOML have.
REFERENCE = re.compile(
    rf"(?<![\w./-])(?:metacompress\.)?"
    rf"((?:{'|'.join(FOLDERS)})(?!\.jsonl\b)(?:\.[a-zA-Z_]\w*)+)(?![\w-])"
)


def prose(text: str) -> Iterator[str]:
    """The docstrings and comments of a file."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


@cache
def exists(name: str) -> bool:
    """Whether a dotted name below the package is a module, or stands in the text of one."""
    module, _, last = f"metacompress.{name}".rpartition(".")
    try:
        if find_spec(f"{module}.{last}") is not None:
            return True
        found = find_spec(module)
    except ModuleNotFoundError:
        return exists(name.rpartition(".")[0])
    text = Path(found.origin).read_text(encoding="utf-8") if found and found.origin else ""
    return re.search(rf"\b{last}\b", text) is not None


def test_names_of_modules_in_prose_are_those_of_today() -> None:
    stale = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        if "problems" not in path.parts
        for text in prose(path.read_text(encoding="utf-8"))
        for name in REFERENCE.findall(text)
        if not exists(name)
    }
    assert not stale
