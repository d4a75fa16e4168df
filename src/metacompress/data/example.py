"""Programs and the examples made of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metacompress.lang.language import Language


@dataclass(frozen=True, slots=True)
class Program:
    """Source text and its language."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Example:
    """One input of a classifier.

    Attributes:
        id: unique in its data set.
        programs: one program, or two for a task about pairs.
        label: index into the task's labels, or None if unknown.
        group: examples of one group are not independent of each other (they share a program,
            say); statistics treat a group as one cluster.
        program_ids: what the programs are called in their source, one each.
    """

    id: str
    programs: tuple[Program, ...]
    label: int | None
    group: str
    program_ids: tuple[str, ...]

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


def pair_id(first: str, second: str) -> str:
    """The id of the example that joins the programs called ``first`` and ``second``."""
    return f"{first}+{second}"
