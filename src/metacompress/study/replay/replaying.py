"""Asks models about the counterexamples of a file."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.data.dataset import Dataset
from metacompress.data.example import Example, Program
from metacompress.data.task import TASKS, Task
from metacompress.errors import DataError, UsageError
from metacompress.lang.language import Language
from metacompress.models.choosing import choose_backends
from metacompress.models.loading import check_models
from metacompress.models.storing.store import PredictionStore
from metacompress.relations import make_relation
from metacompress.relations.one_pair import judge_pair
from metacompress.runs.progress import NoProgress
from metacompress.stats.verdict import Verdict
from metacompress.study.backends import work_on
from metacompress.study.counterexamples import PairAnswers, read_counterexamples
from metacompress.study.replay.summary import (
    Outcome,
    ReplayedCounterexample,
    ReplaySummary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metacompress.relations.base import Relation
    from metacompress.runs.progress import Progress
    from metacompress.study.counterexamples import Counterexample, CounterexampleFile
    from metacompress.study.replay.config import ReplayConfig


def replay_counterexamples(
    config: ReplayConfig,
    *,
    models: Mapping[str, object] | None = None,
    progress: Progress | None = None,
) -> ReplaySummary:
    """Ask a student about every counterexample of a file.

    Args:
        config: file and models.
        models: by name, teacher or student, where they are not what ``config`` says.
        progress: shows the stages.

    Raises:
        DataError: the file cannot be read, or is of no use.
        MetaCompressError: see metacompress.errors.
    """
    progress = progress or NoProgress()
    place = Path(config.file)
    file = read_counterexamples(place)
    task = _task_of(file, place)
    relations = [_relation_of(one, place) for one in file.counterexamples]
    # Several students may have violated a relation on one variant.
    times = Counter(one.id for one in file.counterexamples)
    examples = [
        example
        for number, one in enumerate(file.counterexamples, start=1)
        for example in _examples(
            one, one.id if times[one.id] == 1 else f"{one.id}#{number}", task, place
        )
    ]
    answers = {
        name: [PairAnswers(source=first, variant=second) for first, second in pairs]
        for name, pairs in _ask(config, models or {}, task, examples, progress).items()
    }
    recorded = [one.teacher_answers for one in file.counterexamples]
    replayed = [
        _judged(one, relation, teacher, student)
        for one, relation, teacher, student in zip(
            file.counterexamples,
            relations,
            answers.get("teacher", recorded),
            answers["student"],
            strict=True,
        )
    ]
    outcomes = {outcome: sum(one.outcome is outcome for one in replayed) for outcome in Outcome}
    verdict = Verdict.PASS if outcomes[Outcome.HOLDS] else Verdict.UNDECIDED
    return ReplaySummary(
        verdict=Verdict.FAIL if outcomes[Outcome.VIOLATED] else verdict,
        file=config.file,
        task=file.task,
        labels=file.labels,
        teacher=config.teacher,
        student=config.student,
        outcomes=outcomes,
        counterexamples=replayed,
    )


def _task_of(file: CounterexampleFile, place: Path) -> Task:
    """The task of a file: the registered one, or one with its classes."""
    if not file.counterexamples:
        raise DataError(f"{place}: holds no counterexample", path=place)
    if file.task not in TASKS:
        arity = len(file.counterexamples[0].source)
        return Task(file.task, arity, tuple(file.labels), len(file.labels) - 1, "")
    task = TASKS.get(file.task)
    if list(task.labels) != file.labels:
        raise DataError(
            f"{place}: its classes are {', '.join(file.labels)}; those of the task {task.name} are "
            f"{', '.join(task.labels)}",
            path=place,
        )
    return task


def _relation_of(one: Counterexample, place: Path) -> Relation:
    try:
        return make_relation(one.relation, one.constants)
    except UsageError as error:
        raise DataError(f"{place}: {one.id}: {error}", path=place, example=one.id) from None


def _examples(
    one: Counterexample, example_id: str, task: Task, place: Path
) -> tuple[Example, Example]:
    if not len(one.source) == len(one.variant) == len(one.languages) == task.arity:
        raise DataError(
            f"{place}: {one.id}: source, variant and languages must have {task.arity} entries each",
            path=place,
        )
    languages = [Language.parse(name) for name in one.languages]
    source, variant = (
        Example(
            name,
            tuple(map(Program, texts, languages)),
            one.label,
            None,
            tuple(f"{name}:{number}" for number in range(task.arity)),
        )
        for name, texts in ((f"{example_id}~source", one.source), (example_id, one.variant))
    )
    return source, variant


def _ask(
    config: ReplayConfig,
    models: Mapping[str, object],
    task: Task,
    examples: list[Example],
    progress: Progress,
) -> dict[str, list[tuple[list[float], list[float]]]]:
    """What each model answers to the sources and variants, by name."""
    given = {**config.models(), **models}
    check_models(given.values())
    dataset = Dataset(task, tuple(examples), source=config.file)
    work = work_on(config, task, dataset)
    chosen = choose_backends(given, work, config.loading(), progress.note)
    found = {}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        path = Path(config.store) if config.store else scratch / "predictions.sqlite"
        store = stack.enter_context(PredictionStore(path, note=progress.note))
        for name, model in given.items():
            with progress.stage(f"replaying on the {name}", len(examples)) as advance:
                classifier = chosen[name].load(model, task, config.loading())
                predictions, _ = store.predict(classifier, examples, advance=advance)
            rows = predictions.probabilities.tolist()
            found[name] = list(zip(rows[::2], rows[1::2], strict=True))
    return found


def _judged(
    one: Counterexample, relation: Relation, teacher: PairAnswers, student: PairAnswers
) -> ReplayedCounterexample:
    judged = judge_pair(
        relation,
        one.label,
        (teacher.source, teacher.variant),
        (student.source, student.variant),
    )
    outcome = Outcome.VIOLATED if judged.violated else Outcome.HOLDS
    return ReplayedCounterexample(
        id=one.id,
        relation=one.relation,
        outcome=outcome if judged.applicable else Outcome.NOT_APPLICABLE,
        magnitude=judged.magnitude,
        teacher_answers=teacher,
        student_answers=student,
    )
