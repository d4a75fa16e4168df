"""The tokens of a program as its language defines them, with the comments between them.

C, C++, Java and Go are read by their own lexical rules and not off the syntax tree, which reads
directives loosely and splits ``>>`` in templates. The tokens of Python and JavaScript are the
leaves of their trees; texts with expressions in them are one token.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.language import C_FAMILY, FRONT_ENDS, JS_FAMILY, Language
from metacompress.lang.syntax import COMMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from metacompress.lang.parsing import ParsedProgram


class LexemeKind(StrEnum):
    """What a stretch of program text is."""

    WORD = "word"
    NUMBER = "number"
    TEXT = "text"
    PUNCTUATOR = "punctuator"
    COMMENT = "comment"
    DIRECTIVE = "directive"


class Lexeme(NamedTuple):
    """A token, a comment, or a whole directive of the preprocessor with the comments in it."""

    kind: LexemeKind
    start: int
    end: int


_LINE_COMMENT = rb"//(?:[^\r\n\\]|\\(?:\r\n|.)?)*"
_BLOCK_COMMENT = rb"/\*(?:.*?\*/|.*)"
_QUOTED = rb"\"(?:[^\"\\\n]|\\(?:\r\n|.))*\"?|'(?:[^'\\\n]|\\(?:\r\n|.))*'?"
_RAW = rb"\b(?:u8|[uUL])?R\"(?P<mark>[^()\\\s\"]{0,16})\(.*?\)(?P=mark)\""
# A letter of a name may be written as a universal character name.
_LETTER = rb"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"
_WORD = rb"(?:[A-Za-z_$\x80-\xff]|" + _LETTER + rb")(?:[\w$\x80-\xff]|" + _LETTER + rb")*"
_C_PUNCTUATORS = """
    ->* ... <=> <<= >>= -> ++ -- << >> <= >= == != && || += -= *= /= %= &= |= ^= :: .* ##
    <: :> <% %> %:
"""
_JAVA_PUNCTUATORS = """
    >>>= >>> <<= >>= ... -> ++ -- << >> <= >= == != && || += -= *= /= %= &= |= ^= ::
"""
_GO_PUNCTUATORS = """
    &^= <<= >>= ... &^ << >> <= >= == != && || += -= *= /= %= &= |= ^= := <- ++ --
"""
_GO_ENDS = frozenset({b"++", b"--", b")", b"]", b"}"})
_GO_OPEN_WORDS = frozenset(
    b"""
    case chan const default defer else for func go goto if import interface map package range
    select struct switch type var
    """.split()
)
_PYTHON_PUNCTUATORS = """
    **= //= >>= <<= ... ** // >> << <= >= == != <> -> := += -= *= /= %= &= |= ^= @=
"""
_JS_PUNCTUATORS = """
    >>>= >>> <<= >>= **= &&= ||= ??= === !== ... => ++ -- ** << >> <= >= == != && || ?? ?. += -= *=
    /= %= &= |= ^=
"""
_READ_OFF_TREES = JS_FAMILY | {Language.PYTHON}
ATOMS = frozenset(
    """
    string template_string template_literal_type regex jsx_element jsx_self_closing_element
    jsx_fragment
    """.split()
)
"""Nodes that are one token, whatever is in them."""
_NUMBERS = frozenset({"integer", "float", "number"})
# What may follow the sign of a directive up to the end of its logical line.
_DIRECTIVE = re.compile(
    rb"#(?:" + _LINE_COMMENT + rb"|" + _BLOCK_COMMENT + rb"|" + rb"\"(?:[^\"\\\n]|\\(?:\r\n|.))*\""
    rb"|'(?:[^'\\\n]|\\(?:\r\n|.))*'|\\(?:\r\n|.)|[^\n])*",
    re.DOTALL,
)


def _pattern(language: Language) -> re.Pattern[bytes]:
    if language is Language.JAVA:
        text = rb'"""(?:[^\\]|\\.)*?"""|' + _QUOTED
        number = rb"0[xX](?:[pP][+-]|[\w.])*|\.?[0-9](?:[eE][+-]|[\w.])*"
        punctuators = _JAVA_PUNCTUATORS
    elif language is Language.GO:
        return _go_pattern()
    else:
        text = rb"(?:u8|[uUL])?(?:" + _QUOTED + rb")"
        number = rb"\.?[0-9](?:[eEpP][+-]|[\w.])*"
        punctuators = _C_PUNCTUATORS
        if language is Language.CPP:
            text = _RAW + rb"|" + text
            number = rb"\.?[0-9](?:[eEpP][+-]|'\w|[\w.])*"
    marks = b"|".join(re.escape(mark.encode()) for mark in punctuators.split())
    return re.compile(
        rb"(?P<space>(?:\s|\\\r?\n)+)|(?P<comment>" + _LINE_COMMENT + rb"|" + _BLOCK_COMMENT + rb")"
        rb"|(?P<text>" + text + rb")|(?P<word>" + _WORD + rb")|(?P<number>" + number + rb")"
        rb"|(?P<punctuator>" + marks + rb"|.)",
        re.DOTALL,
    )


def _go_pattern() -> re.Pattern[bytes]:
    """A backslash at the end of a line has no meaning in Go, not even in a comment."""
    marks = b"|".join(re.escape(mark.encode()) for mark in _GO_PUNCTUATORS.split())
    return re.compile(
        rb"(?P<space>\s+)|(?P<comment>//[^\r\n]*|" + _BLOCK_COMMENT + rb")"
        rb"|(?P<text>`[^`]*`?|\"(?:[^\"\\\n]|\\[^\n])*\"?|'(?:[^'\\\n]|\\[^\n])*'?)"
        rb"|(?P<word>[A-Za-z_\x80-\xff][\w\x80-\xff]*)"
        rb"|(?P<number>0[xX](?:[pP][+-]|[\w.])*|\.?[0-9](?:[eE][+-]|[\w.])*)"
        rb"|(?P<punctuator>" + marks + rb"|.)",
        re.DOTALL,
    )


_PATTERNS = {language: _pattern(language) for language in sorted(FRONT_ENDS - _READ_OFF_TREES)}
_MARKS = {
    Language.C: _C_PUNCTUATORS + " // /* */ ?? .. ->",
    Language.CPP: _C_PUNCTUATORS + " // /* */ ?? .. ->",
    Language.JAVA: _JAVA_PUNCTUATORS + " // /* */ ..",
    Language.PYTHON: _PYTHON_PUNCTUATORS + " ..",
    Language.JAVASCRIPT: _JS_PUNCTUATORS + " // /* */ .. <!-- -->",
    Language.TYPESCRIPT: _JS_PUNCTUATORS + " // /* */ .. <!-- -->",
    Language.GO: _GO_PUNCTUATORS + " // /* */ ..",
}
# Two characters that are neighbours in any punctuator.
_PAIRS = {
    language: frozenset(mark[i : i + 2] for mark in marks.split() for i in range(len(mark) - 1))
    for language, marks in _MARKS.items()
}


def lexemes(program: ParsedProgram) -> list[Lexeme]:
    """Tokens, comments and directives in source order."""
    found = _leaves if program.language in _READ_OFF_TREES else _lexed
    return list(found(program))


def _lexed(program: ParsedProgram) -> Iterator[Lexeme]:
    source = program.source
    match = _PATTERNS[program.language].match
    has_directives = program.language in C_FAMILY
    position, at_line_start = 0, True
    while position < len(source):
        if at_line_start and has_directives and source[position : position + 1] == b"#":
            directive = _DIRECTIVE.match(source, position)
            end = position + 1 if directive is None else _end_of_directive(directive[0], position)
            yield Lexeme(LexemeKind.DIRECTIVE, position, end)
            position, at_line_start = end, False
            continue
        found = match(source, position)
        if found is None:
            return
        kind = found.lastgroup
        if kind == "space":
            if re.search(rb"(?<!\\)(?<!\\\r)\n", found[0]):
                at_line_start = True
        else:
            yield Lexeme(LexemeKind(kind or ""), position, found.end())
            # A comment counts as one space, even where it has line breaks.
            at_line_start &= kind == "comment"
        position = found.end()


def _end_of_directive(text: bytes, start: int) -> int:
    """Where a directive ends: white space at its end is not a part, but a continued line is."""
    stripped = text.rstrip()
    continued = re.match(rb"\r?\n", text[len(stripped) :]) if stripped.endswith(b"\\") else None
    return start + len(stripped) + (len(continued[0]) if continued else 0)


def _leaves(program: ParsedProgram) -> Iterator[Lexeme]:
    pending = [program.root]
    while pending:
        node = pending.pop()
        if node.child_count and node.type not in ATOMS:
            pending.extend(reversed(node.children))
        elif node.start_byte < node.end_byte and node.type != "line_continuation":
            yield Lexeme(_kind_of_leaf(program.source, node), node.start_byte, node.end_byte)


def _kind_of_leaf(source: bytes, node: Node) -> LexemeKind:
    if node.type in COMMENTS:
        return LexemeKind.COMMENT
    if node.type == "hash_bang_line":
        return LexemeKind.DIRECTIVE
    if node.type in ATOMS:
        return LexemeKind.TEXT
    if node.type in _NUMBERS:
        return LexemeKind.NUMBER
    first = source[node.start_byte : node.start_byte + 1]
    is_word = first.isalpha() or first in b"_$#\\" or first >= b"\x80"
    return LexemeKind.WORD if is_word else LexemeKind.PUNCTUATOR


def may_join(source: bytes, left: Lexeme, right: Lexeme, language: Language) -> bool:
    """Whether two tokens might be read as something else with nothing between them."""
    kinds = {left.kind, right.kind}
    if kinds & {LexemeKind.COMMENT, LexemeKind.DIRECTIVE}:
        return True
    last = source[left.end - 1 : left.end].decode("latin-1")
    first = source[right.start : right.start + 1].decode("latin-1")
    if LexemeKind.PUNCTUATOR not in kinds:
        return True
    if "\\" in (last, first):
        return True
    if LexemeKind.NUMBER in kinds and ("." in (last, first) or (first in "+-" and last in "eEpP")):
        return True
    return last + first in _PAIRS[language]


def ends_statement(source: bytes, lexeme: Lexeme) -> bool:
    """Whether a line break behind this token of Go stands for a semicolon (specification)."""
    text = source[lexeme.start : lexeme.end]
    if lexeme.kind is LexemeKind.WORD:
        return text not in _GO_OPEN_WORDS
    if lexeme.kind is LexemeKind.PUNCTUATOR:
        return text in _GO_ENDS
    return lexeme.kind in (LexemeKind.NUMBER, LexemeKind.TEXT)


def token_texts(program: ParsedProgram) -> list[bytes]:
    """The texts of the tokens and directives, in order; of Go with the semicolons of line ends."""
    found = lexemes(program)
    source = program.source
    if program.language is Language.GO:
        return _with_semicolons(source, found)
    return [
        source[lexeme.start : lexeme.end]
        for lexeme in found
        if lexeme.kind is not LexemeKind.COMMENT
    ]


def _with_semicolons(source: bytes, found: list[Lexeme]) -> list[bytes]:
    texts: list[bytes] = []
    tokens = [lexeme for lexeme in found if lexeme.kind is not LexemeKind.COMMENT]
    for token, following in zip_longest(tokens, tokens[1:]):
        texts.append(source[token.start : token.end])
        # A comment with a line break counts as one.
        end = len(source) if following is None else following.start
        breaks = following is None or b"\n" in source[token.end : end]
        if breaks and ends_statement(source, token):
            texts.append(b";")
    return texts
