"""Substitutes that were made elsewhere, as the files of ALERT."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.transforms.naming import read_substitutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.random import Generator

    from metacompress.attacks.substitutes.base import Substitutes
    from metacompress.attacks.substitutes.registry import NameCorpus
    from metacompress.lang.program import AnalysedProgram
    from metacompress.lang.scopes import Binding


class RecordedSubstitutes:
    """Rows of ``idx`` and ``substitutes`` {name: [candidate, ...]}, in the order of the file.

    Raises:
        DataError: the file cannot be read, or a row has another form.
    """

    def __init__(self, path: Path) -> None:
        self._recorded = read_substitutes(path)

    def propose(
        self,
        program_id: str,
        program: AnalysedProgram,
        names: Mapping[str, Sequence[Binding]],
        rng: Generator,
    ) -> Mapping[str, Iterable[str]]:
        """See Substitutes."""
        return self._recorded.get(program_id, {})


def load(location: str, corpus: NameCorpus) -> Substitutes:
    """Substitutes recorded for the data set's programs, in the layout of ALERT's files."""
    return RecordedSubstitutes(Path(location).expanduser())
