"""``metacompress transform``: variants of programs, outside of any study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from metacompress.cli.exits import EXIT_USAGE
from metacompress.cli.options import (
    ComposeOption,
    FieldOption,
    JsonOption,
    LanguageOption,
    LimitOption,
    ProgramsOption,
    QuarantinedOption,
    SeedOption,
    SplitOption,
    SubstitutesOption,
    TaskOption,
    TransformOption,
    ValidityOption,
    VariantsOption,
    data_settings,
    print_json,
)
from metacompress.data.files import is_directory, require_regular_file
from metacompress.errors import DataError, UsageError
from metacompress.terminal import echo, write_program

if TYPE_CHECKING:
    from metacompress.variants.transforming import TransformedPrograms


def transform(
    source: Annotated[
        str,
        typer.Argument(
            help="Source file, - for standard input, table, directory or demo.", metavar="FILE|DATA"
        ),
    ],
    transform: TransformOption = None,
    compose: ComposeOption = None,
    variants: VariantsOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Of a source file: file of the variant, or directory of several. Of data: "
            ".jsonl, .csv, .tsv or .parquet file, itself a data set.",
            metavar="PATH",
        ),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed.")] = False,
    task: TaskOption = None,
    split: SplitOption = None,
    field: FieldOption = None,
    language: LanguageOption = None,
    limit: LimitOption = None,
    max_quarantined: QuarantinedOption = None,
    programs: ProgramsOption = None,
    substitutes: SubstitutesOption = None,
    validity: ValidityOption = None,
    seed: SeedOption = None,
    json: JsonOption = False,
) -> int:
    """Rewrite programs so that they look different and behave the same.

    A single variant of a source file goes to standard output, several are shown as differences.
    Exit status 2: no variant could be made.
    """
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    from metacompress.data.loading import DEMO, HUB_PREFIX
    from metacompress.data.task import TASKS
    from metacompress.data.writing import output_format
    from metacompress.files.overlap import refuse_output_over
    from metacompress.settings.data import make_data_config
    from metacompress.study.prediction import load_study_data
    from metacompress.variants.plan import make_plan
    from metacompress.variants.transforming import (
        STANDARD_INPUT,
        read_source_file,
        source_language,
        transform_dataset,
    )

    given: dict[str, Any] = {
        "compose": compose,
        "per_example": variants,
        "programs": programs,
        "validity": validity,
        "substitutes": substitutes,
        "seed": seed,
    }
    plan = make_plan(
        transform or (), **{name: value for name, value in given.items() if value is not None}
    )
    if out is not None and not out.is_dir():
        refuse_output_over(out, "--out", [("transform", source), ("--substitutes", substitutes)])
    known = source_language(Path(source), language)
    if known is not None:
        dataset = read_source_file(Path(source), known)
    else:
        if task is None:
            if source not in (DEMO, STANDARD_INPUT) and not source.startswith(HUB_PREFIX):
                _require_data(Path(source))
            raise UsageError(
                f"{source} is not a source file by its suffix; for a data set give --task as well"
            )
        if out is not None:
            output_format(out)  # a wrong suffix must not cost the work
        settings = data_settings(source, split, field, language, limit, max_quarantined, None)
        dataset = load_study_data(make_data_config(settings), TASKS.get(task), [])
    found = transform_dataset(dataset, plan, progress)
    if out is not None:
        _write(found, out, one_file=known is not None)
    if json:
        print_json(found.summary(out).content())
    elif diff or (out is None and (known is None or len(found.variants) > 1)):
        from metacompress.report.terminal import print_differences

        print_differences(found)
    elif out is None:
        for variant in found.variants:
            write_program(variant.programs[0])
    if not json:
        _say(found, out)
    return 0 if found.variants else EXIT_USAGE


def _require_data(path: Path) -> None:
    if not is_directory(path):
        require_regular_file(path)


def _write(found: TransformedPrograms, out: Path, *, one_file: bool) -> None:
    from metacompress.data.writing import write_table
    from metacompress.files.atomic import write_bytes
    from metacompress.files.overlap import refuse_output_over

    if not one_file:
        write_table(found.table(), out)
        return
    source = Path(found.dataset.source)
    variants = found.variants
    try:
        if len(variants) == 1 and not out.is_dir():
            write_bytes(out, variants[0].programs[0].encode())
            return
        for variant in variants:
            name = variant.id.removeprefix(found.dataset.source)
            path = out / f"{source.stem}{name}{source.suffix}"
            refuse_output_over(path, "--out", [("transform", source)])
            write_bytes(path, variant.programs[0].encode())
    except OSError as error:
        raise DataError(f"{out}: cannot be written ({error.strerror or error})") from error


def _say(found: TransformedPrograms, out: Path | None) -> None:
    summary = found.summary(out)
    where = f": {out}" if out is not None and summary.made else ""
    echo(f"{summary.made} of {summary.attempted} variants made{where}", err=True)
    for name, entry in summary.transformations.items():
        if entry.refused:
            reasons = ", ".join(f"{count} {reason}" for reason, count in entry.refused.items())
            echo(f"  {name}: {reasons}", err=True)
