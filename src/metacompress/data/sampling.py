"""Samples of a data set: an order by seed and id, and the examples that a limit chooses.

The order depends on nothing but the seed and the ids: it is the same on every machine, in every
version of Python and NumPy, and whatever other examples there are. The first N of it are therefore
a sample of N, and a larger sample contains every smaller one.
"""

from __future__ import annotations

import hashlib
import heapq
from typing import TYPE_CHECKING

from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.data.example import Example

_KEY_BYTES = 16


def sample_order(ids: Sequence[str], seed: int) -> list[int]:
    """Positions of ``ids`` in the order in which samples take them.

    Args:
        ids: of n examples; equal ids stay in their order.
        seed: from 0 to 2**32 - 1; each gives another order.

    Returns:
        A permutation of 0, ..., n - 1: the examples by a keyed BLAKE2 digest of their ids, which
        is as good as random and leaves every subset in the order that it has here.
    """
    return sorted(range(len(ids)), key=lambda position: _key(ids[position], seed))


class Chosen:
    """The examples that a limit chooses of those that are offered one after the other.

    Of a sample, as many examples as the limit are held at any time: those that come first in
    ``sample_order`` of what was offered so far.
    """

    def __init__(self, limit: int | None, *, head: bool = False, seed: int = 0) -> None:
        """Choose all examples, the first ``limit`` (``head``), or a sample of ``limit`` by seed.

        Raises:
            UsageError: ``limit`` is below 1.
        """
        if limit is not None and limit < 1:
            raise UsageError(f"limit must be at least 1, not {limit}", option="limit")
        self._limit = limit
        self._head = head
        self._seed = seed
        self._offered = 0
        # By key, the largest first; keys are negative, since heapq keeps the smallest in front.
        self._held: list[tuple[int, int, Example]] = []

    @property
    def offered(self) -> int:
        """How many examples were offered."""
        return self._offered

    @property
    def complete(self) -> bool:
        """Whether no other example can be chosen any more."""
        return self._head and self._limit is not None and self._offered >= self._limit

    def offer(self, example: Example) -> None:
        """Take the next example, or leave it."""
        position = self._offered
        self._offered += 1
        if self._limit is None or (self._head and position < self._limit):
            self._held.append((0, position, example))
        elif not self._head:
            one = (-int.from_bytes(_key(example.id, self._seed), "big"), -position, example)
            if len(self._held) < self._limit:
                heapq.heappush(self._held, one)
            elif one > self._held[0]:
                heapq.heapreplace(self._held, one)

    def offer_all(self, examples: Iterable[Example]) -> Chosen:
        """Offer several; returns itself."""
        for example in examples:
            self.offer(example)
        return self

    def examples(self) -> tuple[Example, ...]:
        """What was chosen, in the order in which it was offered."""
        in_order = sorted(self._held, key=lambda one: abs(one[1]))
        return tuple(example for _, _, example in in_order)


def _key(example_id: str, seed: int) -> bytes:
    # Ids may hold lone surrogates, which plain UTF-8 has no bytes for.
    name = example_id.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name, digest_size=_KEY_BYTES, key=seed.to_bytes(8, "big")).digest()
