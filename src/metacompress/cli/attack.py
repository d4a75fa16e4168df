"""``metacompress attack``: how much more does a student lose than its teacher?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from metacompress.cli.options import (
    ConfidenceOption,
    DataOption,
    FieldOption,
    JsonOption,
    LanguageOption,
    LimitOption,
    MissingOption,
    OverwriteOption,
    QuarantinedOption,
    ResamplesOption,
    SeedOption,
    SplitOption,
    StoreOption,
    StudentOption,
    TaskOption,
    TeacherOption,
    data_settings,
    print_json,
)


def attack(
    attack: Annotated[
        list[str] | None,
        typer.Option(
            "--attack",
            help="Attack with constants, NAME?rounds=50; repeatable (alert, mhm, wir-random, "
            "beam; see list attacks).",
        ),
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
    substitutes: Annotated[
        str | None,
        typer.Option(
            help="Where names come from: corpus, recorded:FILE, embeddings:MODEL or mlm:MODEL "
            "(corpus).",
            metavar="SOURCE",
        ),
    ] = None,
    programs: Annotated[
        str | None, typer.Option(help="Program of a pair to attack: first, second or both (first).")
    ] = None,
    validity: Annotated[
        str | None,
        typer.Option(help="What adversarial programs must pass: bindings or compile (bindings)."),
    ] = None,
    max_queries: Annotated[
        int | None, typer.Option(help="Queries of an attack on one example at most.")
    ] = None,
    max_seconds: Annotated[
        float | None, typer.Option(help="Processor seconds of an attack on one example at most.")
    ] = None,
    control: Annotated[
        bool | None,
        typer.Option(help="Try as many random variants as each attack asked queries (yes)."),
    ] = None,
    relations: Annotated[
        bool, typer.Option("--relations", help="Evaluate all relations on adversarial variants.")
    ] = False,
    relation: Annotated[
        list[str] | None,
        typer.Option("--relation", help="Only this relation, NAME?eps=0.01; repeatable."),
    ] = None,
    confidence: ConfidenceOption = None,
    resamples: ResamplesOption = None,
    seed: SeedOption = None,
    concurrency: Annotated[
        int | None, typer.Option(help="Attacks at once (128); changes no result.")
    ] = None,
    run: Annotated[
        str | None, typer.Option(help="Run directory (runs/attack-TASK-...).", metavar="DIR")
    ] = None,
    store: StoreOption = None,
    overwrite: OverwriteOption = False,
    json: JsonOption = False,
) -> None:
    """Attack a teacher and its student with valid programs, and compare what they lose."""
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    from metacompress.relations import DEFAULT_RELATIONS
    from metacompress.relations.registry import chosen_relations
    from metacompress.report.attacks import print_attacks
    from metacompress.study.attack.config import make_attack_config
    from metacompress.study.attack.costs import read_attacks
    from metacompress.study.attack.study import run_attacks

    chosen = chosen_relations(relation or (DEFAULT_RELATIONS if relations else ()))
    given: dict[str, Any] = {
        "attacks": attack,
        "task": task,
        "teacher": teacher,
        "student": student,
        "substitutes": substitutes,
        "programs": programs,
        "validity": validity,
        "max_queries": max_queries,
        "max_seconds": max_seconds,
        "control": control,
        "relations": chosen or None,
        "confidence": confidence,
        "resamples": resamples,
        "seed": seed,
        "concurrency": concurrency,
        "run": run,
        "store": store,
    }
    settings = {name: value for name, value in given.items() if value is not None}
    settings["data"] = data_settings(data, split, field, language, limit, max_quarantined, missing)
    finished = run_attacks(make_attack_config(settings), overwrite=overwrite, progress=progress)
    summary = read_attacks(finished)
    if json:
        print_json(summary.content())
    else:
        print_attacks(summary)
