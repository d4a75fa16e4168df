"""The ``metacompress`` command."""

from __future__ import annotations

from typing import Annotated

import typer

from metacompress import __version__
from metacompress.cli.attack import attack
from metacompress.cli.check import check
from metacompress.cli.compress import app as compress
from metacompress.cli.demo import demo
from metacompress.cli.export import export
from metacompress.cli.group import CommandGroup
from metacompress.cli.list import list_names
from metacompress.cli.predict import predict
from metacompress.cli.report import report
from metacompress.cli.schema import schema
from metacompress.cli.training import distill, train
from metacompress.cli.transform import transform

app = CommandGroup(
    name="metacompress",
    help="Does a compressed model of code behave like the model it came from?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(attack)
app.command()(predict)
app.command()(report)
app.command()(transform)
app.command()(train)
app.command()(distill)
app.add_typer(compress)
app.command()(export)
app.command()(demo)
app.command("list")(list_names)
app.command()(schema)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"metacompress {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Does a compressed model of code behave like the model it came from?"""
