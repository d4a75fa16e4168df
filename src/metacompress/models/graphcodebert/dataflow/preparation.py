"""The text that published models of GraphCodeBERT read of a program, before it is parsed.

What is odd about it is kept, for models have learned it:

- Compressor's vulnerability models (Shi et al., ASE 2022) read C with all white space collapsed.
  Then every ``\\n`` that is written as an escape becomes a line feed, in literals too, and only
  then are comments removed. So ``//`` takes away what is behind it up to the next such escape,
  or to the end.
- GraphCodeBERT's clone and search models, and what Compressor makes of them, read Java and Python
  as it is laid out. In Python docstrings are removed as well, and any other string that starts a
  line, unless it is indented and a comment or a blank line is above it.
"""

from __future__ import annotations

import io
import re
import tokenize

from metacompress.lang.language import C_FAMILY, Language

_OPENING = re.compile(r"//|/\*|['\"]")
_REST = {
    "//": re.compile(r"[^\n]*"),
    "/*": re.compile(r".*?\*/", re.DOTALL),
    "'": re.compile(r"[^\\']*+(?:\\.[^\\']*+)*+'", re.DOTALL),
    '"': re.compile(r'[^\\"]*+(?:\\.[^\\"]*+)*+"', re.DOTALL),
}
# Each may cost a look at the rest of its line.
_MAX_ERRORS = 100


def prepare(text: str, language: Language) -> str:
    """The text of a program as the published models of its language had it in training."""
    if language in C_FAMILY:
        text = " ".join(text.split()).replace("\\n", "\n")
    return without_comments(text, language)


def without_comments(text: str, language: Language) -> str:
    """``text`` without comments and blank lines; in C and Java a comment leaves a space.

    Python that cannot be split into tokens stays as it is, and so does what is hardly Python.
    """
    if language is Language.PYTHON:
        try:
            text = _without_docstrings(text)
        except (tokenize.TokenError, SyntaxError):
            return text
    else:
        text = _without_c_comments(text)
    return "\n".join(line for line in text.split("\n") if line.strip())


def _without_c_comments(text: str) -> str:
    """Literals are passed over; one that does not end is no literal."""
    pieces: list[str] = []
    position = kept = 0
    endless: set[str] = set()
    while found := _OPENING.search(text, position):
        opening, position = found[0], found.end()
        # What does not end here does not end further on: it need not be looked for again.
        end = None if opening in endless else _REST[opening].match(text, position)
        if end is None:
            endless.add(opening)
            continue
        position = end.end()
        if opening in ("//", "/*"):
            pieces += (text[kept : found.start()], " ")
            kept = position
    pieces.append(text[kept:])
    return "".join(pieces)


def _without_docstrings(text: str) -> str:
    pieces: list[str] = []
    errors, line, column = 0, -1, 0
    before = tokenize.INDENT
    for kind, token, (start_line, start), (end_line, end), _ in tokenize.generate_tokens(
        io.StringIO(text).readline
    ):
        errors += kind == tokenize.ERRORTOKEN
        if errors > _MAX_ERRORS:
            return text
        if start_line > line:
            column = 0
        pieces.append(" " * (start - column))
        is_statement = before in (tokenize.INDENT, tokenize.NEWLINE) or start == 0
        if kind != tokenize.COMMENT and not (kind == tokenize.STRING and is_statement):
            pieces.append(token)
        before, line, column = kind, end_line, end
    return "".join(pieces)
