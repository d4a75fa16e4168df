"""Make a student by one of the techniques: search, then train what was chosen."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.compression.configuration import StudentConfiguration, check_space
from metacompress.compression.material import prepare, teacher_warnings
from metacompress.compression.result import summarise
from metacompress.compression.run_files import COMPRESSION, STUDENT
from metacompress.compression.search.candidates import Candidates
from metacompress.compression.search.feasibility import FeasibleSpace
from metacompress.compression.search.problem import Search, Trial
from metacompress.compression.summary import StudentSummary, read_compression
from metacompress.compression.techniques.registry import TECHNIQUES
from metacompress.compression.trainings import Training, Trainings
from metacompress.compression.vocabularies import Vocabularies
from metacompress.errors import ModelError
from metacompress.files.reads import recording_reads
from metacompress.models.loading import parse_specification
from metacompress.models.naming.role import Role
from metacompress.models.naming.spec import is_specification
from metacompress.runs.environment import Stopwatch, environment
from metacompress.runs.opening import open_run, refuse_unfit
from metacompress.runs.progress import NoProgress
from metacompress.runs.run_directory import RunDirectory
from metacompress.runs.run_files import ENVIRONMENT
from metacompress.runs.tracking import tracked
from metacompress.settings.contents import input_files
from metacompress.study.finished import Command, finished_before
from metacompress.study.inputs import inputs_of, not_resumable
from metacompress.training.parts import learning_identity, load_teacher_and_parts
from metacompress.training.published import is_damaged, refuse_damaged
from metacompress.training.run_files import RESULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metacompress.compression.material import Material
    from metacompress.compression.search.space import Configuration, SearchSpace
    from metacompress.compression.settings import CompressionSettings
    from metacompress.compression.summary import CompressSummary
    from metacompress.compression.techniques.technique import Technique
    from metacompress.data.task import Task
    from metacompress.models.costs.encoder import Cost
    from metacompress.models.protocols.classifier import Classifier
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.training.parts import Parts

_FOUND = "search.json"
_CANDIDATES = "candidates.parquet"
_VOCABULARIES = "vocabularies.json"


def compress(
    settings: CompressionSettings,
    *,
    teacher: object = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
) -> CompressSummary:
    """Make a student.

    Killed at any point and run again, it goes on: trainings from their last checkpoint, with
    those that are done left alone and those that failed tried again. A directory of other
    examples, variants or another teacher, by content, is refused.

    Args:
        settings: technique, teacher, data, target.
        teacher: the teacher itself, where it is more than the specification in ``settings``.
        overwrite: replace another compression in the same directory.
        progress: shows the stages.
        tracker: receives stages, trials, students and the summary; default: as ``settings`` say.

    Raises:
        MetaCompressError: see metacompress.errors; what was made stays where it is.
    """
    out = Path(settings.out)
    opened = tracked(tracker or settings.tracker, out.name, progress or NoProgress())
    with opened as (told, shown):
        summary = _compressed(settings, teacher, overwrite, shown)
        for name, value, step in _figures(summary):
            if value is not None:
                told.on_metric(name, value, step)
        told.on_artifact(out / RESULT)
        return summary


def _figures(summary: CompressSummary) -> Iterator[tuple[str, float | None, int | None]]:
    """The metrics for a tracker: name, value, and the number of a trial."""
    for number, trial in enumerate(summary.trials):
        yield "trial/accuracy", trial.accuracy, number
        yield "trial/flips", trial.flips, number
    for name, value in summary.cost.exact.content().items():
        yield f"student/{name}", value, None
    for one in summary.students:
        yield f"student/seed-{one.seed}/accuracy", one.accuracy, None
        yield f"student/seed-{one.seed}/agreement", one.agreement, None
        yield f"student/seed-{one.seed}/flips", one.flips, None


def _compressed(
    settings: CompressionSettings, teacher: object, overwrite: bool, progress: Progress
) -> CompressSummary:
    stopwatch = Stopwatch()
    run = RunDirectory(Path(settings.out))
    command = None
    if teacher is None or is_specification(teacher):
        models = (parse_specification(settings.teacher),)
        command = Command(COMPRESSION, settings, settings.data.path, models)
        if command.finished([run.path]) is not None:
            progress.note(finished_before(run.path))
            return read_compression(run)
    task = settings.define(settings.task)
    technique = TECHNIQUES.get(settings.technique)()
    files = input_files(settings)
    reads = inputs_of({Role.TEACHER: settings.teacher}, settings.data, files)
    refuse_unfit(run.path, COMPRESSION, reads)
    job = _Compression(settings, technique, task, run, progress)
    job.check()
    given = settings.teacher if teacher is None else teacher
    with recording_reads() as read:
        loaded, parts = load_teacher_and_parts(settings, task, given, progress)
        identity = learning_identity(settings.identity(), files, parts, loaded)
    with open_run(
        run,
        COMPRESSION,
        identity,
        overwrite=overwrite,
        unknown=not_resumable({Role.TEACHER: loaded}),
        note=progress.note,
    ):
        if run.has(RESULT) and not overwrite:
            refuse_damaged(run, run.path / STUDENT)
        if not run.has(RESULT) or is_damaged(run, run.path / STUDENT):
            found = job.run(loaded, parts)
            run.write_json(ENVIRONMENT, environment(stopwatch, {}, ended=True))
            run.write_json(RESULT, found.stored())
        if command is not None:
            command.note_finished(run, read)
        return read_compression(run)


class _Compression:
    def __init__(
        self,
        settings: CompressionSettings,
        technique: Technique,
        task: Task,
        run: RunDirectory,
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._technique = technique
        self._task = task
        self._run = run
        self._progress = progress
        self._trials: list[Trial] = []
        self._vocabularies = Vocabularies({})

    def check(self) -> None:
        """Fail on a wrong space or size, before the teacher is loaded."""
        space = self._technique.space.restricted(self._settings.space)
        check_space(space)
        FeasibleSpace(space, self._cost, self._limit)

    def run(self, teacher: Classifier, parts: Parts) -> CompressSummary:
        settings, technique = self._settings, self._technique
        space = technique.space.restricted(settings.space)
        material = prepare(
            settings,
            self._task,
            teacher,
            parts,
            self._run,
            variants=technique.uses_variants,
            progress=self._progress,
        )
        self._vocabularies = self._measured(material, space)
        space = self._vocabularies.reachable(space)
        space = technique.prepared(space, self._cost, settings.target_mb)
        feasible = FeasibleSpace(space, self._cost, self._limit)
        trainings = Trainings(settings.jobs, material.valid_variants, self._progress)
        candidates = Candidates(space)
        found = technique.search(
            Search(
                feasible=feasible,
                cost=self._cost,
                target_mb=settings.target_mb,
                budget=settings.budget,
                seed=settings.seed,
                faithful=frozenset(settings.faithful),
                train=lambda wanted: self._try(wanted, material, trainings),
                candidates=candidates,
                progress=self._progress,
            )
        )
        self._run.write_table(_CANDIDATES, candidates.table())
        self._run.write_json(_FOUND, asdict(found))
        self._progress.note(f"chosen: {found.chosen}")
        students = self._students(found.chosen, material, trainings)
        return summarise(
            settings,
            self._task,
            found,
            self._trials,
            students,
            warnings=teacher_warnings(settings, self._task, teacher, parts.valid, self._run),
            examples=material.counts,
            built=self._vocabularies.capped(found.chosen),
            run=self._run,
        )

    @property
    def _limit(self) -> float:
        return self._settings.target_mb if self._technique.limits_size else math.inf

    def _cost(self, configuration: Configuration) -> Cost:
        capped = self._vocabularies.capped(configuration)
        return StudentConfiguration.of(capped).cost(self._task, self._settings.cost)

    def _measured(self, material: Material, space: SearchSpace) -> Vocabularies:
        if not self._run.has(_VOCABULARIES):
            texts = material.training_texts(self._task)
            found = Vocabularies.of(texts, space, self._progress)
            self._run.write_json(_VOCABULARIES, found.largest)
        return Vocabularies(self._run.read_json(_VOCABULARIES))

    def _try(
        self, wanted: Sequence[Configuration], material: Material, trainings: Trainings
    ) -> list[Trial]:
        settings = self._settings
        planned = [
            self._training(
                f"trials/{number:03}",
                f"trial {number}",
                configuration,
                material,
                epochs=settings.trial_epochs,
                limit=settings.trial_examples,
                seed=settings.seed,
            )
            for number, configuration in enumerate(wanted)
        ]

        def time_is_left() -> bool:
            if settings.budget_minutes is None:
                return True
            spent = sum((one.outcome() or {}).get("seconds", 0.0) for one in planned)
            return bool(spent < 60 * settings.budget_minutes)

        outcomes = trainings.run(planned, "trials", time_is_left)
        for configuration, outcome in zip(wanted, outcomes, strict=True):
            if outcome is not None:
                self._trials.append(
                    Trial(
                        configuration,
                        outcome.get("accuracy"),
                        outcome.get("flips"),
                        outcome.get("seconds", 0.0),
                        outcome.get("failure"),
                    )
                )
        return self._trials

    def _students(
        self, chosen: Configuration, material: Material, trainings: Trainings
    ) -> list[StudentSummary]:
        settings = self._settings
        planned = [
            self._training(
                f"students/seed-{seed}",
                f"student, seed {seed}",
                chosen,
                material,
                epochs=settings.epochs,
                limit=None,
                seed=seed,
            )
            for seed in range(settings.seed, settings.seed + settings.seeds)
        ]
        outcomes = trainings.run(planned, "training students")
        students = [
            StudentSummary(seed=training.settings["seed"], model=training.model, **(outcome or {}))
            for training, outcome in zip(planned, outcomes, strict=True)
        ]
        if all(student.failure is not None for student in students):
            raise ModelError(
                f"{settings.out}: no student could be trained; {students[0].failure}",
                path=settings.out,
            )
        return students

    def _training(
        self,
        place: str,
        title: str,
        configuration: Configuration,
        material: Material,
        *,
        epochs: float,
        limit: int | None,
        seed: int,
    ) -> Training:
        settings = self._settings
        data = {"path": str(material.directory), "split": "train", "limit": limit}
        given = {
            "task": settings.task,
            "data": {name: value for name, value in data.items() if value is not None},
            "valid_split": "valid",
            "test_split": "test" if material.counts["test"] else None,
            "teacher": material.teacher,
            "soft_loss": self._technique.soft_loss,
            "temperature": settings.temperature or self._technique.temperature(self._task),
            "epochs": epochs,
            "patience": settings.patience,
            "precision": settings.precision,
            "faithful": [name for name in settings.faithful if name != "in-place-mutation"],
            "seed": seed,
            **StudentConfiguration.of(configuration).training(),
        }
        return Training(self._run.path / place, given, title)
