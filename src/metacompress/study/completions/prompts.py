"""What a model reads of a program before it writes on, and what of the text is the function."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.errors import ProgramError
from metacompress.lang.functions import Function, end_of_function, functions
from metacompress.lang.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Collection

    from metacompress.data.example import Program
    from metacompress.lang.language import Language

_WORD = re.compile(rb"\w")


@dataclass(frozen=True, slots=True)
class Cut:
    """A program that is cut within a function; offsets are bytes of its text.

    Attributes:
        place: behind what a model reads.
        start: of the function; None where no function was found, and the whole text is meant.
        end: behind the function; behind the text where there is none.
        name: of the function, where it has one.
    """

    place: int
    start: int | None
    end: int
    name: str | None = None


def cut_of(program: Program, lines: int, names: Collection[str] = ()) -> Cut | None:
    """Cut a program behind the first lines of a function's body.

    The function is the longest one or, of a program without any, the text, whose first line stands
    for a signature.

    Args:
        program: to cut.
        lines: that are kept behind the signature, empty ones not counted.
        names: of functions that are meant, if they are there.

    Returns:
        None where nothing is left to be written.
    """
    source = program.text.encode()
    found = _functions(program)
    function = max([one for one in found if one.name in names] or found, key=len, default=None)
    if function is None:
        place = _behind_lines(source, 0, len(source), lines + 1)
        return _left(source, Cut(place, None, len(source)))
    place = _behind_lines(source, function.body, function.end, lines)
    return _left(source, Cut(place, function.start, function.end, function.name))


def moved_cut(program: Program, place: int) -> Cut:
    """The cut of a variant at a place that is known."""
    holding = [one for one in _functions(program) if one.body <= place <= one.end]
    function = max(holding, key=len, default=None)
    if function is None:
        return Cut(place, None, len(program.text.encode()))
    return Cut(place, function.start, function.end, function.name)


def until_function_ends(
    prompt: str, text: str, language: Language, start: int | None
) -> str | None:
    """What of a continuation belongs to the function; None where that goes on.

    Args:
        prompt: what was read.
        text: that was written behind it.
        language: of both.
        start: of the function in the prompt, in bytes; None where there is none.
    """
    if start is None:
        return None
    try:
        program = parse(prompt + text, language)
    except ProgramError:
        return None
    end = end_of_function(program, start)
    first = len(prompt.encode())
    if end is None or end < first:
        return None
    return program.source[first:end].decode(errors="replace")


def _functions(program: Program) -> list[Function]:
    if not program.language.has_front_end:
        return []
    try:
        return functions(parse(program.text, program.language))
    except ProgramError:
        return []


def _behind_lines(source: bytes, start: int, end: int, lines: int) -> int:
    """Behind so many lines that are not empty, without the white space at their end."""
    place = start
    for line in source[start:end].splitlines(keepends=True):
        if lines <= 0:
            break
        lines -= bool(line.strip())
        place += len(line)
    return start + len(source[start:place].rstrip())


def _left(source: bytes, cut: Cut) -> Cut | None:
    return cut if _WORD.search(source, cut.place, cut.end) else None
