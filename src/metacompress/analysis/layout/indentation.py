"""Another indentation for a whole program."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from metacompress.lang.edits import Edit
from metacompress.lang.language import Language
from metacompress.lang.lexing import LexemeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from metacompress.analysis.layout.gaps import Gap
    from metacompress.lang.program import AnalysedProgram

INDENTATIONS = ("    ", "  ", "\t", "   ", "        ")
_HIDDEN_START = re.compile(rb"\A(?:\s*#[^\n]*\n)*\s*?[ \t]+[^\s#]|\\\r?\n[ \t]*\r?\n")


class _Line(NamedTuple):
    """The white space at the start of a line that a token or comment follows."""

    gap: Gap
    start: int
    space: str


class IndentedLine(NamedTuple):
    """A line whose indentation may change.

    Attributes:
        start: where its white space starts.
        space: that white space.
        depth: how many steps of indentation it has.
        rest: the columns of alignment after them.
    """

    start: int
    space: str
    depth: int
    rest: int


def indented_lines(program: AnalysedProgram, found: Iterable[Gap]) -> list[IndentedLine]:
    """The lines that can be indented anew, all or none of them; ``found`` are all the gaps."""
    lines = [line for gap in found if (line := _line(program, gap)) is not None]
    depths = (
        _python_depths(lines, program) if program.language is Language.PYTHON else _scaled(lines)
    )
    return [
        IndentedLine(line.start, line.space, *depth)
        for line, depth in zip(lines, depths, strict=False)
        if depth is not None
    ]


def reindented(lines: Iterable[IndentedLine], unit: str) -> list[Edit]:
    """Edits that give every line ``unit`` for each step."""
    return [
        Edit(line.start, line.start + len(line.space), space)
        for line in lines
        if (space := unit * line.depth + " " * line.rest) != line.space
    ]


def _line(program: AnalysedProgram, gap: Gap) -> _Line | None:
    start = program.source.rfind(b"\n", gap.start, gap.end) + 1
    if start == 0 or gap.right.kind is LexemeKind.DIRECTIVE:
        return None
    return _Line(gap, start, program.source[start : gap.end].decode())


def _scaled(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Depths by the usual step from one line to the next; what is left over is alignment."""
    widths = [_width(line.space, 8) for line in lines]
    steps = Counter(after - before for before, after in pairwise([0, *widths]) if after > before)
    step = min(steps, key=lambda width: (-steps[width], width)) if steps else 4
    for width in widths:
        yield divmod(width, step)


def _python_depths(
    lines: Sequence[_Line], program: AnalysedProgram
) -> Iterator[tuple[int, int] | None]:
    """Depths as Python itself counts them; lines in brackets and comments follow along.

    None at all where tabs and spaces are mixed, where the first line is indented, or where a
    syntax error or a line continuation hides the start of a line.
    """
    if program.parsed.root.has_error or _HIDDEN_START.search(program.source):
        return iter(())
    depths: list[tuple[int, int] | None] = []
    stack = [(0, 0)]
    known = {0: 0}
    for line in lines:
        widths = _width(line.space, 8), _width(line.space, 1)
        if line.gap.bracket or line.gap.right.kind is LexemeKind.COMMENT:
            # Neither has a meaning, but the grammar trips over brackets that stay behind.
            depth = known.get(widths[0])
            if depth is not None:
                depths.append((depth, 0))
            elif line.gap.bracket:
                depths.append((len(stack) - 1, max(0, widths[0] - stack[-1][0])))
            else:
                depths.append(None)
            continue
        if stack[-1][0] < widths[0] and stack[-1][1] < widths[1]:
            stack.append(widths)
        while stack[-1][0] > widths[0]:
            stack.pop()
        if stack[-1] != widths:
            return iter(())
        known[widths[0]] = len(stack) - 1
        depths.append((len(stack) - 1, 0))
    return iter(depths)


def _width(space: str, tab: int) -> int:
    width = 0
    for character in space:
        width += tab - width % tab if character == "\t" else 1
    return width
