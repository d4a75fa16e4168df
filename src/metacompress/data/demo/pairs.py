"""Clone-detection pairs of the demo set, and how they are split.

Two programs of one language are clones if they solve the same problem. Every (problem, language)
has one implementation for ``test``, one for ``valid`` and the rest for ``train``; a pair of
``valid`` or ``test`` joins the unseen implementation with one from training, so these splits ask
for new programs that solve known problems. The problems of ``unseen-problems`` occur in no other
split: what a model has learnt by heart does not help there.

In every split each clone is matched by one pair of distinct programs that starts with the same
program; every other one of these is *hard*, its problems have the same input shape.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from metacompress.data.demo.problems import read_problems
from metacompress.data.example import Example, pair_id
from metacompress.data.task import CLONE_DETECTION
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.demo.problems import Implementation, Problem
    from metacompress.lang.language import Language

DEMO = "demo"
SPLITS = ("train", "valid", "test", "unseen-problems")
_UNSEEN = SPLITS[3]
# One problem in so many of each input shape is kept out of training.
_UNSEEN_SHARE = 5
_DISTINCT = CLONE_DETECTION.labels.index("distinct")
_CLONE = CLONE_DETECTION.labels.index("clone")


class _Parts(NamedTuple):
    """Implementations by what they may be used for."""

    train: list[Implementation]
    valid: list[Implementation]
    test: list[Implementation]
    unseen: list[Implementation]


def demo_examples(split: str, language: Language | None = None) -> Iterator[Example]:
    """Yield the pairs of ``split``, well mixed, the same ones in the same order every time.

    Args:
        split: one of SPLITS.
        language: pairs of this language only.

    Raises:
        UsageError: there is no such split.
    """
    if split not in SPLITS:
        raise UsageError(f"the demo set has no split {split!r}; it has {', '.join(SPLITS)}")
    problems = read_problems()
    parts = _partition(problems)
    shapes = {problem.slug: problem.input_shape for problem in problems}
    first, second = {
        "train": (parts.train, parts.train),
        "valid": (parts.valid, parts.train),
        "test": (parts.test, parts.train),
        _UNSEEN: (parts.unseen, parts.unseen),
    }[split]
    pairs = list(_pairs(first, second, shapes, random.Random(f"pairs of {split}")))
    random.Random(f"order of {split}").shuffle(pairs)
    for example in pairs:
        if language is None or example.programs[0].language == language:
            yield example


def _partition(problems: Iterable[Problem]) -> _Parts:
    parts = _Parts([], [], [], [])
    by_shape: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_shape[problem.input_shape].append(problem)
    for group in by_shape.values():
        group.sort(key=lambda problem: _rank(problem.slug))
        unseen = round(len(group) / _UNSEEN_SHARE)
        for problem in group[:unseen]:
            parts.unseen.extend(problem.implementations)
        for problem in group[unseen:]:
            by_language: defaultdict[Language, list[Implementation]] = defaultdict(list)
            for implementation in problem.implementations:
                by_language[implementation.program.language].append(implementation)
            for of_language in by_language.values():
                test, valid, *train = sorted(of_language, key=lambda one: _rank(one.id))
                parts.test.append(test)
                parts.valid.append(valid)
                parts.train.extend(train)
    return parts


def _rank(name: str) -> str:
    """An order that is arbitrary, and stays when other problems come or go."""
    return hashlib.sha256(name.encode()).hexdigest()


def _pairs(
    first: list[Implementation],
    second: list[Implementation],
    shapes: dict[str, str],
    rng: random.Random,
) -> Iterator[Example]:
    hard = False
    for one in first:
        same_language = [two for two in second if two.program.language == one.program.language]
        clones = [two for two in same_language if two.problem == one.problem and two is not one]
        others = [two for two in same_language if two.problem != one.problem]
        alike = [two for two in others if shapes[two.problem] == shapes[one.problem]]
        hard_pool = rng.sample(alike, min(len(alike), len(clones)))
        easy_pool = rng.sample([two for two in others if two not in hard_pool], len(clones))
        for clone in clones:
            yield _pair(one, clone, _CLONE)
            hard = not hard
            pool = hard_pool if hard and hard_pool else easy_pool
            yield _pair(one, pool.pop(), _DISTINCT)


def _pair(one: Implementation, two: Implementation, label: int) -> Example:
    return Example(
        id=pair_id(one.id, two.id),
        programs=(one.program, two.program),
        label=label,
        # Pairs that share the program that is transformed are not independent.
        group=one.id,
        program_ids=(one.id, two.id),
    )
