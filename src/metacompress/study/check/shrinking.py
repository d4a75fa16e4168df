"""The stage that shrinks the worst counterexamples of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.errors import ProgramError
from metacompress.models.shared import share_of
from metacompress.relations.one_pair import judge_pair
from metacompress.shrinking.candidate import Pair, Whole
from metacompress.shrinking.parts import PartKind
from metacompress.shrinking.shrinker import EDITS, Shrinker
from metacompress.study.check.answered import ids_of
from metacompress.study.check.shrinking_summary import (
    ShrinkingPass,
    ShrinkingSummary,
    ShrunkCounterexample,
)
from metacompress.study.counterexamples import (
    COUNTEREXAMPLES,
    Counterexample,
    CounterexampleFile,
    PairAnswers,
)
from metacompress.study.players import TEACHER
from metacompress.transforms.gate import Gate
from metacompress.transforms.validity import ValidityLevel
from metacompress.variants.attempt import VariantAttempt

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.relations.base import Relation
    from metacompress.runs.stored_table import StoredTable
    from metacompress.shrinking.shrinker import Shrunk
    from metacompress.study.check.answered import Answered
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.check.readings.judging import Reading
    from metacompress.study.runner import StudyContext


@dataclass(frozen=True, slots=True)
class Found:
    """A counterexample of a check.

    Attributes:
        student: that violates the relation.
        relation: that is violated on the variant, and not on its source.
        id: of the variant.
        magnitude: of the violation.
    """

    student: str
    relation: str
    id: str
    magnitude: float


@dataclass(slots=True)
class _Case:
    """One of the counterexamples that are shrunk.

    Attributes:
        found: which one.
        attempt: its row of the table of variants.
        relation: that is kept violated.
        pair: source and variant as they were found.
        refusal: why it is not shrunk.
        search: that asks about smaller ones; None where it is not shrunk.
        shrunk: what is left, in the end.
    """

    found: Found
    attempt: VariantAttempt
    relation: Relation
    pair: Pair
    refusal: str | None = None
    search: Generator[Pair, bool, Shrunk] | None = None
    shrunk: Shrunk | None = None


def shrinking_stage(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    readings: Mapping[str, Reading],
    parts: Mapping[Part, Answered],
    attempts: StoredTable,
) -> ShrinkingSummary | None:
    """Shrink as many counterexamples as the settings say, and write the file of them.

    Args:
        study: whose settings, examples and models.
        relations: that were evaluated.
        readings: each student read against the teacher.
        parts: the models' answers.
        attempts: the table of variants.

    Returns:
        None where none is to be shrunk.
    """
    config = study.config
    if not config.shrink:
        return None
    count, worst = worst_counterexamples(readings, parts, config.shrink)
    cases = _cases(study, relations, worst, attempts)
    with study.progress.stage("shrinking counterexamples", len(cases)) as advance:
        for _ in _shrink_all(study, cases):
            advance(1)
        found = [_summary(study, case) for case in cases]
    file = CounterexampleFile(
        task=study.dataset.task.name,
        labels=list(study.dataset.task.labels),
        counterexamples=[one.counterexample for one in found],
    )
    study.run.write_json(COUNTEREXAMPLES, file.content())
    left_out = [
        relation.name
        for relation in relations
        if relation.name not in {name for one in readings.values() for name in _of_inputs(one)}
    ]
    return ShrinkingSummary(found=count, left_out=left_out, counterexamples=found)


def worst_counterexamples(
    readings: Mapping[str, Reading], parts: Mapping[Part, Answered], most: int
) -> tuple[int, list[Found]]:
    """The number of counterexamples, and the worst of them.

    The worst of every student and relation come first, then the second worst, and so on. A variant
    counts once for each student, with the relation that it comes first by.

    Args:
        readings: each student read against the teacher.
        parts: the models' answers.
        most: counterexamples that are returned at most.
    """
    ranked: list[tuple[int, int, Found]] = []
    for reading in readings.values():
        outputs = reading.outputs.get(Part.FOLLOW_UPS)
        if outputs is None:
            continue
        ids = ids_of(parts, reading.name)[Part.FOLLOW_UPS]
        sources = outputs.origins[outputs.units]
        for relation in _of_inputs(reading):
            evaluations = reading.evaluations[relation]
            judgement = evaluations[Part.FOLLOW_UPS].judgement
            violated = judgement.violated
            if Part.SOURCES in evaluations:
                violated = violated & ~evaluations[Part.SOURCES].judgement.violated[sources]
            rows = np.flatnonzero(violated)
            order = rows[np.argsort(-judgement.magnitude[rows], kind="stable")]
            ranked += [
                (
                    rank,
                    len(ranked),
                    Found(
                        reading.name, relation, ids[row].as_py(), float(judgement.magnitude[row])
                    ),
                )
                for rank, row in enumerate(order.tolist())
            ]
    first: dict[tuple[str, str], Found] = {}
    for _, _, found in sorted(ranked, key=lambda one: one[:2]):
        first.setdefault((found.student, found.id), found)
    return len(first), list(first.values())[:most]


def _of_inputs(reading: Reading) -> list[str]:
    """The relations that follow-ups violate one by one, and not by a difference over them all."""
    return [
        relation
        for relation, evaluations in reading.evaluations.items()
        if Part.FOLLOW_UPS in evaluations and evaluations[Part.FOLLOW_UPS].scores.is_rate
    ]


def _cases(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    worst: Sequence[Found],
    attempts: StoredTable,
) -> list[_Case]:
    wanted = pa.array(sorted({found.id for found in worst}), pa.string())
    rows = {
        row["id"]: VariantAttempt.of(row)
        for group in attempts.groups()
        for row in group.filter(pc.is_in(group["id"], value_set=wanted)).to_pylist()
    }
    needed = {attempt.source_id for attempt in rows.values()}
    sources = {one.id: one for one in study.dataset.examples if one.id in needed}
    by_name = {relation.name: relation for relation in relations}
    gate = Gate(ValidityLevel(study.config.validity))
    cases = []
    for found in worst:
        attempt = rows[found.id]
        pair = pair_of(sources[attempt.source_id], attempt)
        case = _Case(found, attempt, by_name[found.relation], pair)
        try:
            whole = Whole(*pair, attempt.edits, gate)
        except ProgramError as error:
            case.refusal = str(error)
        else:
            case.search = Shrinker(whole, queries=study.config.shrink_queries).run()
        cases.append(case)
    return cases


def pair_of(source: Example, attempt: VariantAttempt) -> Pair:
    """A source and its variant."""
    return Pair(source, source.with_texts(attempt.programs))


def _shrink_all(study: StudyContext[CheckConfig], cases: Sequence[_Case]) -> Iterator[_Case]:
    """Shrink all at once, so that models have batches; yields each case that is finished.

    Which inputs are asked for together depends on the cases alone.
    """
    waiting: list[tuple[_Case, Pair]] = []
    for case in cases:
        if case.search is None or (asked := _next(case, None)) is None:
            yield case
        else:
            waiting.append((case, asked))
    while waiting:
        violated = _still_violated(study, waiting)
        going_on = []
        for (case, _), answer in zip(waiting, violated, strict=True):
            asked = _next(case, answer)
            if asked is None:
                yield case
            else:
                going_on.append((case, asked))
        waiting = going_on


def _next(case: _Case, answer: bool | None) -> Pair | None:
    """The next pair that a search asks about; None where it is finished."""
    if case.search is None:
        return None
    try:
        return next(case.search) if answer is None else case.search.send(answer)
    except StopIteration as end:
        case.shrunk = end.value
        return None


def _still_violated(
    study: StudyContext[CheckConfig], asked: Sequence[tuple[_Case, Pair]]
) -> list[bool]:
    """Whether each pair violates its relation, and its source by itself does not."""
    found = []
    for case, teacher, student in _answers(study, asked):
        judged = judge_pair(case.relation, case.pair.source.label, teacher, student)
        found.append(judged.violated and not judged.source_violated)
    return found


_OnPair = tuple["list[float]", "list[float]"]


def _answers(
    study: StudyContext[CheckConfig], asked: Sequence[tuple[_Case, Pair]]
) -> Iterator[tuple[_Case, _OnPair, _OnPair]]:
    """What teacher and student answer to each pair, in their order."""
    inputs = [example for _, pair in asked for example in pair]
    rows: dict[str, list[int]] = {TEACHER: list(range(len(inputs)))}
    for number, (case, _) in enumerate(asked):
        rows.setdefault(case.found.student, []).extend((2 * number, 2 * number + 1))
    answers: dict[str, dict[int, list[float]]] = {}
    for name, wanted in rows.items():
        model = study.models[name]
        predictions, new = study.store.predict(
            model, [inputs[row] for row in wanted], share=share_of(model)
        )
        study.asked[name] += new
        answers[name] = dict(zip(wanted, predictions.probabilities.tolist(), strict=True))
    for number, (case, _) in enumerate(asked):
        teacher, student = (
            (answers[name][2 * number], answers[name][2 * number + 1])
            for name in (TEACHER, case.found.student)
        )
        yield case, teacher, student


def _summary(study: StudyContext[CheckConfig], case: _Case) -> ShrunkCounterexample:
    shrunk = case.shrunk
    pair = case.pair if shrunk is None else shrunk.pair
    ((_, teacher, student),) = _answers(study, [(case, pair)])
    counts = {
        name: (None, None) if shrunk is None else shrunk.counts(name)
        for name in (EDITS, str(PartKind.STATEMENTS))
    }
    return ShrunkCounterexample(
        counterexample=Counterexample(
            id=case.found.id,
            relation=case.relation.name,
            constants=case.relation.model_dump(mode="json"),
            label=pair.source.label,
            languages=[str(program.language) for program in pair.source.programs],
            source=[program.text for program in pair.source.programs],
            variant=[program.text for program in pair.variant.programs],
            student=case.found.student,
            teacher_answers=PairAnswers(source=teacher[0], variant=teacher[1]),
            student_answers=PairAnswers(source=student[0], variant=student[1]),
        ),
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
