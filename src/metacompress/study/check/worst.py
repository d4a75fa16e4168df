"""The worst counterexamples of a check, and what the models answer to pairs like them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metacompress.data.part import Part
from metacompress.errors import MissingFrontEndError, ProgramError
from metacompress.models.shared import share_of
from metacompress.shrinking.candidate import Pair, Whole
from metacompress.study.check.answered import ids_of
from metacompress.study.counterexamples import Counterexample, PairAnswers
from metacompress.study.players import TEACHER
from metacompress.transforms.gate import Gate
from metacompress.transforms.validity_level import ValidityLevel
from metacompress.variants.attempt import VariantAttempt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from metacompress.data.example import Example
    from metacompress.relations.base import Relation
    from metacompress.runs.stored_table import StoredTable
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


@dataclass(frozen=True, slots=True)
class Case:
    """One of the counterexamples that are looked into.

    Attributes:
        found: which one.
        attempt: its row of the table of variants.
        relation: that is violated.
        pair: source and variant as they were found.
        whole: of which some may be left out; None where that is not possible.
        refusal: why it is not.
    """

    found: Found
    attempt: VariantAttempt
    relation: Relation
    pair: Pair
    whole: Whole | None
    refusal: str | None

    def counterexample(self, pair: Pair, teacher: OnPair, student: OnPair) -> Counterexample:
        """It, or what is left of it, with the models' answers."""
        return Counterexample(
            id=self.found.id,
            relation=self.relation.name,
            constants=self.relation.model_dump(mode="json"),
            label=pair.source.label,
            languages=[str(program.language) for program in pair.source.programs],
            source=[program.text for program in pair.source.programs],
            variant=[program.text for program in pair.variant.programs],
            student=self.found.student,
            teacher_answers=PairAnswers(source=teacher[0], variant=teacher[1]),
            student_answers=PairAnswers(source=student[0], variant=student[1]),
        )


OnPair = tuple["list[float]", "list[float]"]
"""The class probabilities of one model on a source and on its variant."""


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
        for relation in relations_of_inputs(reading):
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


def relations_of_inputs(reading: Reading) -> list[str]:
    """The relations that follow-ups violate one by one, and not by a difference over them all."""
    return [
        relation
        for relation, evaluations in reading.evaluations.items()
        if Part.FOLLOW_UPS in evaluations and evaluations[Part.FOLLOW_UPS].scores.is_rate
    ]


def cases_of(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    worst: Sequence[Found],
    attempts: StoredTable,
) -> list[Case]:
    """Counterexamples with their programs and edits, in their order."""
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
        pair = _pair_of(sources[attempt.source_id], attempt)
        whole, refusal = None, None
        try:
            whole = Whole(*pair, attempt.edits, gate)
        except (MissingFrontEndError, ProgramError) as error:
            refusal = str(error)
        cases.append(Case(found, attempt, by_name[found.relation], pair, whole, refusal))
    return cases


def _pair_of(source: Example, attempt: VariantAttempt) -> Pair:
    return Pair(source, source.with_texts(attempt.programs))


def answers_to(
    study: StudyContext[CheckConfig], asked: Sequence[tuple[Case, Pair]]
) -> Iterator[tuple[OnPair, OnPair]]:
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
        yield teacher, student
