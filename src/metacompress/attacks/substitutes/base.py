"""What proposes new names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.random import Generator

    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


class Substitutes(Protocol):
    """Proposes names for identifiers; whether they are legal and free is checked behind it."""

    def propose(
        self,
        program_id: str,
        program: AnalysedProgram,
        names: Mapping[str, Sequence[Binding]],
        rng: Generator,
    ) -> Mapping[str, Iterable[str]]:
        """Candidates for each of ``names``, best first; a finite number.

        Args:
            program_id: what the program is called in its data set.
            program: the program.
            names: identifiers with the bindings that have the name.
            rng: the only source of chance.
        """
