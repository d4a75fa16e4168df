"""Prompt templates: text files with a place for each program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from metacompress.errors import UsageError
from metacompress.files.reads import note_read
from metacompress.models.naming.location import existing_path

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTION = "template"
_PLACES = {1: ("{program}",), 2: ("{first}", "{second}")}
_LARGEST = 2**20


class Filled(NamedTuple):
    """A prompt.

    Attributes:
        text: all of it.
        spans: where each program stands in it, in characters, half-open.
    """

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with places for programs.

    Attributes:
        text: with ``{program}``, or with ``{first}`` and ``{second}``.
        arity: number of programs.
    """

    text: str
    arity: int

    def __post_init__(self) -> None:
        wanted = _PLACES[self.arity]
        others = [place for places in _PLACES.values() for place in places if place not in wanted]
        for place in (*wanted, *others):
            count, expected = self.text.count(place), int(place in wanted)
            if count != expected:
                found = ("once too often", "not there")[count < expected]
                raise UsageError(
                    f"a prompt for {self.arity} program{'s' * (self.arity > 1)} holds "
                    f"{' and '.join(wanted)}, once each; {place} is {found}",
                    option=_OPTION,
                )

    @classmethod
    def read(cls, path: str, arity: int) -> Template:
        """The template in a file. The end of the file's last line is not part of it.

        Raises:
            ModelError: there is no such file.
            UsageError: it is not a text in UTF-8, or lacks a place for a program.
        """
        file = existing_path(path)
        note_read(file)
        try:
            if file.stat().st_size > _LARGEST:
                raise UsageError(f"{file}: too large for a prompt template", option=_OPTION)
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: is not a text in UTF-8 ({error})", option=_OPTION) from error
        try:
            return cls(text.removesuffix("\n"), arity)
        except UsageError as error:
            raise UsageError(f"{file}: {error}", option=_OPTION) from None

    def fill(self, programs: Sequence[str]) -> Filled:
        """The prompt about programs; what looks like a place inside of a program stays as it is."""
        places = _PLACES[self.arity]
        spans = [(0, 0)] * self.arity
        text, rest = "", self.text
        for number in sorted(range(self.arity), key=lambda number: self.text.index(places[number])):
            before, _, rest = rest.partition(places[number])
            start = len(text) + len(before)
            text += before + programs[number]
            spans[number] = (start, len(text))
        return Filled(text + rest, tuple(spans))
