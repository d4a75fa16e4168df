"""Every error that MetaCompress raises on purpose.

MetaCompressError
├── UsageError                  a setting or argument is wrong
│   ├── UnknownNameError        no registered thing has that name
│   └── MissingFrontEndError    programs of that language cannot be analysed
├── MissingDependencyError      an optional package or a compiler is not installed
├── DataError                   a data set cannot be read or used
│   ├── EmptyDatasetError       nothing usable is left
│   └── QuarantineLimitError    too many rows are malformed
├── ModelError                  a model cannot be loaded or asked
│   ├── UnsafeCheckpointError   a checkpoint would run code when it is loaded
│   ├── LabelMismatchError      class labels do not fit the task or the other model
│   ├── PredictionError         a model returned something that is no probability
│   └── MissingPredictionError  recorded predictions do not hold an input
├── ProgramError                a program cannot be analysed
│   └── EditError               edits overlap or lie outside of the text
└── RunDirectoryError           a run directory cannot be used
    └── DamagedFileError        a stored file is not what was written

A message says what was wrong, where, and what would be right, in one line: the command line
prints it as it is and exits with status 2.

Interrupted is beside them: a signal, and not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_LONGEST = 300


class MetaCompressError(Exception):
    """Base class of all errors above."""


class UsageError(MetaCompressError):
    """A setting or an argument is wrong."""


class UnknownNameError(UsageError):
    """No registered thing has that name; the message lists what there is."""


class MissingFrontEndError(UsageError):
    """What was asked for analyses programs, and none of their languages can be analysed."""


class MissingDependencyError(MetaCompressError):
    """An optional package or a compiler is not installed; the message says what to install."""


class DataError(MetaCompressError):
    """A data set cannot be read, or does not fit its task."""


class EmptyDatasetError(DataError):
    """A data set has no usable example."""


class QuarantineLimitError(DataError):
    """The share of malformed rows is above the configured limit."""


class ModelError(MetaCompressError):
    """A model cannot be loaded or asked."""


class UnsafeCheckpointError(ModelError):
    """Loading the checkpoint would execute code that it contains."""


class LabelMismatchError(ModelError):
    """A model's class labels differ from the task's or from the other model's."""


class PredictionError(ModelError):
    """A model returned values that are no class probabilities."""


class MissingPredictionError(ModelError):
    """Recorded predictions do not hold an input that was asked for."""


class ProgramError(MetaCompressError):
    """A program cannot be analysed or rewritten."""


class EditError(ProgramError):
    """Edits overlap, or lie outside of the text they are applied to."""


class RunDirectoryError(MetaCompressError):
    """A run directory is unwritable, in use, incomplete, or belongs to another study."""


class DamagedFileError(RunDirectoryError):
    """A file of a run directory is not what was written, or has no checksum that says so."""


class Interrupted(BaseException):
    """A signal that asks the process to end, as Ctrl-C does.

    Like KeyboardInterrupt it is not an Exception: nothing that goes on after errors catches it.

    Attributes:
        signal: its number.
        kept: where what was done so far is kept, if it is.
    """

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal
        self.kept: Path | None = None


def first_line(error: BaseException) -> str:
    """The first line of an error's message that says something, shortened to 300 characters."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a foreign exception may do anything
        text = ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    # A bare KeyError says 'name' only, others nothing at all.
    if not line or isinstance(error, (LookupError, AttributeError, TypeError, AssertionError)):
        line = f"{type(error).__name__}: {line}".rstrip(": ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
