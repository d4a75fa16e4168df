"""Check a student first: it answers all inputs, its teacher as many as the verdict needs.

The verdict is about the rates among these N inputs, not about others like them. Follow-ups count
whether or not a model can tell them from their source, since that would take the teacher's answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from metacompress.data.part import Part
from metacompress.errors import UsageError
from metacompress.relations import make_relation
from metacompress.relations.outputs import Outputs, shared_weights
from metacompress.runs.kind import RunKind
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_files import (
    ENVIRONMENT,
    IDENTITY_FILES,
    RECOGNITION,
    STORE,
    SUMMARY,
    store_files,
)
from metacompress.settings.contents import input_files
from metacompress.stats.betting.stratified import bounds, evidence_of_fail, evidence_of_pass
from metacompress.stats.betting.survey import Survey
from metacompress.stats.verdict import Verdict, combine
from metacompress.study.check.survey.summary import (
    StudentFirstSummary,
    SurveyedPart,
    SurveyedRow,
)
from metacompress.study.players import TEACHER
from metacompress.study.runner import run_study
from metacompress.variants.follow_ups import FollowUps
from metacompress.variants.plan import make_plan
from metacompress.variants.table import VARIANTS_FILES, variants_stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from metacompress.data.dataset import Dataset
    from metacompress.data.example import Example
    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.runs.run_directory import RunDirectory
    from metacompress.study.check.config import CheckConfig
    from metacompress.study.runner import StudyContext
    from metacompress.variants.plan import VariantPlan

STUDENT_FIRST = RunKind(
    name="survey",
    option="--run",
    files=(
        *IDENTITY_FILES,
        SUMMARY,
        ENVIRONMENT,
        RECOGNITION,
        *VARIANTS_FILES,
        *store_files(STORE),
    ),
    results=(SUMMARY,),
    still_valid=lambda different: store_files(STORE),
    keeps_answers=False,
)
# Inputs that the teacher is asked at a time. Ours: the chances of the draws change between.
_BATCH = 32


def run_student_first(
    config: CheckConfig,
    *,
    models: Mapping[str, object] | None = None,
    dataset: Dataset | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> RunDirectory:
    """Check a student first; the arguments are those of ``run_study``.

    Killed at any point and run again, it draws the same inputs, and what the teacher answered
    comes from the store.

    Raises:
        MetaCompressError: see metacompress.errors; several students, a floor, or no relation that
            can be surveyed among others.
    """
    if len(config.student) != 1 or config.floor is not None:
        raise UsageError("student first takes one student and no floor", option="student_first")
    if config.sequential:
        raise UsageError(
            "student first is a design of its own: leave --sequential out", option="sequential"
        )
    for name in ("shrink", "locate"):
        if getattr(config, name):
            raise UsageError(
                f"student first keeps no counterexamples: leave --{name} out", option=name
            )
    if config.baseline is not None:
        raise UsageError(
            "student first asks the teacher about a sample of its own, so nothing is compared with "
            "a baseline: leave --baseline out",
            option="baseline",
        )
    relations = [make_relation(name, constants) for name, constants in config.relations.items()]
    surveyed = [relation for relation in relations if relation.judges_each_input]
    if not surveyed:
        raise UsageError(
            f"student first needs a relation that compares two answers to one input, such as "
            f"prediction-agreement; {', '.join(config.relations)} need more",
            option="relations",
        )
    plan = make_plan(config, arity=config.define(config.task).arity)
    left_out = [relation.name for relation in relations if not relation.judges_each_input]
    return run_study(
        STUDENT_FIRST,
        config,
        lambda study: _survey_all(study, surveyed, left_out, plan),
        name=f"{config.task}-student-first",
        files=input_files(config),
        models=models,
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )


def _survey_all(
    study: StudyContext[CheckConfig],
    relations: Sequence[Relation],
    left_out: Sequence[str],
    plan: VariantPlan,
) -> StudentFirstSummary:
    config, dataset = study.config, study.dataset
    attempts = variants_stage(dataset, plan, study.run, study.progress, study.executor)
    follow_ups = FollowUps(attempts, dataset.examples)
    inputs: dict[Part, tuple[Sequence[Example], NDArray[np.float64]]] = {
        Part.SOURCES: (dataset.examples, np.ones(len(dataset)))
    }
    if len(follow_ups):
        _, units = np.unique(follow_ups.source_rows, return_inverse=True)
        weights = shared_weights(units, follow_ups.kinds, config.mix)
        # Held, for the teacher is asked about any of them.
        inputs[Part.FOLLOW_UPS] = (list(follow_ups), weights)
    rows = len(relations) * len(inputs)
    parts = {
        part: _PartSurvey(study, relations, part, examples, weights, rows, [config.seed, number])
        .run()
        .summary()
        for number, (part, (examples, weights)) in enumerate(inputs.items())
    }
    return StudentFirstSummary(
        verdict=combine(
            row.verdict for found in parts.values() for row in found.relations.values()
        ),
        confidence=config.confidence,
        parts=parts,
        no_part=list(left_out),
        config=config.identity(),
    )


@dataclass(slots=True)
class _PartSurvey:
    """Asks the teacher about inputs of one part until each relation is decided.

    Attributes:
        study: whose models.
        relations: that judge each input by itself.
        part: of the inputs.
        examples: N inputs.
        weights: of the inputs, (N,).
        rows: relations on parts, over all parts: a wrong fail in any of them has the error of one.
        seed: of the draws.
        decisions: verdict and calls, by relation.
    """

    study: StudyContext[CheckConfig]
    relations: Sequence[Relation]
    part: Part
    examples: Sequence[Example]
    weights: NDArray[np.float64]
    rows: int
    seed: Sequence[int]
    decisions: dict[int, tuple[Verdict, int]] = field(init=False, default_factory=dict)
    _survey: Survey = field(init=False)

    def run(self) -> _PartSurvey:
        """Ask the student about everything and the teacher batch by batch."""
        (student,) = self.study.config.student
        words = self.part.words
        answers = self.study.predict(student, self.examples, f"{student} on {words}").probabilities
        survey = self._survey = Survey(
            margins(answers),
            self.weights,
            [relation.tolerance for relation in self.relations],
            np.random.default_rng(self.seed),
        )
        quiet = replace(self.study, progress=NoProgress())
        with self.study.progress.stage(f"teacher on {words}", len(self.examples)) as advance:
            while waiting := [
                row for row in range(len(self.relations)) if row not in self.decisions
            ]:
                drawn = survey.draw(_BATCH, waiting)
                asked = [self.examples[index] for index in drawn]
                teacher = quiet.predict(TEACHER, asked, "").probabilities
                survey.tell(self._violated(teacher, answers[drawn]))
                for row in waiting:
                    self._decide(row)
                advance(len(drawn))
        return self

    def summary(self) -> SurveyedPart:
        """What was found, by relation."""
        return SurveyedPart(
            inputs=len(self.examples),
            asked=len(self._survey),
            relations={
                relation.name: self._row(row, relation)
                for row, relation in enumerate(self.relations)
            },
        )

    @property
    def _alpha(self) -> float:
        return (1 - self.study.config.confidence) / 2

    def _violated(
        self, teacher: NDArray[np.float64], student: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        unknown = np.full(len(teacher), -1)
        outputs = Outputs.of_sources(teacher, student, unknown, np.arange(len(teacher)))
        return np.array([one.judge(outputs).violated for one in self.relations], dtype=np.float64)

    def _decide(self, row: int) -> None:
        estimates, tolerance = self._survey.estimates(row), self.relations[row].tolerance
        needed = -np.log(self._alpha)
        if evidence_of_pass(estimates, tolerance).max() >= needed:
            self.decisions[row] = (Verdict.PASS, len(self._survey))
        elif evidence_of_fail(estimates, tolerance).max() >= needed + np.log(self.rows):
            self.decisions[row] = (Verdict.FAIL, len(self._survey))

    def _row(self, row: int, relation: Relation) -> SurveyedRow:
        verdict, decided_at = self.decisions[row]
        estimates = self._survey.estimates(row)
        low, high = bounds(estimates, alpha=self._alpha)
        # Each estimate is unbiased; their mean over the draws is, too, and varies less.
        estimate = float(np.clip(np.mean(estimates.values), low, high))
        return SurveyedRow(
            verdict=verdict,
            decided_at=decided_at,
            estimate=estimate,
            low=low,
            high=high,
            tolerance=relation.tolerance,
            log_e_pass=float(evidence_of_pass(estimates, relation.tolerance).max()),
            log_e_fail=float(evidence_of_fail(estimates, relation.tolerance).max()),
        )


def margins(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Top probability minus the second, (n,), of probabilities (n, k); 1 for one class."""
    if p.shape[1] < 2:
        return np.ones(len(p))
    top = np.partition(p, -2, axis=1)[:, -2:]
    margin: NDArray[np.float64] = top[:, 1] - top[:, 0]
    return margin
