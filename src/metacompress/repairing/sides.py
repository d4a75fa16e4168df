"""The sources to learn from, to choose by and to prove a repair on: no program is on two sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from metacompress.errors import UsageError
from metacompress.study.prediction import load_study_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.repairing.settings import RepairSettings

LEARN, CHOOSE, PROVE = "learn", "choose", "prove"


@dataclass(frozen=True, slots=True)
class Sides:
    """Sources by what they are for.

    Attributes:
        learn: to learn from.
        choose: to choose settings and a checkpoint by.
        prove: to compare the student before and after on.
        left_out: sources whose programs stand on several sides.
    """

    learn: tuple[Example, ...]
    choose: tuple[Example, ...]
    prove: tuple[Example, ...]
    left_out: int


def load_sides(settings: RepairSettings, dataset: Dataset, models: Iterable[Classifier]) -> Sides:
    """Share the examples of a repair out.

    Where no split is named for a side, programs (or groups, where the data state them) are drawn
    for it; a pair whose programs were drawn for different sides is left out. So are sources to
    choose by with the text of a program that is learnt from, and sources to prove by with one that
    is learnt from or chosen by, drawn or of a named split.

    Args:
        settings: names of splits, shares and seed.
        dataset: the examples of the split that is learnt from.
        models: examples of named splits that they have no recorded answer for are treated as
            ``settings`` say.

    Raises:
        UsageError: a side is empty.
        DataError: a split cannot be read.
    """
    named = {CHOOSE: settings.valid_split, PROVE: settings.test_split}
    drawn = {
        side: share
        for side, share in ((CHOOSE, settings.valid_share), (PROVE, settings.test_share))
        if named[side] is None
    }
    sides = drawn_sides(dataset.examples, drawn, settings.seed)
    left_out = len(dataset) - sum(map(len, sides.values()))
    asked = list(models)
    # By text: groups and splits may share programs.
    taken = _texts(sides[LEARN])
    for side, split in named.items():
        found = sides[side]
        if split is not None:
            data = settings.data.model_copy(update={"split": split, "limit": settings.test_limit})
            found = load_study_data(data, dataset.task, asked).examples
        sides[side] = tuple(one for one in found if taken.isdisjoint(_texts([one])))
        left_out += len(found) - len(sides[side])
        taken |= _texts(sides[side])
    for side, purpose, option in (
        (LEARN, "learn from", "data"),
        (CHOOSE, "choose by", "valid_split"),
        (PROVE, "prove the repair on", "test_split"),
    ):
        if not sides[side]:
            raise UsageError(
                f"{dataset.source}: no source is left to {purpose}, as those that share a program "
                f"with another side are left out; give more data, or name another split",
                option=option,
            )
    return Sides(sides[LEARN], sides[CHOOSE], sides[PROVE], left_out)


def _texts(examples: Iterable[Example]) -> set[str]:
    return {program.text for example in examples for program in example.programs}


def drawn_sides(
    examples: Sequence[Example], shares: dict[str, float], seed: int
) -> dict[str, tuple[Example, ...]]:
    """Draw programs (or stated groups) for sides, and keep the examples that stand on one.

    Args:
        examples: to share out.
        shares: of the programs, by side; what is left of 1 is for ``learn``.
        seed: of the draw.
    """
    clusters = sorted({cluster for example in examples for cluster in example.clusters})
    order = np.random.default_rng(seed).permutation(len(clusters))
    side_of: dict[str, str] = {}
    start = 0
    for side, share in shares.items():
        end = start + max(1, round(share * len(clusters)))
        side_of |= {clusters[place]: side for place in order[start:end]}
        start = end
    sides: dict[str, list[Example]] = {side: [] for side in (LEARN, CHOOSE, PROVE)}
    first: dict[str, str] = {}
    for example in examples:
        names = example.clusters
        if example.group is None:
            # Rows of one text may have ids of their own: all go where the first of them goes.
            texts = (program.text for program in example.programs)
            names = tuple(map(first.setdefault, texts, example.program_ids))
        found = {side_of.get(name, LEARN) for name in names}
        if len(found) == 1:
            sides[found.pop()].append(example)
    return {side: tuple(kept) for side, kept in sides.items()}
