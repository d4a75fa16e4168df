"""What made each of many variants: a number per variant, and a name per number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Kinds:
    """The transformations of n variants.

    Attributes:
        names: sorted, each once.
        codes: int (n,); the place in ``names`` of each variant's.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int16]

    @classmethod
    def of(cls, names: Iterable[str]) -> Kinds:
        """The kinds of variants whose transformations are called so, in their order."""
        numbers: dict[str, int] = {}
        found = np.fromiter(
            (numbers.setdefault(name, len(numbers)) for name in names), dtype=np.int16
        )
        ordered = sorted(numbers)
        place = np.array([ordered.index(name) for name in numbers], dtype=np.int16)
        return cls(tuple(ordered), place[found] if len(found) else found)

    def __len__(self) -> int:
        return len(self.codes)

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Kinds:
        """Those of some of the variants, by a mask or by their indices."""
        return Kinds(self.names, self.codes[chosen])

    def are(self, name: str) -> NDArray[np.bool_]:
        """Where the transformation is the one called ``name``, (n,)."""
        if name not in self.names:
            return np.zeros(len(self), dtype=np.bool_)
        same: NDArray[np.bool_] = self.codes == self.names.index(name)
        return same

    def present(self) -> list[str]:
        """The names that occur, in the order in which they come first."""
        codes, first = np.unique(self.codes, return_index=True)
        return [self.names[code] for code in codes[np.argsort(first)]]
