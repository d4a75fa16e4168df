"""The entry point of the ``metacompress`` command."""

from __future__ import annotations

import sys
from typing import NoReturn

from metacompress.cli.exits import EXIT_USAGE, CommandEnd, status_of
from metacompress.cli.interrupts import interruptible
from metacompress.cli.output import watch_output
from metacompress.cli.reserved import close_output


def main() -> NoReturn:
    """Run the command line; see metacompress.cli.exits for the exit status."""
    watch_output()
    with interruptible():
        status = status_of(_run)
    close_output()
    sys.exit(status)


def _run() -> int:
    from metacompress.characters import require_plain
    from metacompress.cli.app import app
    from metacompress.system import require_posix

    require_posix()
    require_plain(sys.argv[1:], "command line")
    try:
        app()
    except CommandEnd as end:
        return int(str(end.code))
    except SystemExit as end:
        # No command has run: a help text was shown (0), or the arguments are wrong.
        return 0 if end.code in (0, None) else EXIT_USAGE
    return 0
