"""Names that the programs of a corpus use, drawn as often as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.random import Generator

    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.attacks.substitutes.registry import NameCorpus
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding
    from metacompress.transforms.naming import Naming


class CorpusSubstitutes:
    """Random names of the kind that is renamed: variables, functions or labels."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def propose(
        self,
        program_id: str,
        program: AnalysedProgram,
        names: Mapping[str, Sequence[Binding]],
        rng: Generator,
    ) -> Mapping[str, Iterable[str]]:
        """See Substitutes."""
        return {
            name: list(self._naming.propose(program, bindings[0], rng))
            for name, bindings in names.items()
        }


def load(location: str, corpus: NameCorpus) -> Substitutes:
    """Random names of the data set's own programs."""
    return CorpusSubstitutes(corpus.naming)
