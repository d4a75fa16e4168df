"""Exit statuses: that of a verdict comes from a command that returned it, and from nowhere else.

======  =========================================================================================
0, 1, 3 the verdict of ``check`` or ``compare`` (pass, fail, undecided); 0 of others: it is done
2       a usage error, or an error that was foreseen (metacompress.errors), in one line
70      anything else: an exception that nobody foresaw, or an exit that foreign code asked for
130, 143, 129  an interrupt by Ctrl-C, by SIGTERM, by a closed terminal (SIGHUP)
======  =========================================================================================

Only the standard library and the tree of errors are imported here, so that an installation that
is broken ends with status 70, too, and not with Python's 1.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

from metacompress.cli.interrupts import exit_status, farewell
from metacompress.cli.output import output_failure
from metacompress.errors import Interrupted, MetaCompressError, message_of

if TYPE_CHECKING:
    from collections.abc import Callable

EXIT_USAGE = 2
_VERDICTS = {"pass": 0, "fail": 1, "undecided": 3}
EXIT_CRASH = 70
EXIT_INTERRUPTED = 130
_LONGEST_LINE = 300


def verdict_status(verdict: str, undecided: str | None = None) -> int:
    """The exit status of a verdict.

    Args:
        verdict: pass, fail or undecided.
        undecided: pass or fail, which an undecided one counts as; None for a status of its own.
    """
    return _VERDICTS[undecided or verdict if verdict == "undecided" else verdict]


def status_of(run: Callable[[], int | None]) -> int:
    """Call ``run`` and return the exit status that it stands for; raises nothing.

    Prints one line on standard error for an error, an interrupt or a crash.

    Args:
        run: returns an exit status, or None for 0.
    """
    try:
        status = run()
    except MetaCompressError as error:
        _say(f"error: {_one_line(str(error))}")
        return EXIT_USAGE
    except Interrupted as interrupt:
        _say(f"{_over_control_c()}{farewell(interrupt)}")
        return exit_status(interrupt)
    except KeyboardInterrupt:
        _say(f"{_over_control_c()}interrupted; run the same command again to go on")
        return EXIT_INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is not a verdict
        failure = output_failure()
        # The printing library exits where the reader of a pipe has gone.
        if failure is None or failure not in (error, error.__context__):
            return _crashed(error)
        return _unprinted(failure)
    failure = output_failure()
    return _unprinted(failure) if failure is not None else status or 0


def _unprinted(failure: OSError) -> int:
    if not isinstance(failure, BrokenPipeError):  # the reader of a pipe may go; that is its right
        _say(f"error: standard output cannot be written ({failure.strerror or failure})")
    return EXIT_USAGE


def _crashed(error: BaseException) -> int:
    # Nothing in here may fail: an error of the error path would end with a verdict's status.
    try:
        line = f"internal error, and no verdict: {_described(error)}"
        text = _report(error)
        try:
            line += f"; the traceback is in {_kept(text)}"
        except OSError as reason:
            line += (
                f"; no file could take the traceback ({reason.strerror or reason})\n{text.rstrip()}"
            )
        _say(line)
    except BaseException:  # noqa: BLE001 - for instance out of memory, or interrupted again
        _say("internal error, and no verdict")
    return EXIT_CRASH


def _described(error: BaseException) -> str:
    message = message_of(error)
    return _one_line(f"{type(error).__name__}: {message}" if message else type(error).__name__)


def _report(error: BaseException) -> str:
    system = f"Python {platform.python_version()} on {platform.platform()}"
    trace = "".join(traceback.format_exception(error))
    return f"{system}\narguments: {sys.argv[1:]!r}\n\n{trace}"


def _kept(text: str) -> str:
    """Write a new file, for its owner's eyes only: a traceback may quote programs and paths."""
    descriptor, path = tempfile.mkstemp(prefix="metacompress-crash-", suffix=".txt")
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
        file.write(text)
    return path


def _one_line(text: str) -> str:
    """A message without line ends and control characters, which a terminal would obey."""
    line = " ".join(text.split())
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)


def _over_control_c() -> str:
    """Controls that return the cursor to the margin, where a terminal has written ^C."""
    with contextlib.suppress(Exception):
        return "\r" if sys.stderr.isatty() else ""
    return ""


def _say(line: str) -> None:
    # Standard error may be closed or full: there is nobody left to be told then.
    with contextlib.suppress(Exception):
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - before the console is there
