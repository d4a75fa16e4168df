"""Analyses of programs, kept as long as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachetools import LRUCache

from metacompress.errors import ProgramError
from metacompress.lang.program import AnalysedProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.example import Example, Program
    from metacompress.runs.progress import Progress


class Analyses:
    """Parses and resolves a program when it is first asked for.

    An analysis takes 35 bytes of memory per byte of its program, and up to 90 with what
    transformations find out about it.

    Args:
        kept: bytes of the programs whose analyses are kept; a larger program is analysed
            each time.
    """

    def __init__(self, kept: int) -> None:
        self._analyses: LRUCache[Program, AnalysedProgram | None] = LRUCache(kept, _size)

    def get(self, program: Program) -> AnalysedProgram | None:
        """The program's analysis; None where it cannot be resolved, and so not be changed."""
        return self._get(program, self._analyses.maxsize)

    def of_all(self, examples: Iterable[Example], progress: Progress) -> Iterator[AnalysedProgram]:
        """The analyses of all programs, each once, to collect their names.

        The first ones are kept, as many as there is room for: who goes through the examples once
        more begins with them.
        """
        programs = dict.fromkeys(program for example in examples for program in example.programs)
        with progress.stage("collecting names", len(programs)) as advance:
            for program in programs:
                analysed = self._get(program, self._analyses.maxsize - self._analyses.currsize)
                advance(1)
                if analysed is not None:
                    yield analysed

    def _get(self, program: Program, room: float) -> AnalysedProgram | None:
        """See ``get``; what is larger than ``room`` is not kept."""
        if not program.language.has_front_end:
            return None
        if program in self._analyses:
            return self._analyses[program]
        analysed: AnalysedProgram | None
        try:
            analysed = AnalysedProgram.of(program.text, program.language)
            analysed.scopes  # noqa: B018 - resolved now, so that a failure shows here
        except ProgramError:
            analysed = None
        if _size(analysed) <= room:
            self._analyses[program] = analysed
        return analysed


def _size(analysed: AnalysedProgram | None) -> int:
    """Bytes of the text; what cannot be analysed takes no memory to speak of."""
    return 1 if analysed is None else len(analysed.source) + 1
