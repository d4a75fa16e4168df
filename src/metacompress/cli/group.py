"""Groups of commands that end with an exit status of their own."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import typer

from metacompress.cli.exits import CommandEnd, status_of
from metacompress.cli.reserved import reserved_output
from metacompress.cli.single import SingleValueCommand

if TYPE_CHECKING:
    from collections.abc import Callable


class CommandGroup(typer.Typer):
    """Commands that return their exit status, or None for 0.

    The command-line library takes an Exit, an EOFError or a broken pipe for the end of the
    program, and some of them for status 0 or 1, whoever raised them. Here no exception of a
    command reaches it.
    """

    def command(self, *args: Any, **kwargs: Any) -> Callable[[Any], Any]:
        """Register a command; see typer."""
        kwargs.setdefault("cls", SingleValueCommand)
        register = super().command(*args, **kwargs)

        def decorate(function: Callable[..., int | None]) -> Callable[..., int | None]:
            register(_ending(function))
            return function

        return decorate


def _ending(function: Callable[..., int | None]) -> Callable[..., None]:
    @functools.wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        def run() -> int | None:
            with reserved_output() if kwargs.get("json") else nullcontext():
                return function(*args, **kwargs)

        raise CommandEnd(status_of(run))

    return command
