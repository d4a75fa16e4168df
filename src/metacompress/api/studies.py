"""Check, attack, predict and transform: what a study does, as functions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from metacompress.api.inputs import dataset_of, name_of, prepare
from metacompress.api.results import AttackResult, CheckResult
from metacompress.api.signature import takes
from metacompress.data.dataset import Dataset
from metacompress.errors import UsageError
from metacompress.lang.language import Language
from metacompress.report.ci.checks import refuse_unfit_check_files, write_check_files
from metacompress.report.html import write_report
from metacompress.report.pages.attack import attack_page
from metacompress.report.pages.check import check_page
from metacompress.report.tracking import run_name, track_attacks, track_check
from metacompress.runs.tracking import tracked
from metacompress.runs.watching import progress_here
from metacompress.settings.flat import nested
from metacompress.settings.validation import validated
from metacompress.study.attack.config import AttackConfig
from metacompress.study.attack.costs import read_attacks
from metacompress.study.attack.study import run_attacks
from metacompress.study.check.config import CheckConfig
from metacompress.study.check.study import run_check
from metacompress.study.check.summary import read_check
from metacompress.study.prediction import predict_dataset
from metacompress.study.settings import PredictSettings
from metacompress.study.sources import is_source_file, load_source
from metacompress.variants.plan import make_plan
from metacompress.variants.settings import TransformSettings
from metacompress.variants.transforming import one_program, transform_dataset, write_variants

if TYPE_CHECKING:
    from metacompress.runs.progress import Progress
    from metacompress.runs.tracking import Tracker
    from metacompress.study.prediction import DatasetPrediction
    from metacompress.variants.transforming import TransformedPrograms


@takes(CheckConfig)
def check(
    teacher: object,
    student: object,
    data: object,
    *,
    floor: object = None,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
    **settings: Any,
) -> CheckResult:
    """Check whether ``student`` behaves like ``teacher``.

    Args:
        teacher: a model specification ``kind:location?option=value``, a path, a Classifier, a pair
            (model, tokenizer) or a pipeline of transformers, a callable from texts (pairs of
            texts) to class probabilities (n, k), or such an array for the examples of ``data``.
        student: likewise; a dictionary of several by name.
        data: a path, ``hub:NAME``, ``demo``, a DataFrame, a data set of ``datasets``, a list of
            dictionaries, a Dataset, or examples.
        floor: a second teacher, likewise; None for none.
        **settings: see below.
        overwrite: Replace another study in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.
        tracker: Name of a tracker of experiments that receives stages, figures and files:
            ``mlflow``; or an object with the callbacks of ``Tracker``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    models = {"teacher": teacher, "student": student, "floor": floor}
    made = prepare(CheckConfig, data, models, settings)
    refuse_unfit_check_files(made.config)
    with tracked(tracker, run_name(made.config), progress or progress_here()) as (told, shown):
        finished = run_check(
            made.config,
            models=made.models,
            dataset=made.dataset,
            overwrite=overwrite,
            progress=shown,
        )
        summary = read_check(finished)
        if report:
            write_report(finished, summary, check_page)
        write_check_files(finished, summary, made.config.output)
        track_check(told, finished, summary, made.config.output)
    return CheckResult(finished, summary)


@takes(AttackConfig)
def attack(
    teacher: object,
    student: object,
    data: object,
    *,
    overwrite: bool = False,
    report: bool = True,
    progress: Progress | None = None,
    tracker: str | Tracker | None = None,
    **settings: Any,
) -> AttackResult:
    """Attack ``teacher`` and ``student`` with valid programs, and compare what they lose.

    Args:
        teacher: as in ``check``; gradients are used where the model has them.
        student: likewise.
        data: as in ``check``; with labels.
        **settings: see below.
        overwrite: Replace another study in ``run``.
        report: Write the report, ``report.html`` in the run directory.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.
        tracker: Name of a tracker of experiments that receives stages, figures and files:
            ``mlflow``; or an object with the callbacks of ``Tracker``.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    made = prepare(AttackConfig, data, {"teacher": teacher, "student": student}, settings)
    with tracked(tracker, run_name(made.config), progress or progress_here()) as (told, shown):
        finished = run_attacks(
            made.config,
            models=made.models,
            dataset=made.dataset,
            overwrite=overwrite,
            progress=shown,
        )
        summary = read_attacks(finished)
        if report:
            write_report(finished, summary, attack_page)
        track_attacks(told, finished, summary)
    return AttackResult(finished, summary)


@takes(PredictSettings)
def predict(
    model: object, data: object, *, progress: Progress | None = None, **settings: Any
) -> DatasetPrediction:
    """Predict a data set with one model.

    Args:
        model: as ``teacher`` in ``check``.
        data: as in ``check``.
        **settings: see below.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    made = prepare(PredictSettings, data, {"model": model}, settings)
    return predict_dataset(
        made.config,
        model=made.models.get("model"),
        dataset=made.dataset,
        progress=progress or progress_here(),
    )


@takes(TransformSettings)
def transform(
    source: object, transforms: object, *, progress: Progress | None = None, **settings: Any
) -> TransformedPrograms:
    """Rewrite programs so that they look different and behave the same.

    Args:
        source: text of a program, for which ``language`` is needed; a Path of a source file or of
            data; or data in memory, as in ``check``. For data, ``task`` is needed.
        transforms: name of a transformation, several, or ``"all"``.
        **settings: see below.
        progress: Shows the stages; by default bars, in a notebook or on a terminal.

    Raises:
        MetaCompressError: what is wrong, where, and what would be right.
    """
    place = "program" if isinstance(source, str) else name_of(source)
    named = {**settings, "source": place, "transforms": transforms}
    given = validated(TransformSettings, nested(TransformSettings, named))
    plan = make_plan(given)
    programs = _programs(source, given)
    with given.open_executor(len(programs)) as executor:
        found = transform_dataset(programs, plan, progress or progress_here(), executor)
    if given.out is not None:
        is_file = isinstance(source, Path) and is_source_file(given)
        write_variants(found, Path(given.out), one_file=isinstance(source, str) or is_file)
    return found


def _programs(source: object, given: TransformSettings) -> Dataset:
    if isinstance(source, str):
        if given.data.language is None:
            raise UsageError(
                "the text's language is not given; language='c', 'java', ...", option="language"
            )
        return one_program(source, Language.parse(given.data.language), "program")
    if isinstance(source, Path):
        return load_source(given)
    if given.task is None and not isinstance(source, Dataset):
        raise UsageError(
            "task is not set; give task='clone-detection' or another one", option="task"
        )
    task = source.task if isinstance(source, Dataset) else given.define(given.task or "")
    return dataset_of(source, task, given.data)
