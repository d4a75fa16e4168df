"""Parse program text with tree-sitter."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import tree_sitter

from metacompress.errors import ProgramError
from metacompress.lang.language import JS_FAMILY, Language, require_front_end
from metacompress.lang.lone_methods import lone_methods

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

MAX_PROGRAM_BYTES = 4_000_000
# The parser's time grows with the square of their number: 40,000 took 13 s.
_ENDLESS_LINE = re.compile(rb"(?:\\\r?\n[ \t]*){5000}")

_GRAMMARS = {
    Language.C: "tree_sitter_c",
    Language.CPP: "tree_sitter_cpp",
    Language.JAVA: "tree_sitter_java",
    Language.PYTHON: "tree_sitter_python",
    Language.JAVASCRIPT: "tree_sitter_javascript",
    Language.TYPESCRIPT: "tree_sitter_typescript",
    Language.GO: "tree_sitter_go",
}


@cache
def grammar(language: Language) -> tree_sitter.Language:
    """The tree-sitter grammar of ``language``."""
    package = importlib.import_module(_GRAMMARS[language])
    # One package has the grammar with elements of JSX, too.
    is_one = language is not Language.TYPESCRIPT
    return tree_sitter.Language(package.language() if is_one else package.language_typescript())


@cache
def _parser(language: Language) -> tree_sitter.Parser:
    return tree_sitter.Parser(grammar(language))


@dataclass(frozen=True)
class ParsedProgram:
    """A program's bytes with their syntax tree; all offsets in it are byte offsets."""

    source: bytes
    language: Language
    tree: Tree

    @property
    def root(self) -> Node:
        """The root node of the syntax tree."""
        return self.tree.root_node

    @cached_property
    def error_count(self) -> int:
        """Number of ERROR and MISSING nodes; 0 for a program that parses cleanly."""
        if not self.root.has_error:
            return 0
        count = 0
        pending = [self.root]
        while pending:
            node = pending.pop()
            count += node.is_error or node.is_missing
            # A subtree without an error inside need not be walked.
            pending.extend(child for child in node.children if child.has_error)
        return count


def parse(text: str | bytes, language: Language) -> ParsedProgram:
    """Parse ``text``; snippets and broken programs parse too, with error nodes in the tree.

    Raises:
        ProgramError: the text is larger than 4 MB, is a string that UTF-8 cannot encode, or joins
            5,000 empty lines by backslashes.
        MissingFrontEndError: programs of ``language`` cannot be parsed.
    """
    require_front_end([language], "parsing")
    try:
        source = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise ProgramError(f"program text is no valid Unicode at character {error.start}") from None
    if len(source) > MAX_PROGRAM_BYTES:
        raise ProgramError(
            f"program of {len(source)} bytes is above the limit of {MAX_PROGRAM_BYTES} bytes"
        )
    if b"\\\n" in source or b"\\\r" in source:
        endless = _ENDLESS_LINE.search(source)
        if endless is not None:
            raise ProgramError(
                f"more than 5000 backslashes at line ends follow one another from byte "
                f"{endless.start()} on: remove the empty lines",
                position=endless.start(),
            )
    parser = _parser(language)
    tree = parser.parse(source)
    if language in JS_FAMILY:
        tree = lone_methods(parser, source, tree) or tree
    return ParsedProgram(source, language, tree)
