"""The places between the tokens of a program where white space and comments may change."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.language import C_FAMILY, Language
from metacompress.lang.lexing import (
    ATOMS,
    Lexeme,
    LexemeKind,
    ends_statement,
    lexemes,
    may_join,
)
from metacompress.lang.scopes.c.macros import may_use_argument_names
from metacompress.lang.syntax import sound_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.lang.program import AnalysedProgram

# Where a compiler and a parser may see other tokens: trigraphs, digraphs of directives, spaces
# between a backslash and the line break, lone carriage returns, assembler of its own syntax.
_C_UNCLEAR = rb"\?\?/|\\[ \t\f\v]+\r?\n|^[ \t]*(?:%:|\?\?=)|\r(?!\n)|\0|\b_*asm_*\s*\{"
# Comments as in HTML, rare ends of lines, and what shows columns or the text of functions.
_JS_UNCLEAR = re.compile(
    rb"\r(?!\n)|\0|\f|\v|\xe2\x80[\xa8\xa9]|<!--|-->|\bstack\b|StackTrace|lineNumber"
    rb"|columnNumber|console\s*\.\s*trace|Function\.prototype\.toString|toSource"
)
_UNCLEAR = {
    Language.C: re.compile(_C_UNCLEAR + rb"|\b(?:u8|[uUL])?R\"", re.MULTILINE),
    Language.CPP: re.compile(_C_UNCLEAR, re.MULTILINE),
    # An escape of a line break, a quote, a slash, a star or a backslash works outside of literals.
    Language.JAVA: re.compile(rb"\r(?!\n)|\0|\x1a|\\u+00(?:0[aAdD]|2[27aAfF]|5[cC])"),
    Language.PYTHON: re.compile(rb"\r(?!\n)|\0|\f|\v"),
    Language.JAVASCRIPT: _JS_UNCLEAR,
    Language.TYPESCRIPT: _JS_UNCLEAR,
    # C code stands in the comment before the import of "C"; examples have their output in one.
    Language.GO: re.compile(
        rb"\r(?!\n)|\0|\f|\v|\xef\xbb\xbf|\"C\"|//line |/\*line "
        rb"|//[ \t]*(?i:unordered[ \t]+)?(?i:output):"
    ),
}
# What prints an error prints where it happened.
_JS_LINES = re.compile(rb"console\s*\.\s*\w+\(\s*(?:e|er|err|error|ex)\s*[,)]")
_C_LINES = rb"__LINE__|(?i:assert|stacktrace|backtrace)|source_location|__builtin_LINE"
_LINES = {
    Language.C: re.compile(_C_LINES),
    Language.CPP: re.compile(_C_LINES),
    Language.JAVA: re.compile(rb"StackTrace|StackWalker|getLineNumber"),
    Language.PYTHON: re.compile(
        rb"lineno|traceback|inspect|_getframe|linecache|exc_info|#[^\n]*coding[:=]"
    ),
    Language.JAVASCRIPT: _JS_LINES,
    Language.TYPESCRIPT: _JS_LINES,
    Language.GO: re.compile(rb"\bCallers?\b|CallersFrames|FuncForPC|Stack\b|L(?:short|long)file"),
}
_DEFINED = re.compile(rb"#\s*define\s+(\w+)")
_QUOTING = re.compile(
    r"(?i:assert|check|verify|expect|require|ensure|_if_fail|val_if|debug|dbg|trace|show|watch"
    r"|dump|print_|stringify|quote|str_)"
)
_MACRO_CALL = re.compile(rb"\b[A-Z][A-Z0-9_]+\s*\(")


# What a compiler or tool of Go reads, next to where it stands.
_GO_DIRECTIVE = re.compile(rb"//(?:go:|export |extern |[ \t]*\+build|nolint)")


class Gap(NamedTuple):
    """White space, perhaps none, between two neighbours.

    Attributes:
        left: the token, comment or directive before it.
        right: the one after it.
        bracket: the innermost bracket that is open here, if any.
        is_quoted: whether a macro may turn this place into a string, where the presence of white
            space shows, but not its kind.
        may_join: whether the two need white space between them.
        keeps_breaks: whether a line break between two tokens of Go ends a statement here.
    """

    left: Lexeme
    right: Lexeme
    bracket: bytes
    is_quoted: bool
    may_join: bool
    keeps_breaks: bool

    @property
    def start(self) -> int:
        """The end of what is before."""
        return self.left.end

    @property
    def end(self) -> int:
        """The start of what follows."""
        return self.right.start


def is_clear(program: AnalysedProgram) -> bool:
    """Whether the program's text certainly has the tokens that it seems to have."""
    return _UNCLEAR[program.language].search(program.source) is None


def keeps_lines(program: AnalysedProgram) -> bool:
    """Whether the program shows its own line numbers, or gives a meaning to them."""
    return _LINES[program.language].search(program.source) is not None


def joins_macros(program: AnalysedProgram, gap: Gap) -> bool:
    """Whether, without a line break in the gap, a call of a macro would get to another line.

    A macro may make a name of the number of its line, and then needs a line of its own.
    """
    if program.language not in C_FAMILY:
        return False
    source = program.source
    end = source.find(b"\n", gap.end)
    line = source[source.rfind(b"\n", 0, gap.start) + 1 : end if end >= 0 else len(source)]
    return _MACRO_CALL.search(line) is not None


def gaps(program: AnalysedProgram) -> Iterator[Gap]:
    """The gaps, in source order, where no syntax error is near.

    Left out are those that hold more than white space, such as line continuations, and those
    next to a comment that Go's tools read.
    """
    source = program.source
    items = lexemes(program.parsed)
    starts, ends = _sound_borders(program)
    is_quoting = _quoting_words(source, items) if program.language in C_FAMILY else set()
    is_go = program.language is Language.GO
    # For each open bracket, whether it belongs to a macro that may quote its arguments.
    opened: list[tuple[bytes, bool]] = []
    for number, (left, right) in enumerate(pairwise(items)):
        text = source[left.start : left.end]
        if text in (b"(", b"[", b"{"):
            quotes = text == b"(" and number > 0 and items[number - 1].start in is_quoting
            opened.append((text, quotes or (bool(opened) and opened[-1][1])))
        elif text in (b")", b"]", b"}") and opened:
            opened.pop()
        is_sound = (left.end in ends or left.kind is LexemeKind.DIRECTIVE) and (
            right.start in starts or right.kind is LexemeKind.DIRECTIVE
        )
        if is_go and any(_GO_DIRECTIVE.match(source, one.start) for one in (left, right)):
            continue
        if is_sound and (left.end == right.start or source[left.end : right.start].isspace()):
            joins = may_join(source, left, right, program.language)
            keeps = is_go and ends_statement(source, left)
            yield Gap(left, right, *(opened[-1] if opened else (b"", False)), joins, keeps)


def _sound_borders(program: AnalysedProgram) -> tuple[set[int], set[int]]:
    """Where the leaves of the syntax tree start and end."""
    starts, ends = set(), set()
    source = program.source
    for kind, nodes in sound_nodes(program.parsed).items():
        is_atom = kind in ATOMS or "literal" in kind
        for node in nodes:
            if is_atom or not node.child_count:
                starts.add(node.start_byte)
                end = node.end_byte
                # A comment's node takes the carriage return of its line break along.
                ends.add(end - 1 if source[end - 1 : end] == b"\r" else end)
    return starts, ends


def _quoting_words(source: bytes, items: Sequence[Lexeme]) -> set[int]:
    """Starts of the words that may name a macro that turns its arguments into strings."""
    defined = set(_DEFINED.findall(source))
    found = set()
    for item in items:
        if item.kind is LexemeKind.WORD:
            word = source[item.start : item.end]
            name = word.decode(errors="replace")
            if word in defined or may_use_argument_names(name) or _QUOTING.search(name):
                found.add(item.start)
    return found
