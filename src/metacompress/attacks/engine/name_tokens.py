"""How a white box reads names: their tokens, and what exchanging them would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from metacompress.models.protocols.white_box import TokenGradients, WhiteBox

# A sub-token more than the old name had stands where the old one's last stood; its neighbours
# move, which no derivative tells. Half weight is ours.
_BEYOND = 0.5


class NameTokens:
    """First-order changes of a log-probability by renaming; keeps the tokens of all names seen."""

    def __init__(self, victim: WhiteBox) -> None:
        self._victim = victim
        self._embeddings = victim.embeddings
        self._tokens: dict[tuple[str, bool], list[int]] = {}

    def changes(
        self,
        gradients: TokenGradients,
        text: str,
        places: Sequence[tuple[int, int]],
        names: Sequence[str],
    ) -> NDArray[np.float64]:
        """By how much log P(label) changes, to first order, for each new name.

        The derivative at the embeddings times their difference, summed over all occurrences and
        sub-tokens.

        Args:
            gradients: of the program.
            text: the program.
            places: the characters of every occurrence of the identifier.
            names: c candidates.

        Returns:
            float64 (c,); 0 where the model does not read the identifier.
        """
        total = np.zeros(len(names))
        for spaced, group in self._occurrences(gradients, text, places).items():
            tokens = self._tokens_of(names, spaced=spaced)
            longest = max((len(ids) for ids in tokens), default=0)
            padded = np.zeros((len(names), longest), dtype=np.int64)
            lengths = np.array([len(ids) for ids in tokens])
            for row, ids in enumerate(tokens):
                padded[row, : len(ids)] = ids
            derivative = np.zeros((longest, self._embeddings.shape[1]))
            before = 0.0
            for rows in group:
                own = gradients.gradients[rows]
                before += float((self._embeddings[gradients.ids[rows]] * own).sum())
                shared = min(len(own), longest)
                derivative[:shared] += own[:shared]
                derivative[shared:] += _BEYOND * own[-1]
            # (c, l): the new sub-tokens' embeddings in the direction of the derivative.
            after = np.einsum("clh,lh->cl", self._embeddings[padded], derivative)
            after[np.arange(longest) >= lengths[:, None]] = 0
            total += after.sum(axis=1) - before
        return total

    def _occurrences(
        self, gradients: TokenGradients, text: str, places: Sequence[tuple[int, int]]
    ) -> dict[bool, list[NDArray[np.intp]]]:
        """The tokens of each occurrence, by whether white space stands in front."""
        found: dict[bool, list[NDArray[np.intp]]] = {}
        starts, ends = gradients.spans[:, 0], gradients.spans[:, 1]
        for start, end in places:
            # Tokens are in source order: those that reach into the name.
            first = int(np.searchsorted(ends, start, side="right"))
            last = int(np.searchsorted(starts, end, side="left"))
            if first < last:
                spaced = start > 0 and text[start - 1].isspace()
                found.setdefault(spaced, []).append(np.arange(first, last))
        return found

    def _tokens_of(self, names: Sequence[str], *, spaced: bool) -> list[list[int]]:
        new = [name for name in dict.fromkeys(names) if (name, spaced) not in self._tokens]
        if new:
            ids = self._victim.tokens_of(new, spaced=spaced)
            self._tokens.update(zip(((name, spaced) for name in new), ids, strict=True))
        return [self._tokens[name, spaced] for name in names]
