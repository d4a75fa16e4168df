"""Programs and the examples made of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.lang.language import Language


@dataclass(frozen=True, slots=True)
class Program:
    """Source text and its language."""

    text: str
    language: Language

    def content_key(self) -> str:
        """A hexadecimal digest of language and text."""
        return hashlib.sha256(f"{self.language}:{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program stands in the code base that it was taken from.

    Attributes:
        file: path, as the data have it.
        line: of its first line, from 1.
    """

    file: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One input of a classifier.

    Attributes:
        id: unique in its data set.
        programs: one program, or two for a task about pairs.
        label: index into the task's labels, or None if unknown.
        group: what the data say belongs together (a project, say), or None where they say nothing.
        program_ids: what the programs are called in their source, one each; a digest of its text
            for a program of a pair that has no name there.
        places: where the programs stand, one each; None where the data do not say. No result
            depends on them.
    """

    id: str
    programs: tuple[Program, ...]
    label: int | None
    group: str | None
    program_ids: tuple[str, ...]
    places: tuple[Place | None, ...] = ()

    @property
    def clusters(self) -> tuple[str, ...]:
        """What makes examples depend on each other: those that share one are not independent.

        The group where the data state one, else the programs: pairs that share a program on either
        side depend on each other.
        """
        return self.program_ids if self.group is None else (self.group,)

    def with_texts(self, texts: Iterable[str]) -> Example:
        """The same example with other texts of its programs, one each."""
        pairs = zip(texts, self.programs, strict=True)
        programs = tuple(Program(text, program.language) for text, program in pairs)
        return replace(self, programs=programs)

    def content_key(self) -> str:
        """A hexadecimal digest of what a model may see: languages and texts."""
        digest = hashlib.sha256()
        for program in self.programs:
            text = program.text.encode()
            # The length stands in front, so that no two lists of programs collide.
            digest.update(f"{program.language}:{len(text)}:".encode())
            digest.update(text)
        return digest.hexdigest()


class Examples(Protocol):
    """Examples that can be counted and gone over any number of times; they need not be held."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Example]: ...


def pair_id(first: str, second: str) -> str:
    """The id of the example that joins the programs called ``first`` and ``second``."""
    return f"{first}+{second}"
