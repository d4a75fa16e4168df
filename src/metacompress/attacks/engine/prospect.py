"""Whether a search is near enough to its goal for what it has asked already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Prospect:
    """The hope of one search: it falls with what was asked and with the margin that is left.

    A search is hopeless once effort times margin exceeds its patience, and never within its first
    pass: of a victim that is sure of its answers, nothing shows before it flips. The effort is the
    number of programs asked about, in units of the single renamings that the example has: 1 is
    one pass over all names of all identifiers. The margin is the lowest so far. With a patience of
    0.5, a search goes on after one pass where the margin is at most 0.5 (two classes: P(label) up
    to 0.62), after two where it is at most 0.25 (0.56).

    Args:
        patience: 0 never gives up.
        renamings: single renamings of the example; without any, nothing is given up.
    """

    def __init__(self, patience: float, renamings: int) -> None:
        self._limit = patience * renamings
        self._pass = renamings
        self._asked = 0
        self._lowest = np.inf

    def note(self, margins: NDArray[np.float64]) -> None:
        """Programs beside the source were asked about, each for the first time; (m,)."""
        self._asked += len(margins)
        self._lowest = min(self._lowest, margins.min(initial=np.inf))

    @property
    def is_hopeless(self) -> bool:
        """Whether the search should be given up."""
        if self._asked < self._pass:
            return False
        return bool(0 < self._limit < self._asked * self._lowest)
