"""Standard output that remembers why it could not be written."""

from __future__ import annotations

import contextlib
import io
import os
import sys


class WatchedOutput(io.TextIOWrapper):
    """A text stream whose errors are known afterwards, whoever caught or dropped them.

    Attributes:
        failure: the first error of a write; None where all went well.
    """

    failure: OSError | None = None

    def write(self, text: str) -> int:
        """See io.TextIOWrapper."""
        try:
            return super().write(text)
        except OSError as error:
            self.failure = self.failure or error
            raise

    def flush(self) -> None:
        """See io.TextIOWrapper."""
        try:
            super().flush()
        except OSError as error:
            self.failure = self.failure or error
            raise


def watch_output() -> None:
    """Watch standard output from now on; does nothing where there is none."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, WatchedOutput):
        stream.flush()
        sys.stdout = WatchedOutput(
            stream.buffer,
            encoding=stream.encoding,
            errors=stream.errors,
            line_buffering=stream.line_buffering,
        )


def output_failure() -> OSError | None:
    """Bring out what is buffered; the error of standard output, which is given up then."""
    stream = sys.stdout
    if not isinstance(stream, WatchedOutput):
        return None
    with contextlib.suppress(OSError, ValueError):
        stream.flush()
    failure, stream.failure = stream.failure, None
    if failure is not None:
        # Otherwise the interpreter tries again when it ends, and sets a status of its own.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return failure
