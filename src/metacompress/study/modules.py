"""Analyses of programs, kept as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from metacompress.errors import ProgramError
from metacompress.lang.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.example import Example, Program
    from metacompress.study.progress import Progress


class Modules:
    """Parses and resolves a program when it is first asked for.

    Args:
        kept: analyses that are kept; the oldest go first.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._modules: OrderedDict[Program, Module | None] = OrderedDict()

    def get(self, program: Program) -> Module | None:
        """The program's analysis; None where it cannot be resolved, and so not be changed."""
        if not program.language.has_front_end:
            return None
        if program not in self._modules:
            module: Module | None
            try:
                module = Module.of(program.text, program.language)
                module.scopes  # noqa: B018 - resolved now, so that a failure shows here
            except ProgramError:
                module = None
            self._modules[program] = module
            if len(self._modules) > self._kept:
                self._modules.popitem(last=False)
        return self._modules[program]

    def of_all(self, examples: Iterable[Example], progress: Progress) -> Iterator[Module]:
        """The analyses of all programs, each once, to collect their names."""
        programs = dict.fromkeys(program for example in examples for program in example.programs)
        with progress.stage("collecting names", len(programs)) as advance:
            for program in programs:
                module = self.get(program)
                advance(1)
                if module is not None:
                    yield module
