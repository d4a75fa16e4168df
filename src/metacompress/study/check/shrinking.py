"""Shrinks the worst counterexamples of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metacompress.relations.one_pair import judge_pair
from metacompress.shrinking.parts import PartKind
from metacompress.shrinking.shrinker import EDITS, Shrinker
from metacompress.study.check.shrinking_summary import ShrinkingPass, ShrunkCounterexample
from metacompress.study.check.worst import answers_to

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from metacompress.shrinking.candidate import Pair
    from metacompress.shrinking.shrinker import Shrunk
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.worst import Case
    from metacompress.study.runner import StudyContext


@dataclass(slots=True)
class _Search:
    """The search for what is left of one counterexample.

    Attributes:
        case: the counterexample.
        steps: that ask about smaller ones; None where it is not shrunk.
        shrunk: what is left, in the end.
    """

    case: Case
    steps: Generator[Pair, bool, Shrunk] | None
    shrunk: Shrunk | None = None


def shrink(study: StudyContext[CheckConfig], cases: Sequence[Case]) -> list[ShrunkCounterexample]:
    """Shrink counterexamples, as far as the settings allow.

    Args:
        study: whose settings and models.
        cases: the counterexamples.
    """
    queries = study.config.shrink_queries
    searches = [
        _Search(case, None if case.whole is None else Shrinker(case.whole, queries=queries).run())
        for case in cases
    ]
    with study.progress.stage("shrinking counterexamples", len(cases)) as advance:
        for _ in _run_all(study, searches):
            advance(1)
        return [_summary(study, search) for search in searches]


def _run_all(study: StudyContext[CheckConfig], searches: Sequence[_Search]) -> Iterator[_Search]:
    """Shrink all at once, so that models have batches; yields each search that is finished.

    Which inputs are asked for together depends on the counterexamples alone.
    """
    waiting: list[tuple[_Search, Pair]] = []
    for search in searches:
        asked = _next(search, None)
        if asked is None:
            yield search
        else:
            waiting.append((search, asked))
    while waiting:
        violated = _still_violated(study, waiting)
        going_on = []
        for (search, _), answer in zip(waiting, violated, strict=True):
            asked = _next(search, answer)
            if asked is None:
                yield search
            else:
                going_on.append((search, asked))
        waiting = going_on


def _next(search: _Search, answer: bool | None) -> Pair | None:
    """The next pair that a search asks about; None where it is finished."""
    if search.steps is None:
        return None
    try:
        return next(search.steps) if answer is None else search.steps.send(answer)
    except StopIteration as end:
        search.shrunk = end.value
        return None


def _still_violated(
    study: StudyContext[CheckConfig], asked: Sequence[tuple[_Search, Pair]]
) -> list[bool]:
    """Whether each pair violates its relation, and its source by itself does not."""
    pairs = [(search.case, pair) for search, pair in asked]
    found = []
    for (case, _), (teacher, student) in zip(pairs, answers_to(study, pairs), strict=True):
        judged = judge_pair(case.relation, case.pair.source.label, teacher, student)
        found.append(judged.violated and not judged.source_violated)
    return found


def _summary(study: StudyContext[CheckConfig], search: _Search) -> ShrunkCounterexample:
    case, shrunk = search.case, search.shrunk
    pair = case.pair if shrunk is None else shrunk.pair
    ((teacher, student),) = answers_to(study, [(case, pair)])
    counts = {
        name: (None, None) if shrunk is None else shrunk.counts(name)
        for name in (EDITS, str(PartKind.STATEMENTS))
    }
    return ShrunkCounterexample(
        counterexample=case.counterexample(pair, teacher, student),
        source_id=case.attempt.source_id,
        transformation=case.attempt.transformation,
        magnitude=case.found.magnitude,
        edits_before=counts[EDITS][0],
        edits=counts[EDITS][1],
        statements_before=counts[str(PartKind.STATEMENTS)][0],
        statements=counts[str(PartKind.STATEMENTS)][1],
        queries=0 if shrunk is None else shrunk.queries,
        passes=[
            ShrinkingPass(
                name=one.name,
                before=one.before,
                after=one.after,
                tried=one.tried,
                kept=one.kept,
                refused=dict(sorted(one.refused.items())),
                stopped=str(one.stopped),
            )
            for one in (() if shrunk is None else shrunk.passes)
        ],
        refusal=case.refusal,
    )
