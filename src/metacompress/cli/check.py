"""``metacompress check``: does the student behave like the teacher?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metacompress.cli.options import (
    ComposeOption,
    ConfidenceOption,
    DataOption,
    FieldOption,
    JsonOption,
    LanguageOption,
    LimitOption,
    MissingOption,
    OverwriteOption,
    ProgramsOption,
    QuarantinedOption,
    ResamplesOption,
    SeedOption,
    SplitOption,
    StoreOption,
    StudentOption,
    SubstitutesOption,
    TaskOption,
    TeacherOption,
    TransformOption,
    ValidityOption,
    VariantsOption,
    data_settings,
    print_json,
)
from metacompress.terminal import echo

if TYPE_CHECKING:
    from metacompress.runs.progress import Progress
    from metacompress.study.check.config import StudyConfig
    from metacompress.study.check.summary import CheckSummary

EXIT_STATUS = {"pass": 0, "fail": 1, "undecided": 3}


def check(
    config: Annotated[
        Path | None, typer.Argument(help="TOML file with these settings; flags win.")
    ] = None,
    task: TaskOption = None,
    data: DataOption = None,
    teacher: TeacherOption = None,
    student: StudentOption = None,
    split: SplitOption = None,
    field: FieldOption = None,
    language: LanguageOption = None,
    limit: LimitOption = None,
    max_quarantined: QuarantinedOption = None,
    missing: MissingOption = None,
    transform: TransformOption = None,
    compose: ComposeOption = None,
    variants: VariantsOption = None,
    programs: ProgramsOption = None,
    substitutes: SubstitutesOption = None,
    validity: ValidityOption = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation",
            help="Relation with constants, NAME?eps=0.01&tolerance=0.05; repeatable (all).",
        ),
    ] = None,
    tolerance: Annotated[
        float | None, typer.Option(help="Largest violation rate that passes, for all relations.")
    ] = None,
    confidence: ConfidenceOption = None,
    resamples: ResamplesOption = None,
    seed: SeedOption = None,
    run: Annotated[
        str | None, typer.Option(help="Run directory (runs/TASK-...).", metavar="DIR")
    ] = None,
    store: StoreOption = None,
    overwrite: OverwriteOption = False,
    json: JsonOption = False,
    write_config: Annotated[
        bool, typer.Option("--write-config", help="Print these settings as TOML and stop.")
    ] = False,
) -> int:
    """Check whether a student behaves like its teacher.

    Exit status: 0 all relations pass, 1 one fails, 3 the data cannot decide, 2 an error, 70 an
    internal error.
    """
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    from metacompress.relations import DEFAULT_RELATIONS
    from metacompress.relations.registry import chosen_relations
    from metacompress.settings.toml import read_config
    from metacompress.study.check.config import make_config
    from metacompress.study.check.config import write_config as toml_text

    settings = read_config(config) if config is not None else {}
    given: dict[str, Any] = {
        "task": task,
        "teacher": teacher,
        "student": student,
        "transforms": transform,
        "compose": compose,
        "variants": variants,
        "programs": programs,
        "substitutes": substitutes,
        "validity": validity,
        "relations": chosen_relations(relation) if relation else None,
        "confidence": confidence,
        "resamples": resamples,
        "seed": seed,
        "run": run,
        "store": store,
    }
    settings |= {name: value for name, value in given.items() if value is not None}
    flags = data_settings(data, split, field, language, limit, max_quarantined, missing)
    if isinstance(settings.get("data", {}), dict):
        settings["data"] = settings.get("data", {}) | flags
    if tolerance is not None:
        names = chosen_relations(settings.get("relations") or DEFAULT_RELATIONS)
        if isinstance(names, dict):
            settings["relations"] = {n: {**c, "tolerance": tolerance} for n, c in names.items()}
    if write_config:
        echo(toml_text(settings), nl=False)
        return 0
    summary = run_and_report(
        make_config(settings), overwrite=overwrite, json=json, progress=progress
    )
    return EXIT_STATUS[summary.verdict]


def run_and_report(
    study: StudyConfig, *, overwrite: bool, json: bool, progress: Progress
) -> CheckSummary:
    """Run a study with progress, write its report and print it; returns its summary."""
    from metacompress.report.html import write_report
    from metacompress.report.terminal import print_summary
    from metacompress.study.check.study import run_check
    from metacompress.study.check.summary import read_check

    finished = run_check(study, overwrite=overwrite, progress=progress)
    summary = read_check(finished)
    page = write_report(finished, summary)
    if json:
        print_json(summary.content())
    else:
        print_summary(summary, page)
    return summary
