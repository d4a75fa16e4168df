"""``metacompress transform``: variants of programs, outside of any study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from metacompress.cli.exits import EXIT_USAGE
from metacompress.cli.flags import Json, switch
from metacompress.cli.options import print_json, takes
from metacompress.runs.progress import Progress
from metacompress.terminal import echo, write_program
from metacompress.variants.settings import TransformSettings

if TYPE_CHECKING:
    from metacompress.variants.transforming import TransformedPrograms

_Diff = Annotated[bool, switch("Show the differences between each program and its variants")]


@takes(TransformSettings, positional=("source",))
def transform(
    settings: TransformSettings, *, diff: _Diff = False, json: Json = False, progress: Progress
) -> int:
    """Rewrite programs so that they look different and behave the same.

    A single variant of a source file goes to standard output, several are shown as differences.
    Exit status 2: no variant could be made.
    """
    from metacompress.data.writing import output_format
    from metacompress.files.overlap import refuse_output_over
    from metacompress.study.sources import is_source_file, load_source
    from metacompress.variants.plan import make_plan
    from metacompress.variants.transforming import transform_dataset, write_variants

    plan = make_plan(settings)
    out = None if settings.out is None else Path(settings.out)
    if out is not None and not out.is_dir():
        reads = [("transform", settings.source), ("--substitutes", settings.substitutes)]
        refuse_output_over(out, "--out", reads)
    one_file = is_source_file(settings)
    if out is not None and not one_file and settings.task is not None:
        output_format(out)  # a wrong suffix must not cost the work
    programs = load_source(settings)
    with settings.open_executor(len(programs)) as executor:
        found = transform_dataset(programs, plan, progress, executor)
    if out is not None:
        write_variants(found, out, one_file=one_file)
    if json:
        print_json(found.summary(out).content())
    elif diff or (out is None and (not one_file or len(found.variants) > 1)):
        from metacompress.report.terminal.transformed import print_differences

        print_differences(found)
    elif out is None:
        for variant in found.variants:
            write_program(variant.programs[0])
    if not json:
        _say(found, out)
    return 0 if found.variants else EXIT_USAGE


def _say(found: TransformedPrograms, out: Path | None) -> None:
    summary = found.summary(out)
    where = f": {out}" if out is not None and summary.made else ""
    echo(f"{summary.made} of {summary.attempted} variants made{where}", err=True)
    for name, entry in summary.transformations.items():
        if entry.refused:
            reasons = ", ".join(f"{count} {reason}" for reason, count in entry.refused.items())
            echo(f"  {name}: {reasons}", err=True)
