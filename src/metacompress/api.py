"""The Python API: the jobs of the command line as functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from metacompress.data.dataset import Dataset
from metacompress.data.task import TASKS
from metacompress.errors import MissingDependencyError, UsageError
from metacompress.lang.language import Language
from metacompress.report.html import render_html
from metacompress.stats.verdict import Verdict
from metacompress.study.attack import run_attack_study, with_costs
from metacompress.study.attack_config import DEFAULT_ATTACKS, make_attack_config
from metacompress.study.attempts import TABLE as ATTEMPTS
from metacompress.study.check import run_study
from metacompress.study.config import make_config
from metacompress.study.progress import NoProgress
from metacompress.study.run_directory import SUMMARY, RunDirectory
from metacompress.study.transforming import one_program, transform_dataset
from metacompress.study.variants import make_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from metacompress.data.example import Example
    from metacompress.distillation.training import TrainingResult
    from metacompress.models.onnx_export import Export
    from metacompress.study.progress import Progress
    from metacompress.study.transforming import TransformedPrograms


class CheckResult:
    """A finished study, read from its run directory.

    Attributes:
        run: the run directory's path.
        summary: what ``check --json`` prints, as a dictionary.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self.run: Path = run.path
        self.summary: dict[str, Any] = run.read_json(SUMMARY)

    @property
    def verdict(self) -> Verdict:
        """Pass, fail or undecided, over all relations."""
        return Verdict(self.summary["verdict"])

    @property
    def relations(self) -> dict[str, Any]:
        """Relation to its verdict and, for sources and follow-ups, its violations."""
        relations: dict[str, Any] = self.summary["relations"]
        return relations

    def table(self, name: str) -> pa.Table:
        """An Arrow table of the study.

        Args:
            name: examples, variants, predictions, violations, curves or quarantine.

        Raises:
            RunDirectoryError: there is no such table.
        """
        return self._run.read_table(f"{name}.parquet")

    def probabilities(self, role: str, part: str = "source") -> NDArray[np.float64]:
        """Class probabilities (n, k) of ``teacher`` or ``student``.

        Args:
            role: whose.
            part: ``source`` or ``follow-up`` inputs, in the order of the predictions table.
        """
        table = self.table("predictions")
        rows = np.flatnonzero(np.asarray(table["part"].to_pylist()) == part)
        values = list(table[role].take(rows).to_pylist())
        return np.array(values, dtype=np.float64).reshape(len(rows), -1)

    def to_html(self, path: str | Path | None = None) -> str:
        """The report as one offline HTML page; written to ``path`` where one is given."""
        page = render_html(self._run)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def __repr__(self) -> str:
        return f"CheckResult(verdict={self.verdict!s}, run={str(self.run)!r})"


class AttackResult:
    """A finished study of attacks, read from its run directory.

    Attributes:
        run: the run directory's path.
        summary: what ``attack --json`` prints, as a dictionary.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self.run: Path = run.path
        self.summary: dict[str, Any] = with_costs(run)

    def victim(self, attack: str, role: str) -> dict[str, Any]:
        """What an attack did to ``teacher`` or ``student``."""
        measures: dict[str, Any] = self.summary["attacks"][attack]["victims"][role]
        return measures

    def attempts(self) -> pa.Table:
        """One row for each victim, attack and example that the victim predicts right."""
        return self._run.read_table(ATTEMPTS)

    def __repr__(self) -> str:
        return f"AttackResult(attacks={list(self.summary['attacks'])}, run={str(self.run)!r})"


def check(
    teacher: object,
    student: object,
    data: str | Path | Dataset | Sequence[Example],
    *,
    task: str,
    transforms: Sequence[str] = (),
    split: str | None = None,
    run: str | Path | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> CheckResult:
    """Check whether ``student`` behaves like ``teacher``.

    Args:
        teacher: a model specification ``kind:location?option=value``, a Classifier, or a
            callable from texts (pairs of texts) to class probabilities (n, k).
        student: likewise.
        data: a path, ``hub:NAME``, a Dataset, or examples.
        task: ``clone-detection`` or ``vulnerability-prediction``.
        transforms: transformations that make follow-up inputs; none: sources only.
        split: train, valid or test, where ``data`` is a directory.
        run: run directory; by default one below ``runs/``, named after the study.
        overwrite: replace another study in ``run``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.study.config.StudyConfig`` (variants, seed,
            relations, ...); fields of its ``data`` as a dictionary ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    dataset, source = _dataset_of(data, task)
    config = make_config(
        {
            "task": task,
            "teacher": _describe(teacher),
            "student": _describe(student),
            "data": {"path": source, "split": split, **settings.pop("data_options", {})},
            "transforms": tuple(transforms),
            "run": None if run is None else str(run),
            **settings,
        }
    )
    finished = run_study(
        config,
        models={"teacher": teacher, "student": student},
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )
    return CheckResult(finished)


def attack(
    teacher: object,
    student: object,
    data: str | Path | Dataset | Sequence[Example],
    *,
    task: str,
    attacks: Sequence[str] = DEFAULT_ATTACKS,
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
        attacks: names with their constants, as ``"mhm?rounds=50"``.
        split: train, valid or test, where ``data`` is a directory.
        run: run directory; by default one below ``runs/``, named after the study.
        overwrite: replace another study in ``run``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.study.attack_config.AttackConfig``
            (substitutes, max_queries, seed, ...); fields of its ``data`` as a dictionary
            ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    dataset, source = _dataset_of(data, task)
    config = make_attack_config(
        {
            "task": task,
            "teacher": _describe(teacher),
            "student": _describe(student),
            "data": {"path": source, "split": split, **settings.pop("data_options", {})},
            "attacks": tuple(attacks),
            "run": None if run is None else str(run),
            **settings,
        }
    )
    finished = run_attack_study(
        config,
        models={"teacher": teacher, "student": student},
        dataset=dataset,
        overwrite=overwrite,
        progress=progress,
    )
    return AttackResult(finished)


def transform(
    source: str | Dataset,
    transforms: Sequence[str],
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
        transforms: names of transformations, or ``["all"]``.
        language: of the text: c, cpp, java or python.
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


def train(
    data: str | Path,
    *,
    task: str,
    out: str | Path,
    split: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> TrainingResult:
    """Train a classifier of code into a Hugging Face directory. Needs the extra torch.

    Args:
        data: a path, ``hub:NAME`` or ``demo``.
        task: name of the task.
        out: directory of the finished model; a training that was cut off goes on from there.
        split: to train on, where ``data`` has splits.
        overwrite: replace another training in ``out``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.distillation.settings.TrainingSettings`` (model,
            epochs, valid_split, ...); those of its ``architecture`` and ``data`` as dictionaries
            ``architecture`` and ``data_options``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.distillation.settings import TrainingSettings, make_settings

    made = make_settings(
        TrainingSettings, _training_settings(data, split, {"task": task, "out": out, **settings})
    )
    return _run_training()(made, overwrite=overwrite, progress=progress)


def distill(
    teacher: object,
    data: str | Path,
    *,
    task: str,
    out: str | Path,
    split: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> TrainingResult:
    """Distil a student from a teacher's soft labels. Needs the extra torch.

    Args:
        teacher: as in ``check``; recorded ones need not be asked.
        data: as in ``train``, and so are the others.
        task: name of the task.
        out: directory of the finished student.
        split: to train on.
        overwrite: replace another training in ``out``.
        progress: shows the stages.
        **settings: other fields of ``metacompress.distillation.settings.DistillationSettings``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    from metacompress.distillation.settings import DistillationSettings, make_settings

    given = {"task": task, "out": out, "teacher": _describe(teacher), **settings}
    made = make_settings(DistillationSettings, _training_settings(data, split, given))
    return _run_training()(made, teacher=teacher, overwrite=overwrite, progress=progress)


def export(model: str | Path, out: str | Path) -> Export:
    """Write a classifier as ONNX, with its tokenizer and card. Needs the extra torch.

    Args:
        model: Hugging Face directory or hub id of a sequence classifier.
        out: directory to write; ``onnx:OUT`` is a model specification then.

    Raises:
        MetaCompressError: it cannot be loaded or exported, or the export gives other probabilities.
    """
    try:
        from metacompress.distillation.export import export as write
    except ModuleNotFoundError as error:
        raise _needs_torch("export", error) from None
    return write(str(model), out)


def _dataset_of(
    data: str | Path | Dataset | Sequence[Example], task: str
) -> tuple[Dataset | None, str]:
    """The data set that was given, if it was, and what it is called."""
    if isinstance(data, (str, Path)):
        return None, str(data)
    dataset = data if isinstance(data, Dataset) else Dataset(TASKS.get(task), tuple(data))
    return dataset, dataset.source


def _training_settings(
    data: str | Path, split: str | None, settings: dict[str, Any]
) -> dict[str, Any]:
    options = settings.pop("data_options", {})
    return {
        **settings,
        "out": str(settings["out"]),
        "data": {"path": str(data), "split": split, **options},
    }


def _run_training() -> Callable[..., TrainingResult]:
    try:
        from metacompress.distillation.training import train as run
    except ModuleNotFoundError as error:
        raise _needs_torch("training", error) from None
    return run


def _needs_torch(what: str, error: ModuleNotFoundError) -> MissingDependencyError:
    return MissingDependencyError(f"{what} needs {error.name}: pip install 'metacompress[torch]'")


def _describe(model: object) -> str:
    if isinstance(model, str):
        return model
    return str(getattr(model, "__qualname__", type(model).__qualname__))
