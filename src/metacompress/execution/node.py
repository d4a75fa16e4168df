"""JavaScript for node: how a program or snippet is written down, checked and run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import MissingDependencyError
from metacompress.execution import sandbox
from metacompress.execution.node_checker import node_checker
from metacompress.execution.sandbox import Limits
from metacompress.lang.language import Language
from metacompress.lang.lone_methods import is_lone
from metacompress.lang.parsing import parse
from metacompress.lang.syntax import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from metacompress.execution.sandbox import Completed

# It reserves much more memory than it uses; the seed is that of Math.random.
_OPTIONS = ("--max-old-space-size=512", "--random-seed=1", "--no-warnings")
_OF_MODULES = frozenset({"import_statement", "export_statement", "await_expression"})
_NAMELESS = ("function_expression", "generator_function")


class Unit(NamedTuple):
    """A file that node can read.

    Attributes:
        name: of the file; its ending says whether it is a module.
        text: its content.
    """

    name: str
    text: str


def javascript_unit(text: str, prelude: str = "") -> Unit:
    """A file with a program or snippet in it.

    Methods without a class are put into one, and a function without a name, or with a key before
    it, into an expression, so that all of its syntax can be checked.
    """
    root = parse(text, Language.JAVASCRIPT).root
    name = "program.mjs" if _is_module(root) else "program.js"
    if is_lone(root):
        return Unit(name, f"{prelude}class Snippet extends Object {{\n{text}\n}}\n")
    statements = [child for child in root.named_children if child.type != "comment"]
    if len(statements) == 1 and statements[0].type == "labeled_statement":
        if _is_nameless_function(statements[0].named_children[-1]):
            return Unit(name, f"{prelude}({{\n{text}\n}})\n")
    elif len(statements) == 1 and _is_nameless_function(statements[0]):
        return Unit(name, f"{prelude}void {text}")
    return Unit(name, prelude + text)


def _is_nameless_function(statement: Node) -> bool:
    """Whether a statement is a function without a name, which only an expression may be."""
    value = statement.children[0] if statement.type == "expression_statement" else statement
    return value.type in _NAMELESS and value.child_by_field_name("name") is None


def _is_module(root: Node) -> bool:
    """Whether it imports or exports, or waits outside of any function."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type in _OF_MODULES:
            return True
        pending.extend(child for child in node.children if child.type not in FUNCTIONS)
    return False


def syntax_errors(unit: Unit) -> list[str]:
    """What node says against the syntax of a file, one error at most; nothing of it is run.

    Raises:
        MissingDependencyError: node is not installed.
    """
    _node()
    found = node_checker().complaint(unit.text, is_module=unit.name.endswith(".mjs"))
    return [found] if found else []


def run_javascript(
    unit: Unit, stdin: bytes, files: Mapping[str, bytes], limits: Limits
) -> Completed:
    """Run a file once.

    Raises:
        MissingDependencyError: node is not installed.
    """
    return sandbox.run(
        [_node(), *_OPTIONS, unit.name],
        stdin=stdin,
        files=dict(files) | {unit.name: unit.text.encode(errors="surrogateescape")},
        limits=Limits(limits.seconds, limits.cpu_seconds, None, limits.file_bytes),
    )


def _node() -> str:
    if shutil.which("node") is None:
        raise MissingDependencyError(
            "node is not installed: apt-get install nodejs", package="nodejs"
        )
    return "node"
