"""``metacompress schema``: the JSON Schema of what a command prints with --json."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from metacompress.cli.options import print_json
from metacompress.terminal import echo


def schema(
    command: Annotated[str | None, Parameter(help="Command; without it, list the commands")] = None,
    /,
) -> None:
    """Print the JSON Schema of what a command prints with --json."""
    from metacompress.api.schemas import SUMMARIES, json_schema

    if command is not None:
        print_json(json_schema(command))
        return
    names = SUMMARIES.names()
    width = max(map(len, names))
    for name in names:
        echo(f"{name:<{width}}  {SUMMARIES.describe(name)}")
