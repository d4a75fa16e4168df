"""``metacompress compress``: students by technique."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from metacompress.cli.group import CommandGroup
from metacompress.cli.options import (
    JsonOption,
    MissingOption,
    SeedOption,
    StoreOption,
    SubstitutesOption,
    TransformOption,
    print_json,
    takes,
)
from metacompress.cli.post_training import prune, quantize
from metacompress.cli.training import EXAMPLES, settings_of
from metacompress.errors import UsageError
from metacompress.extras import missing_package

_STUDENT: dict[str, Any] = {
    "teacher": Annotated[
        str | None,
        typer.Option(help="Model: KIND:LOCATION?option=value, live or recorded.", metavar="MODEL"),
    ],
    "missing": MissingOption,
    "target_mb": Annotated[float | None, typer.Option(help="Size of the student in MB (3).")],
    "cost": Annotated[
        str | None,
        typer.Option(help="How costs are counted: exact, or published formulas (exact)."),
    ],
    "space": Annotated[
        list[str] | None,
        typer.Option(
            help="Other values for one hyper-parameter; repeatable.", metavar="NAME=VALUE,VALUE"
        ),
    ],
    "epochs": Annotated[float | None, typer.Option(help="Of the student, at most (20).")],
    "patience": Annotated[
        int | None, typer.Option(help="Evaluations without a better one before stopping (3).")
    ],
    "seeds": Annotated[
        int | None, typer.Option(help="Students to train, of which the median is taken (1).")
    ],
    "temperature": Annotated[
        float | None, typer.Option(help="Of the soft loss (as the technique has it).")
    ],
    "faithful": Annotated[
        list[str] | None,
        typer.Option(
            help="Quirk of the published programs to reproduce: frozen-biases, double-softmax, "
            "in-place-mutation (avatar).",
            metavar="QUIRK",
        ),
    ],
    "precision": Annotated[str | None, typer.Option(help="fp32, bf16 or fp16 (fp32).")],
    "jobs": Annotated[int | None, typer.Option(help="Trainings at once (1).")],
    "store": StoreOption,
    "seed": SeedOption,
}
_TRIALS: dict[str, Any] = {
    "budget": Annotated[int | None, typer.Option(help="Configurations trained to search by (20).")],
    "budget_minutes": Annotated[
        float | None, typer.Option(help="Of these trainings; none is begun after them.")
    ],
    "trial_epochs": Annotated[float | None, typer.Option(help="Of these trainings (5).")],
    "trial_examples": Annotated[
        int | None, typer.Option(help="That these trainings learn from (all).")
    ],
}
_VARIANTS: dict[str, Any] = {
    "transform": TransformOption,
    "substitutes": SubstitutesOption,
    "variants": Annotated[
        str | None,
        typer.Option(
            help="Recorded variants instead: a table with a column source_id, as metacompress "
            "transform writes.",
            metavar="FILE",
        ),
    ],
    "variant_labels": Annotated[
        str | None,
        typer.Option(help="What is learnt of a variant: the answer asked for, or inherited."),
    ],
}
_RUN: dict[str, Any] = {
    "overwrite": Annotated[
        bool, typer.Option("--overwrite", help="Replace another compression in --out.")
    ],
    "json": JsonOption,
}

app = CommandGroup(
    name="compress",
    help="Make students: by the published techniques, or from a model as it is.",
    no_args_is_help=True,
)


@app.command()
@takes(EXAMPLES, _STUDENT, _RUN)
def compressor(given: dict[str, Any]) -> None:
    """Compressor (ASE 2022): the most operations at the target size, by a genetic search."""
    _run("compressor", given)


@app.command()
@takes(EXAMPLES, _STUDENT, _TRIALS, _RUN)
def avatar(given: dict[str, Any]) -> None:
    """AVATAR (ICSE-SEIS 2024): size, accuracy and operations, with a surrogate."""
    _run("avatar", given)


@app.command()
@takes(EXAMPLES, _STUDENT, _TRIALS, _VARIANTS, _RUN)
def morph(given: dict[str, Any]) -> None:
    """MORPH (ICSE 2025): as AVATAR, and few prediction flips on variants."""
    _run("morph", given)


app.command()(quantize)
app.command()(prune)


def _run(technique: str, given: dict[str, Any]) -> None:
    from metacompress.runs.progress import TerminalProgress

    progress = TerminalProgress()
    overwrite, json = given.pop("overwrite"), given.pop("json")
    settings = settings_of(given)
    if "teacher" not in settings:
        raise UsageError("--teacher is needed: the model that the student learns from")
    if "transform" in settings:
        settings["transforms"] = settings.pop("transform")
    try:
        from metacompress.compression.compress import compress
        from metacompress.compression.search.space import parse_restriction
        from metacompress.compression.settings import make_compression_settings
        from metacompress.compression.techniques.registry import TECHNIQUES

        space = TECHNIQUES.get(technique).space
        settings["space"] = dict(
            parse_restriction(text, space) for text in settings.get("space", [])
        )
        made = make_compression_settings({**settings, "technique": technique})
        from metacompress.report.making import print_compression

        summary = compress(made, overwrite=overwrite, progress=progress)
    except ModuleNotFoundError as error:
        raise missing_package("compression", error) from None
    if json:
        print_json(summary.content())
    else:
        print_compression(summary)
