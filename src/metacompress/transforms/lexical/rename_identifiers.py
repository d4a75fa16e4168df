"""Rename variables, parameters, functions and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from metacompress.analysis.variables.callers import closed_names
from metacompress.lang.language import FRONT_ENDS, Language
from metacompress.lang.scopes import Binding, BindingKind
from metacompress.transforms.base import Site, Transformation
from metacompress.transforms.level import Level
from metacompress.transforms.validity import Refusal, check_renaming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.random import Generator

    from metacompress.lang.edits import Edit, Origins
    from metacompress.lang.program import AnalysedProgram
    from metacompress.transforms.naming import FreshNames

_RENAMED = (BindingKind.LOCAL, BindingKind.LABEL)
_RENAMED_WHERE_CLOSED = (BindingKind.PARAMETER, BindingKind.FUNCTION)


class RenameIdentifiers(Transformation[Binding]):
    """Rename local variables, parameters, labels and functions, all that can be renamed safely.

    Precondition: the scope analysis is certain of every occurrence of the name, and the new name
    is legal and occurs nowhere in the program, not even in a comment or a macro's body. It can
    therefore neither capture nor be captured. Functions (and parameters in Python, where calls
    may name them) change their name only where no caller is out of view: see
    ``analysis.variables.callers``.
    What a macro defined elsewhere makes of its arguments is beyond a snippet: names passed bare
    to something that looks like a macro stay.
    """

    name: ClassVar[str] = "rename-identifiers"
    level: ClassVar[Level] = Level.LEXICAL
    languages: ClassVar[frozenset[Language]] = FRONT_ENDS

    def sites(self, program: AnalysedProgram) -> Iterable[Site[Binding]]:
        """See Transformation."""
        closed = closed_names(program)
        for binding in program.scopes.bindings:
            first = binding.occurrences[0]
            if binding.fixed is None and (
                binding.kind in _RENAMED
                or (binding.kind in _RENAMED_WHERE_CLOSED and first in closed)
            ):
                yield Site(first, binding)

    def choose(self, sites: Sequence[Site[Binding]], rng: Generator) -> Sequence[Site[Binding]]:
        """All of them."""
        return sites

    def rewrite(
        self, program: AnalysedProgram, site: Site[Binding], names: FreshNames, rng: Generator
    ) -> Sequence[Edit]:
        """See Transformation."""
        name = names.take(rng, site.target)
        if name is None:
            return ()
        return site.target.renaming(name)

    def check(
        self, source: AnalysedProgram, variant: AnalysedProgram, origins: Origins
    ) -> Refusal | None:
        """See Transformation."""
        return check_renaming(source, variant)
