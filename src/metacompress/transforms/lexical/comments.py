"""Remove, reword and add comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from metacompress.analysis.layout.gaps import Gap, gaps, is_clear, keeps_lines
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import FRONT_ENDS, JS_FAMILY, Language
from metacompress.lang.lexing import LexemeKind
from metacompress.lang.syntax import indentation, line_break, sound_nodes
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level
from metacompress.transforms.validity import check_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator

    from metacompress.lang.edits import Origins
    from metacompress.lang.lexing import Lexeme
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames
    from metacompress.transforms.validity import Refusal

_PHRASES = (
    "as before",
    "see above",
    "next part",
    "one more step",
    "this goes first",
    "the usual case",
    "now the rest",
    "what follows depends on this",
    "done here",
    "in this order",
    "same as elsewhere",
    "kept simple",
    "nothing special",
    "the main part",
    "a detail",
    "only when needed",
)
# Comments that a tool reads: interpreters, compilers, linters, formatters, coverage.
_READ_BY_TOOLS = re.compile(
    rb"\A(?:#!|#\s*%%|[/*#!\s]*[\w.-]+:\S)|coding[:=]|-\*-|\bvim?:|\\"
    rb"|type:|noqa|pragma|pylint|mypy|pyright|ruff|flake8|fmt:|isort|yapf|nosec|cython|doctest"
    rb"|(?i:nolint|lint\b|format\b.{0,8}\b(?:on|off)\b|fall.{0,6}thr|no.?break|notreached)"
    rb"|NOSONAR|CHECKSTYLE|NON-NLS|noinspection|suppress|LCOV|GCOV|(?i:coverity)|ARGSUSED"
    rb"|PRINTFLIKE|Code generated|@deprecated|SPDX|language=|expected-|CHECK",
    re.DOTALL,
)
_READ_BY_JS_TOOLS = re.compile(
    rb"eslint|jshint|jslint|jscs|istanbul|\b[cv]8 |prettier-|@(?:ts|flow|jsx|cc_on|license)"
    rb"|@preserve|webpack|source(?:Mapping)?URL|<reference|__PURE__|\A/\*\s*(?:globals?|exported)\b"
)
# At most this share of the places gets a new comment.
_MOST_ADDED = 0.3
_OPENING = re.compile(rb"//[/!]?<?|/\*[*!]?(?!/)<?|#")


class _Existing(NamedTuple):
    """A comment, how it opens, and what removes it."""

    opening: str
    comment: Span
    removal: Edit


class _Addition(NamedTuple):
    """A place for a comment of its own line, or at the end of a line."""

    offset: int
    is_own_line: bool
    openings: tuple[str, ...]


_Target: TypeAlias = _Existing | _Addition


class Comments(Transformation[_Target]):
    """Remove comments, give them other words, and add some.

    Precondition: no syntax error is near, the place is outside of directives and macro bodies, and
    no tool reads the comment. A removed comment leaves white space behind where it had none
    around it. No line appears or vanishes where the program reads its own line numbers. C gets
    ``//`` only where it has some already: C90 has none.
    """

    name: ClassVar[str] = "comments"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = FRONT_ENDS

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Target]]:
        """See Transformation."""
        if not is_clear(program):
            return []
        found = list(gaps(program))
        keeps = keeps_lines(program)
        return sorted(
            [*_existing(program, found, keeps=keeps), *_additions(program, found, keeps=keeps)],
            key=lambda site: site.span,
        )

    def choose(self, sites: Sequence[Site[_Target]], rng: Generator) -> Sequence[Site[_Target]]:
        """A random share of the comments that there are, and of the places for new ones."""
        share = rng.random()
        additional = rng.random() * _MOST_ADDED
        shares = [share if isinstance(site.target, _Existing) else additional for site in sites]
        drawn = rng.random(len(sites)) < shares
        drawn[rng.integers(len(sites))] = True
        return [site for site, is_drawn in zip(sites, drawn, strict=True) if is_drawn]

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Target], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        target = site.target
        phrase = _PHRASES[rng.integers(len(_PHRASES))]
        if isinstance(target, _Existing):
            if rng.random() < 0.5:
                return [target.removal]
            return [Edit(*target.comment, _worded(target.opening, phrase))]
        text = _worded(target.openings[rng.integers(len(target.openings))], phrase)
        if target.is_own_line:
            text = indentation(program.source, target.offset) + text + line_break(program.source)
        else:
            text = " " + text
        return [Edit(target.offset, target.offset, text)]

    def check(
        self, source: AnalysedProgram, variant: AnalysedProgram, origins: Origins
    ) -> Refusal | None:
        """All tokens must be the same."""
        return check_tokens(source, variant)


def _worded(opening: str, phrase: str) -> str:
    return f"{opening} {phrase} */" if opening.startswith("/*") else f"{opening} {phrase}"


def _existing(
    program: AnalysedProgram, found: Sequence[Gap], *, keeps: bool
) -> Iterator[Site[_Target]]:
    source = program.source
    before = {gap.right.start: gap for gap in found if gap.right.kind is LexemeKind.COMMENT}
    after = {gap.left.start: gap for gap in found if gap.left.kind is LexemeKind.COMMENT}
    for start in sorted(before.keys() | after.keys()):
        first, last = before.get(start), after.get(start)
        comment = first.right if first is not None else after[start].left
        is_first = first is None and not source[:start].strip()
        is_last = last is None and not source[comment.end :].strip()
        text = source[start : comment.end]
        opening = _OPENING.match(text)
        if (
            (first is None and not is_first)
            or (last is None and not is_last)
            or opening is None
            or _READ_BY_TOOLS.search(text)
            or (program.language in JS_FAMILY and _READ_BY_JS_TOOLS.search(text))
            or (keeps and b"\n" in text)
        ):
            continue
        starts_line = first is None or b"\n" in source[first.start : start]
        ends_line = last is None or b"\n" in source[comment.end : last.end]
        if b"\n" in text and not ends_line:
            continue
        removal = _removal(source, comment, starts_line, ends_line, keeps=keeps)
        span = Span(min(removal.start, start), max(removal.end, comment.end))
        yield Site(span, _Existing(opening[0].decode(), Span(start, comment.end), removal))


def _removal(
    source: bytes, comment: Lexeme, starts_line: bool, ends_line: bool, *, keeps: bool
) -> Edit:
    start, end = comment.start, comment.end
    if starts_line and ends_line:
        if not keeps:
            start = source.rfind(b"\n", 0, start) + 1
            newline = source.find(b"\n", end)
            end = newline + 1 if newline >= 0 else end
        return Edit(start, end, "")
    if ends_line:
        return Edit(len(source[:start].rstrip(b" \t")), end, "")
    is_apart = starts_line or source[start - 1 : start].isspace() or source[end : end + 1].isspace()
    return Edit(start, end, "" if is_apart else " ")


def _additions(
    program: AnalysedProgram, found: Sequence[Gap], *, keeps: bool
) -> Iterator[Site[_Target]]:
    source = program.source
    openings = _openings(program, found)
    statements = _statement_starts(program)
    outside = (LexemeKind.COMMENT, LexemeKind.DIRECTIVE)
    for gap in found:
        newline = source.rfind(b"\n", gap.start, gap.end)
        if newline < 0:
            continue
        if gap.left.kind not in outside:
            yield Site(Span(gap.start, gap.start), _Addition(gap.start, False, openings))
        if gap.end in statements and not keeps:
            place = newline + 1
            yield Site(Span(place, place), _Addition(place, True, openings))


def _openings(program: AnalysedProgram, found: Sequence[Gap]) -> tuple[str, ...]:
    if program.language is Language.PYTHON:
        return ("#",)
    if program.language is Language.C and not any(
        program.source.startswith(b"//", gap.right.start)
        for gap in found
        if gap.right.kind is LexemeKind.COMMENT
    ):
        return ("/*",)
    return ("//", "/*")


def _statement_starts(program: AnalysedProgram) -> set[int]:
    return {
        node.start_byte
        for kind, nodes in sound_nodes(program.parsed).items()
        if kind.endswith(("_statement", "declaration", "_definition"))
        for node in nodes
    }
