"""Clone-detection pairs of the demo set, and how they are split.

Two programs are clones if they solve the same problem. Every (problem, language) has one
implementation for ``test``, every problem another one for ``valid``, in a language that rotates
from problem to problem, and the rest are for ``train``.
A pair of ``valid`` or ``test`` joins the unseen implementation with one from training, in one
language: these splits ask for new programs that solve known problems. The problems of
``unseen-problems`` occur in no other split: what a model has learnt by heart does not help there.
``train`` also pairs programs of different languages, because two of a kind are few.

In every split each clone is matched by one pair of distinct programs that starts with the same
program; every third one of these is *hard*, its problems have the same input shape.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from metacompress.data.demo.problems import DEMO_PROBLEM, read_problems
from metacompress.data.example import Example, Place, pair_id
from metacompress.data.task import CLONE_DETECTION, NEXT_TOKEN
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metacompress.data.demo.problems import Implementation, Problem
    from metacompress.data.task import Task
    from metacompress.lang.language import Language

SPLITS = ("train", "valid", "test", "unseen-problems")
_UNSEEN = SPLITS[3]
# One problem in so many of each input shape is kept out of training.
_UNSEEN_SHARE = 5
# One distinct pair in so many is hard.
_HARD_SHARE = 3
_DISTINCT = CLONE_DETECTION.labels.index("distinct")
_CLONE = CLONE_DETECTION.labels.index("clone")


def demo_examples(task: Task, split: str, language: Language | None = None) -> Iterator[Example]:
    """Yield the examples of ``split``, well mixed, the same ones in the same order every time.

    Args:
        task: clone-detection (pairs), demo-problem or next-token (single programs).
        split: one of SPLITS.
        language: programs of this language only.

    Raises:
        UsageError: there is no such split, or the set is not for this task.
    """
    if split not in SPLITS:
        raise UsageError(
            f"the demo set has no split {split!r}; it has {', '.join(SPLITS)}", option="split"
        )
    problems = read_problems()
    parts = _partition(problems)
    if task == CLONE_DETECTION:
        examples = list(_pairs_of(split, parts, problems))
    elif task == DEMO_PROBLEM:
        examples = [_single(one) for one in parts[split]]
    elif task == NEXT_TOKEN:
        examples = [replace(_single(one), label=None) for one in parts[split]]
    else:
        raise UsageError(
            f"the demo set is for {CLONE_DETECTION.name} and {DEMO_PROBLEM.name}, not {task.name}",
            option="task",
        )
    random.Random(f"order of {split}").shuffle(examples)
    for example in examples:
        if language is None or all(program.language == language for program in example.programs):
            yield example


def _pairs_of(
    split: str, parts: dict[str, list[Implementation]], problems: Iterable[Problem]
) -> Iterator[Example]:
    shapes = {problem.slug: problem.input_shape for problem in problems}
    second = parts[_UNSEEN if split == _UNSEEN else "train"]
    rng = random.Random(f"pairs of {split}")
    return _pairs(parts[split], second, shapes, rng, across_languages=split == "train")


def _partition(problems: Iterable[Problem]) -> dict[str, list[Implementation]]:
    """Split to the implementations that are new in it."""
    parts: dict[str, list[Implementation]] = {split: [] for split in SPLITS}
    by_shape: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_shape[problem.input_shape].append(problem)
    known = 0
    for group in by_shape.values():
        group.sort(key=lambda problem: _rank(problem.slug))
        unseen = round(len(group) / _UNSEEN_SHARE)
        for problem in group[:unseen]:
            parts[_UNSEEN].extend(problem.implementations)
        for problem in group[unseen:]:
            by_language: defaultdict[Language, list[Implementation]] = defaultdict(list)
            for implementation in problem.implementations:
                by_language[implementation.program.language].append(implementation)
            validates = sorted(by_language)[known % len(by_language)]
            known += 1
            for language, of_language in by_language.items():
                test, *others = sorted(of_language, key=lambda one: _rank(one.id))
                parts["test"].append(test)
                if language == validates:
                    parts["valid"].append(others.pop())
                parts["train"].extend(others)
    return parts


def _rank(name: str) -> str:
    """An order that is arbitrary, and stays when other problems come or go."""
    return hashlib.sha256(name.encode()).hexdigest()


def _pairs(
    first: list[Implementation],
    second: list[Implementation],
    shapes: dict[str, str],
    rng: random.Random,
    *,
    across_languages: bool,
) -> Iterator[Example]:
    distinct = 0
    for one in first:
        candidates = [
            two
            for two in second
            if across_languages or two.program.language == one.program.language
        ]
        clones = [two for two in candidates if two.problem == one.problem and two is not one]
        others = [two for two in candidates if two.problem != one.problem]
        rng.shuffle(others)
        alike = [two for two in others if shapes[two.problem] == shapes[one.problem]]
        for clone in clones:
            yield _pair(one, clone, _CLONE)
            other = (alike if distinct % _HARD_SHARE == 0 and alike else others)[-1]
            others.remove(other)
            if other in alike:
                alike.remove(other)
            distinct += 1
            yield _pair(one, other, _DISTINCT)


def _pair(one: Implementation, two: Implementation, label: int) -> Example:
    return Example(
        id=pair_id(one.id, two.id),
        programs=(one.program, two.program),
        label=label,
        group=None,
        program_ids=(one.id, two.id),
        places=(_place(one), _place(two)),
    )


def _single(one: Implementation) -> Example:
    return Example(
        id=one.id,
        programs=(one.program,),
        label=DEMO_PROBLEM.labels.index(one.problem),
        group=one.problem,
        program_ids=(one.id,),
        places=(_place(one),),
    )


def _place(one: Implementation) -> Place:
    """Where it stands in this package, wherever that is installed."""
    return Place(f"metacompress/data/demo/problems/{one.id}")
