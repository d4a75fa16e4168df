"""Groups of commands that end with an exit status of their own."""

from __future__ import annotations

import functools
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import typer

from metacompress.cli.exits import EXIT_USAGE, CommandEnd, status_of
from metacompress.cli.reserved import reserved_output
from metacompress.cli.single import SingleValueCommand
from metacompress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


# The library's usage errors, which it does not export by themselves.
_MISUSE: type[Exception] = typer.BadParameter.__mro__[1]
_NO_ARGUMENTS = "NoArgsIsHelpError"


class CommandGroup(typer.Typer):
    """Commands that return their exit status, or None for 0.

    The command-line library takes an Exit, an EOFError or a broken pipe for the end of the
    program, and some of them for status 0 or 1, whoever raised them. Here no exception of a
    command reaches it.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that the arguments name; returns a status if none has run.

        Raises:
            CommandEnd: a command has run.
            UsageError: the arguments are wrong.
        """
        try:
            return super().__call__(*args, **{"standalone_mode": False, **kwargs})
        except _MISUSE as error:
            if type(error).__name__ == _NO_ARGUMENTS:
                return EXIT_USAGE  # its help has been shown
            raise UsageError(_one_line(error)) from None

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


def _one_line(error: Any) -> str:
    """The library's message in one line, with the way out; it would draw a box of six."""
    message = error.format_message().rstrip(".")
    near = getattr(error, "possibilities", None)
    if near:
        message = f"{error.message}; did you mean {' or '.join(sorted(near))}?"
    context = error.ctx
    see = f"see {context.command_path} -h" if context is not None else ""
    end = ("" if message.endswith("?") else ";") if see else ""
    return f"{message[:1].lower()}{message[1:]}{end} {see}".rstrip()
