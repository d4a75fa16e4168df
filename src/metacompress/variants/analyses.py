"""Analyses of programs, kept as long as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cachetools import FIFOCache

from metacompress.errors import ProgramError
from metacompress.lang.program import AnalysedProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.example import Example, Program
    from metacompress.runs.progress import Progress


class Analyses:
    """Parses and resolves a program when it is first asked for.

    Args:
        kept: analyses that are kept; the oldest go first.
    """

    def __init__(self, kept: int) -> None:
        self._analyses: FIFOCache[Program, AnalysedProgram | None] = FIFOCache(maxsize=kept)

    def get(self, program: Program) -> AnalysedProgram | None:
        """The program's analysis; None where it cannot be resolved, and so not be changed."""
        if not program.language.has_front_end:
            return None
        if program not in self._analyses:
            analysed: AnalysedProgram | None
            try:
                analysed = AnalysedProgram.of(program.text, program.language)
                analysed.scopes  # noqa: B018 - resolved now, so that a failure shows here
            except ProgramError:
                analysed = None
            self._analyses[program] = analysed
        return self._analyses[program]

    def of_all(self, examples: Iterable[Example], progress: Progress) -> Iterator[AnalysedProgram]:
        """The analyses of all programs, each once, to collect their names."""
        programs = dict.fromkeys(program for example in examples for program in example.programs)
        with progress.stage("collecting names", len(programs)) as advance:
            for program in programs:
                analysed = self.get(program)
                advance(1)
                if analysed is not None:
                    yield analysed
