"""Check, attack and transform: what a study does, as functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.api.results import AttackResult, CheckResult
from metacompress.data.dataset import Dataset
from metacompress.data.task import TASKS
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.models.loading import describe_model
from metacompress.models.role import Role
from metacompress.report.html import write_report
from metacompress.runs.progress import NoProgress
from metacompress.study.attack.config import DEFAULT_ATTACKS, make_attack_config
from metacompress.study.attack.costs import read_attacks
from metacompress.study.attack.study import run_attacks
from metacompress.study.check.config import make_config
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check
from metacompress.variants.plan import make_plan
from metacompress.variants.transforming import one_program, transform_dataset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metacompress.data.example import Example
    from metacompress.runs.progress import Progress
    from metacompress.variants.transforming import TransformedPrograms


def check(
    teacher: object,
    student: object,
    data: str | Path | Dataset | Sequence[Example],
    *,
    task: str,
    transforms: str | Sequence[str] = (),
    split: str | None = None,
    run: str | Path | None = None,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    **settings: Any,
) -> CheckResult:
    """Check whether ``student`` behaves like ``teacher``.

    Args:
        teacher: a model specification ``kind:location?option=value``, a path, a Classifier, or
            a callable from texts (pairs of texts) to class probabilities (n, k).
        student: likewise.
        data: a path, ``hub:NAME``, a Dataset, or examples.
        task: ``clone-detection`` or ``vulnerability-prediction``.
        transforms: name of a transformation that makes follow-up inputs, several, or ``"all"``;
            none: sources only.
        split: train, valid or test, where ``data`` is a directory.
        run: run directory; by default one below ``runs/``, named after the study.
        overwrite: replace another study in ``run``.
        report: write the report, ``report.html`` in the run directory.
        progress: shows the stages.
        **settings: other fields of ``metacompress.study.check.config.StudyConfig`` (variants, seed,
            relations, ...); fields of its ``data`` as a dictionary ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    dataset, source = _dataset_of(data, task)
    settings = {"task": task, "transforms": transforms, **settings}
    config = make_config(_study_settings(teacher, student, source, split, run, settings))
    finished = run_check(
        config,
        models={Role.TEACHER: teacher, Role.STUDENT: student},
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )
    summary = read_check(finished)
    if report:
        write_report(finished, summary)
    return CheckResult(finished, summary)


def attack(
    teacher: object,
    student: object,
    data: str | Path | Dataset | Sequence[Example],
    *,
    task: str,
    attacks: str | Sequence[str] = DEFAULT_ATTACKS,
    split: str | None = None,
    run: str | Path | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> AttackResult:
    """Attack ``teacher`` and ``student`` with valid programs, and compare what they lose.

    Args:
        teacher: as in ``check``; gradients are used where the model has them.
        student: likewise.
        data: a path, ``hub:NAME``, a Dataset, or examples; with labels.
        task: ``clone-detection`` or ``vulnerability-prediction``.
        attacks: a name with its constants, as ``"mhm?rounds=50"``, several, or ``"all"``.
        split: train, valid or test, where ``data`` is a directory.
        run: run directory; by default one below ``runs/``, named after the study.
        overwrite: replace another study in ``run``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.study.attack.config.AttackConfig``
            (substitutes, max_queries, seed, ...); fields of its ``data`` as a dictionary
            ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    dataset, source = _dataset_of(data, task)
    settings = {"task": task, "attacks": attacks, **settings}
    config = make_attack_config(_study_settings(teacher, student, source, split, run, settings))
    finished = run_attacks(
        config,
        models={Role.TEACHER: teacher, Role.STUDENT: student},
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )
    return AttackResult(finished, read_attacks(finished))


def transform(
    source: str | Dataset,
    transforms: str | Sequence[str],
    *,
    language: str | None = None,
    compose: int | None = None,
    variants: int = 1,
    programs: str = "first",
    validity: str = "bindings",
    substitutes: str | Path | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> TransformedPrograms:
    """Rewrite programs so that they look different and behave the same.

    Args:
        source: text of a program, or a data set.
        transforms: name of a transformation, several, or ``"all"``.
        language: of the text; it must be one that can be analysed: c, cpp, java or python.
        compose: apply so many random ones in a row, not one at a time.
        variants: of each program by each transformation.
        programs: of pairs, which ones are transformed: first, second or both.
        validity: what a variant must pass: parse, bindings or compile.
        substitutes: file of recorded names; else names come from the programs.
        seed: of everything that is random.
        progress: shows the stages.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    if isinstance(source, str):
        if language is None:
            raise UsageError("the text's language is not given; language='c', 'java', ...")
        source = one_program(source, Language.parse(language), "program")
    plan = make_plan(
        transforms,
        compose=compose,
        per_example=variants,
        programs=programs,
        validity=validity,
        substitutes=None if substitutes is None else str(substitutes),
        seed=seed,
    )
    return transform_dataset(source, plan, progress or NoProgress())


def _study_settings(
    teacher: object,
    student: object,
    source: str,
    split: str | None,
    run: str | Path | None,
    settings: dict[str, Any],
) -> dict[str, Any]:
    """``settings`` with what every study of two models is told, as its configuration names it."""
    options = settings.pop("data_options", {})
    return {
        "teacher": describe_model(teacher),
        "student": describe_model(student),
        "data": {"path": source, "split": split, **options},
        "run": run,
        **settings,
    }


def _dataset_of(
    data: str | Path | Dataset | Sequence[Example], task: str
) -> tuple[Dataset | None, str]:
    """The data set that was given, if it was, and what it is called."""
    if isinstance(data, (str, Path)):
        return None, str(data)
    dataset = data if isinstance(data, Dataset) else Dataset(TASKS.get(task), tuple(data))
    return dataset, dataset.source
