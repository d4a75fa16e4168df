"""The order in which a sequential check asks sources, and the batches of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from metacompress.data.sampling import sample_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.data.example import Example

# Sources of the first batches, and the share of those asked that a later batch adds: what is asked
# beyond a decision. The constants are ours.
_BATCH = 32
_GROWTH = 8


def sequence_order(examples: Sequence[Example], seed: int) -> list[int]:
    """Positions of examples in random order, of which no two share a program or a group.

    Bets need sources that are independent of those before. Of several that share a cluster, the
    first in random order is taken; what is left out does not depend on any answer. The order of
    a larger sample begins with that of a smaller one (``sample_order``).

    Args:
        examples: n of them.
        seed: of the order.
    """
    taken: set[str] = set()
    order = []
    for position in sample_order([example.id for example in examples], seed):
        clusters = examples[position].clusters
        if taken.isdisjoint(clusters):
            taken.update(clusters)
            order.append(position)
    return order


def order_digest(examples: Sequence[Example]) -> str:
    """A hexadecimal digest of examples in their order, by id, content and label."""
    digest = hashlib.sha256()
    for example in examples:
        parts = (example.id, example.content_key(), example.label, example.clusters)
        digest.update(repr(parts).encode())
    return digest.hexdigest()


def batch_ends(total: int, others: Iterable[int] = ()) -> list[int]:
    """Numbers of sources asked at the ends of batches, ascending, up to ``total``.

    Args:
        total: sources in all.
        others: numbers at which an earlier study of fewer sources ended, which are ends, too.
    """
    ends: set[int] = {total, *(end for end in others if end < total)} - {0}
    end = 0
    while (end := end + max(_BATCH, end // _GROWTH)) < total:
        ends.add(end)
    return sorted(ends)
