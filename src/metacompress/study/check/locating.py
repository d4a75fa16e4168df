"""Locates where the worst counterexamples of a check part teacher and student."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

from metacompress.errors import MetaCompressError
from metacompress.lang.program import AnalysedProgram
from metacompress.locating.gradients import GradientSource, token_parts
from metacompress.locating.trials import Parting, effects, explained, trials_of
from metacompress.relations.one_pair import judge_pair
from metacompress.shrinking.candidate import Pair
from metacompress.study.check.located import edit_reading, gradient_reading
from metacompress.study.check.locating_summary import LocatedCounterexample
from metacompress.study.check.white_boxes import white_box
from metacompress.study.check.worst import answers_to
from metacompress.study.location import Location
from metacompress.study.players import TEACHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from metacompress.locating.trials import Trial
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.worst import Case, OnPair
    from metacompress.study.location import EditReading, GradientReading
    from metacompress.study.runner import StudyContext

# Counterexamples that are asked about together, so that models have batches. Ours.
_TOGETHER = 16

_Answers = tuple["OnPair", "OnPair"]
_WhiteBoxes: TypeAlias = "Callable[[str], GradientSource | str]"


def locate(study: StudyContext[CheckConfig], cases: Sequence[Case]) -> list[LocatedCounterexample]:
    """Locate the parting in counterexamples as they were found.

    Args:
        study: whose settings and models.
        cases: the counterexamples.
    """
    models = cache(partial(white_box, study))
    found = []
    with study.progress.stage("locating counterexamples", len(cases)) as advance:
        for start in range(0, len(cases), _TOGETHER):
            for one in _located(study, cases[start : start + _TOGETHER], models):
                found.append(one)
                advance(1)
    return found


def _located(
    study: StudyContext[CheckConfig], cases: Sequence[Case], models: _WhiteBoxes
) -> Iterator[LocatedCounterexample]:
    edits = study.config.locate_queries // 2
    trials = [[] if case.whole is None else trials_of(case.whole, edits) for case in cases]
    asked = [
        (number, pair)
        for number, (case, of_case) in enumerate(zip(cases, trials, strict=True))
        for pair in _pairs(case, of_case)
    ]
    answers: dict[tuple[int, Pair], _Answers] = dict(
        zip(
            asked,
            answers_to(study, [(cases[number], pair) for number, pair in asked]),
            strict=True,
        )
    )
    for number, (case, of_case) in enumerate(zip(cases, trials, strict=True)):
        known = {pair: found for (n, pair), found in answers.items() if n == number}
        gradients, no_gradients = _by_gradients(case, known[case.pair], models)
        location = Location(
            by_edits=_by_edits(case, of_case, known),
            no_edits=case.refusal,
            by_gradients=gradients,
            no_gradients=no_gradients,
        )
        kept = case.counterexample(case.pair, *known[case.pair])
        yield LocatedCounterexample(
            counterexample=kept.model_copy(update={"location": location}),
            source_id=case.attempt.source_id,
            transformation=case.attempt.transformation,
        )


def _pairs(case: Case, trials: Sequence[Trial]) -> list[Pair]:
    """The pairs that models are asked about, each once."""
    pairs = [case.pair, Pair(case.pair.source, case.pair.source)]
    pairs += [pair for one in trials for pair in (one.undone, one.alone) if isinstance(pair, Pair)]
    return list(dict.fromkeys(pairs))


def _by_edits(
    case: Case, trials: Sequence[Trial], known: Mapping[Pair, _Answers]
) -> EditReading | None:
    if case.whole is None:
        return None

    def parting(pair: object) -> Parting | None:
        if not isinstance(pair, Pair):
            return None
        judged = judge_pair(case.relation, case.pair.source.label, *known[pair])
        magnitude = 0.0 if math.isnan(judged.magnitude) else judged.magnitude
        return Parting(magnitude, judged.violated and not judged.source_violated)

    whole, source = (
        parting(pair) or Parting(0.0, violated=False)
        for pair in (case.pair, Pair(case.pair.source, case.pair.source))
    )
    found = effects([(parting(one.undone), parting(one.alone)) for one in trials], whole, source)
    asked = {pair.variant.content_key() for pair in known}
    asked -= {example.content_key() for example in case.pair}
    return edit_reading(
        case.whole, trials, found, whole, source, explained(found, whole, source), len(asked)
    )


def _by_gradients(
    case: Case, answers: _Answers, models: _WhiteBoxes
) -> tuple[GradientReading | None, str | None]:
    """What gradients say; or None, and why."""
    white = [models(name) for name in (TEACHER, case.found.student)]
    unknown = [one for one in white if isinstance(one, str)]
    if unknown:
        return None, "; ".join(unknown)
    teacher, student = (on_pair[1] for on_pair in answers)
    try:
        programs = [
            AnalysedProgram.of(one.text, one.language) for one in case.pair.variant.programs
        ]
        boxes = [one for one in white if isinstance(one, GradientSource)]
        parts = token_parts(boxes, (teacher, student), case.pair.variant, programs)
    except MetaCompressError as error:
        return None, str(error)
    return gradient_reading(programs, parts, (teacher, student)), None
