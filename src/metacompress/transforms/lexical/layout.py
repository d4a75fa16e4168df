"""Change white space: indentation, blank lines, line breaks, spaces around operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from metacompress.analysis.layout.gaps import Gap, gaps, is_clear, joins_macros, keeps_lines
from metacompress.analysis.layout.indentation import (
    INDENTATIONS,
    IndentedLine,
    indented_lines,
    reindented,
)
from metacompress.lang.edits import Edit, Span
from metacompress.lang.language import FRONT_ENDS, JS_FAMILY, Language
from metacompress.lang.lexing import LexemeKind
from metacompress.lang.syntax import indentation, line_break
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level
from metacompress.transforms.validity import check_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator

    from metacompress.lang.edits import Origins
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames
    from metacompress.transforms.validity import Refusal

# White space next to these is legal, and nobody writes it.
_TIGHT = frozenset({b".", b"->", b"::", b";", b",", b"++", b"--", b"!", b"~", b"@", b"...", b"?."})
_TIGHT_BEFORE = _TIGHT - {b";", b","}
_OPENING = frozenset({b"(", b"[", b"{"})
_CLOSING = frozenset({b")", b"]", b"}"})
_PUNCTUATION = frozenset({b";", b",", b".", b")", b"]", b"(", b"[", b"::", b"->"})
# What ends a line, besides the braces that a line may start with.
_LINE_ENDS = frozenset({b";", b"{", b"}"})
# JavaScript ends a statement at a line break behind other tokens than these, if it can.
_OPEN_ENDS = frozenset({b";", b"{", b","})
# Of these words, a block may stand on the next line.
_BEFORE_BLOCKS = frozenset({b"else", b"do", b"try", b"finally"})
# Of all variants, those that change the indentation of the whole program and nothing else.
_REINDENTED_SHARE = 0.2


class _Break(NamedTuple):
    """A line break, with so much more indentation than the line has."""

    deeper: str


class _Spacing(NamedTuple):
    """What the white space of a gap may become."""

    gap: Gap
    forms: tuple[str | _Break, ...]


# One gap, or all lines that can be indented anew.
_Target: TypeAlias = _Spacing | list[IndentedLine]


class Layout(Transformation[_Target]):
    """Change white space between tokens, and nothing else.

    Precondition: the tokens stay what they are (``lexing.may_join``), directives keep their lines
    and no literal, comment or line continuation is touched. White space neither appears nor
    vanishes inside of what a macro may turn into a string, no line break does where the program
    reads its own line numbers, and what may be a macro is not joined with another line: some make
    names of the line's number. In Python line breaks change in brackets only, and blocks are
    indented anew as a whole. In JavaScript none comes or goes where it may end a statement, nor in
    Go where it does, and templates and elements of JSX stay as they are.
    """

    name: ClassVar[str] = "layout"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = FRONT_ENDS

    def sites(self, program: AnalysedProgram) -> Iterable[Site[_Target]]:
        """See Transformation."""
        if not is_clear(program):
            return
        found = list(gaps(program))
        lines = indented_lines(program, found)
        if any(line.depth for line in lines):
            yield Site(Span(0, len(program.source)), lines)
        may_break = not keeps_lines(program)
        for gap in found:
            forms = tuple(_forms(program, gap, may_break=may_break))
            if forms:
                yield Site(Span(gap.start, gap.end), _Spacing(gap, forms))

    def choose(self, sites: Sequence[Site[_Target]], rng: Generator) -> Sequence[Site[_Target]]:
        """Either the indentation as a whole, or a random share of all other places."""
        whole = [site for site in sites if not isinstance(site.target, _Spacing)]
        places = [site for site in sites if isinstance(site.target, _Spacing)]
        if whole and (not places or rng.random() < _REINDENTED_SHARE):
            return whole
        drawn = rng.random(len(places)) < rng.random()
        drawn[rng.integers(len(places))] = True
        return [site for site, is_drawn in zip(places, drawn, strict=True) if is_drawn]

    def rewrite(
        self, program: AnalysedProgram, site: Site[_Target], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        if not isinstance(site.target, _Spacing):
            units = (INDENTATIONS[index] for index in rng.permutation(len(INDENTATIONS)))
            # One of two different units differs from the program's own.
            return reindented(site.target, next(units)) or reindented(site.target, next(units))
        gap, forms = site.target
        form = forms[rng.integers(len(forms))]
        if isinstance(form, _Break):
            indent = indentation(program.source, gap.start)
            form = line_break(program.source) + indent + form.deeper
        return [Edit(gap.start, gap.end, form)]

    def check(
        self, source: AnalysedProgram, variant: AnalysedProgram, origins: Origins
    ) -> Refusal | None:
        """All tokens must be the same."""
        return check_tokens(source, variant)


def _forms(program: AnalysedProgram, gap: Gap, *, may_break: bool) -> Iterator[str | _Break]:
    present = program.source[gap.start : gap.end].decode()
    sides = {gap.left.kind, gap.right.kind}
    if "\n" in present:
        if may_break:
            yield from _broken_forms(program, gap, present)
    elif not sides & {LexemeKind.COMMENT, LexemeKind.DIRECTIVE}:
        yield from _spaced_forms(program, gap, present)
        if may_break:
            yield from _breaking_forms(program, gap)


def _spaced_forms(program: AnalysedProgram, gap: Gap, present: str) -> Iterator[str]:
    if len(present) > 1 or "\t" in present:
        yield " "
    if gap.may_join or gap.is_quoted:
        return
    left, right = _neighbours(program, gap)
    if present:
        yield ""
    elif left not in _TIGHT_BEFORE and right not in _TIGHT:
        yield " "


def _broken_forms(program: AnalysedProgram, gap: Gap, present: str) -> Iterator[str]:
    """The same line break with another number of blank lines, or none at all."""
    newline = line_break(program.source)
    last = present[present.rfind("\n") + 1 :]
    for count in (1, 2):
        form = newline * count + last
        if form != present:
            yield form
    is_free = _joins_lines(program, gap)
    sides = {gap.left.kind, gap.right.kind}
    if (
        is_free
        and not sides & {LexemeKind.COMMENT, LexemeKind.DIRECTIVE}
        and not joins_macros(program, gap)
    ):
        yield " "


def _breaking_forms(program: AnalysedProgram, gap: Gap) -> Iterator[_Break]:
    """A line break where people write one."""
    if gap.keeps_breaks:
        return
    left, right = _neighbours(program, gap)
    if gap.bracket and left == b",":
        yield _Break(" " * 8)
    elif program.language is Language.PYTHON:
        if gap.bracket and left in _OPENING and right not in _CLOSING:
            yield _Break(" " * 8)
    elif gap.bracket not in (b"(", b"["):
        if left == b"{" and right != b"}":
            yield _Break(" " * 4)
        elif (left in _LINE_ENDS and right not in _PUNCTUATION) or right in (b"{", b"}"):
            # ``return {`` of JavaScript returns nothing where the brace is on the next line.
            is_cut = right == b"{" and gap.left.kind is LexemeKind.WORD
            if not is_cut or program.language not in JS_FAMILY or left in _BEFORE_BLOCKS:
                yield _Break("")


def _joins_lines(program: AnalysedProgram, gap: Gap) -> bool:
    """Whether the tokens around a line break mean the same on one line."""
    if program.language is Language.PYTHON:
        return bool(gap.bracket)
    if gap.keeps_breaks:
        return False
    if program.language in JS_FAMILY and gap.bracket not in (b"(", b"["):
        left, right = _neighbours(program, gap)
        return left in _OPEN_ENDS or right == b"}"
    return True


def _neighbours(program: AnalysedProgram, gap: Gap) -> tuple[bytes, bytes]:
    source = program.source
    return source[gap.left.start : gap.left.end], source[gap.right.start : gap.right.end]
