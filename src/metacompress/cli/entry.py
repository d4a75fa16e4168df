"""The entry point of the ``metacompress`` command.

Nothing is imported before ``main`` runs: Ctrl-C is answered in one line from there on.
"""

from __future__ import annotations

# Not imported from typing, which takes its time.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; see metacompress.cli.exits for the exit status."""
    try:
        status = _status()
    except KeyboardInterrupt:
        # Before the handlers of metacompress.cli.interrupts are in place.
        status = _interrupted()
    raise SystemExit(status)


def program() -> NoReturn:
    """Run the command line as a process of its own, and leave it with the exit status.

    What is registered for the end of the process runs, and what is buffered is written; then the
    process ends without the destructors of native libraries. Their threads may still run, and then
    the process would be aborted, with a status that is not that of the command.
    """
    try:
        main()
    except SystemExit as end:
        import atexit
        import os
        import sys

        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                # Closed, or never there: ``close_output`` has told of it.
                continue
        os._exit(end.code if isinstance(end.code, int) else 1)


def _status() -> int:
    from metacompress.cli.exits import status_of
    from metacompress.cli.interrupts import interruptible
    from metacompress.cli.output import watch_output
    from metacompress.cli.reserved import close_output
    from metacompress.garbage import collect_seldom

    collect_seldom()
    watch_output()
    with interruptible():
        status = status_of(_run)
    close_output()
    return status


def _interrupted() -> int:
    import signal

    from metacompress.cli.exits import status_of
    from metacompress.errors import Interrupted

    def interrupt() -> NoReturn:
        raise Interrupted(signal.SIGINT)

    return status_of(interrupt)


def _run() -> int:
    import sys

    from metacompress.characters import require_plain
    from metacompress.cli.app import run_command
    from metacompress.system import require_posix

    require_posix()
    require_plain(sys.argv[1:], "command line")
    _refuse_empty(sys.argv[1:])
    return run_command(sys.argv[1:]) or 0


def _refuse_empty(arguments: list[str]) -> None:
    """Refuse empty arguments: as a path, one would stand for the current directory."""
    from metacompress.errors import UsageError

    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if argument and (value or name == argument or not name.startswith("--")):
            continue
        before = arguments[number - 1] if number and not argument else name
        behind = f" behind {before}" if before else ""
        raise UsageError(f"the argument{behind} is empty; is a variable of the shell not set?")
