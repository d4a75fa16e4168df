"""Variants of one example in random order, for a study that asks one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.variants.making import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from metacompress.data.example import Example
    from metacompress.variants.making import VariantMaker


def drawn_attempts(
    maker: VariantMaker, example: Example, *, mix: Mapping[str, float], seed: int
) -> Iterator[dict[str, Any]]:
    """Yield attempts in the order of a draw; the first that is no refusal is the variant drawn.

    The transformations come in the order of an exponential race, each at a rate of its weight: of
    those that make a variant of this example, each is first with a probability proportional to
    its weight. The variants of one transformation come in random order. The order depends on the
    seed and on the example's id only.

    Args:
        maker: of the variants.
        example: the source.
        mix: weight of each transformation, above 0; 1 where it names none.
        seed: at least 0.
    """
    rng = np.random.default_rng([seed, number_of(example)])
    names = sorted(maker.names)
    times = rng.exponential(size=len(names)) / [mix.get(name, 1.0) for name in names]
    for place in np.argsort(times, kind="stable"):
        rows = list(maker.attempts_of(names[place], example))
        yield from (row for row in rows if "refusal" in row)
        made = [row for row in rows if "refusal" not in row]
        yield from (made[one] for one in rng.permutation(len(made)))
