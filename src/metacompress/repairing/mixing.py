"""Which inputs a training sees how often: sources, variants, and hard ones among both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mixed_rows(
    is_variant: NDArray[np.bool_],
    is_hard: NDArray[np.bool_],
    rows: int,
    *,
    variant_share: float,
    hard_share: float,
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """Draw the rows of a training from its inputs, in random order.

    Within sources and within variants, inputs take turns: none comes twice before all have come
    once. Hard ones come again for their share of the rows. A share of what there is none of goes
    to the others.

    Args:
        is_variant: (n,), whether an input is a variant and not a source.
        is_hard: (n,), whether the student parts from its teacher on it.
        rows: how many to draw, at least 1.
        variant_share: of the rows, in [0, 1].
        hard_share: of the rows of either kind, in [0, 1].
        rng: of the draw.

    Returns:
        indices of inputs, (rows,).
    """
    variants = round(variant_share * rows) if is_variant.any() else 0
    if is_variant.all():
        variants = rows
    drawn = []
    for pool, count in ((is_variant, variants), (~is_variant, rows - variants)):
        hard = np.flatnonzero(pool & is_hard)
        again = round(hard_share * count) if len(hard) else 0
        drawn += [_in_turns(hard, again, rng), _in_turns(np.flatnonzero(pool), count - again, rng)]
    return rng.permutation(np.concatenate(drawn))


def beside_sources(
    drawn: NDArray[np.intp], is_variant: NDArray[np.bool_], source_rows: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Group drawn rows: a source, and its share of the variants of it that were drawn.

    Where a source comes several times, its variants are spread over these. A variant whose source
    was not drawn is alone.

    Args:
        drawn: indices of inputs, (rows,).
        is_variant: (n,), whether an input is a variant and not a source.
        source_rows: (n,), the input that is the source of each; of a source, itself.

    Returns:
        the group of each row, (rows,).
    """
    groups = np.arange(len(drawn))
    times: dict[int, list[int]] = {}
    for row, one in enumerate(drawn.tolist()):
        if not is_variant[one]:
            times.setdefault(one, []).append(row)
    seen: Counter[int] = Counter()
    for row, one in enumerate(drawn.tolist()):
        source = int(source_rows[one])
        if is_variant[one] and source in times:
            groups[row] = times[source][seen[source] % len(times[source])]
            seen[source] += 1
    return groups


def _in_turns(pool: NDArray[np.intp], count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """``count`` of ``pool``, whole permutations of it one after the other."""
    if not count:
        return np.zeros(0, dtype=np.intp)
    turns = -(-count // len(pool))
    return np.concatenate([rng.permutation(pool) for _ in range(turns)])[:count]


def some_of_each(
    source_rows: NDArray[np.intp], most: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Draw at most ``most`` variants of every source.

    Args:
        source_rows: (n,), the source of each variant.
        most: at least 1.
        rng: of the draw.

    Returns:
        indices of variants, in their order.
    """
    order = rng.permutation(len(source_rows))
    order = order[np.argsort(source_rows[order], kind="stable")]
    sources = source_rows[order]
    first = np.searchsorted(sources, sources)
    return np.sort(order[np.arange(len(order)) - first < most])
