"""Errors that MetaCompress raises on purpose::

    MetaCompressError
    ├── UsageError                  a setting or argument is wrong
    │   ├── UnknownNameError        no registered thing has that name
    │   └── MissingFrontEndError    programs of that language cannot be analysed
    ├── MissingDependencyError      an optional package or a compiler is not installed
    ├── DataError                   a data set cannot be read or used
    │   ├── EmptyDatasetError       nothing usable is left
    │   └── QuarantineLimitError    too many rows are malformed
    ├── ModelError                  a model cannot be loaded or queried
    │   ├── UnsafeCheckpointError   a checkpoint would run code when it is loaded
    │   ├── LabelMismatchError      class labels do not fit the task or the other model
    │   ├── PredictionError         a model returned values that are not probabilities
    │   └── MissingPredictionError  an input has no recorded prediction
    ├── ProgramError                a program cannot be analysed
    │   └── EditError               edits overlap or lie outside of the text
    ├── RunDirectoryError           a run directory cannot be used
    │   └── DamagedFileError        a stored file is not what was written
    └── WorkerError                 workers that share the work end, or cannot be started

A message says what was wrong, where, and what would be right, in one line: the command line
prints it as it is and exits with status 2. Attributes say the same to programs.

Interrupted is beside them: a signal, and not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_LONGEST = 300


class MetaCompressError(Exception):
    """Base class of all errors above.

    The context of an error stands in attributes, by the class; each is None where it is not known
    or does not apply.

    Args:
        message: what was wrong and what would be right, in one line.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        # Between processes, with its attributes: __init__ is not called again.
        return type(self).__new__, (type(self), *self.args), vars(self)


class UsageError(MetaCompressError):
    """A setting or an argument is wrong.

    Attributes:
        option: its name as Python spells it (``valid_split``), of a setting or of a function's
            parameter; of several that do not go together, the one to change. None where the
            fault lies in several alike.
    """

    def __init__(self, message: str, *, option: str | None = None) -> None:
        super().__init__(message)
        self.option = option


class UnknownNameError(UsageError):
    """No registered thing has that name.

    Attributes:
        name: what was asked for.
        kind: what it should have been, in words: ``transformation``.
        known: the names that exist.
    """

    def __init__(self, message: str, *, name: str, kind: str, known: Sequence[str]) -> None:
        super().__init__(message)
        self.name = name
        self.kind = kind
        self.known = tuple(known)


class MissingFrontEndError(UsageError):
    """Programs must be analysed, and none of their languages can be.

    Attributes:
        languages: those of the programs.
    """

    def __init__(self, message: str, *, languages: Sequence[str]) -> None:
        super().__init__(message)
        self.languages = tuple(languages)


class MissingDependencyError(MetaCompressError):
    """An optional package or a program is not installed; the message says what to install.

    Attributes:
        package: its name: ``torch``, ``gcc``.
    """

    def __init__(self, message: str, *, package: str | None = None) -> None:
        super().__init__(message)
        self.package = package


class DataError(MetaCompressError):
    """A data set cannot be read, or does not fit its task.

    Attributes:
        path: the file or directory, or what names the data set in its place (``demo``).
        line: where in the file, from 1; for a JSON array, the number of the element.
        field: the column that is missing or wrong.
        example: id of the example.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
        example: str | None = None,
    ) -> None:
        super().__init__(message)
        self.path = _as_path(path)
        self.line = line
        self.field = field
        self.example = example


class EmptyDatasetError(DataError):
    """A data set has no usable example."""


class QuarantineLimitError(DataError):
    """The share of malformed rows is above the configured limit; ``line`` is the first of them.

    Attributes:
        malformed: how many rows are.
        rows: of how many.
        limit: the largest share that is accepted, in [0, 1].
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | Path,
        line: int,
        malformed: int,
        rows: int,
        limit: float,
    ) -> None:
        super().__init__(message, path=path, line=line)
        self.malformed = malformed
        self.rows = rows
        self.limit = limit


class ModelError(MetaCompressError):
    """A model cannot be loaded or queried.

    Attributes:
        model: its specification or name.
        path: the file or directory at fault.
        line: where in the file, from 1.
        example: id of the example that it could not answer.
    """

    def __init__(
        self,
        message: str,
        *,
        model: object = None,
        path: str | Path | None = None,
        line: int | None = None,
        example: str | None = None,
    ) -> None:
        super().__init__(message)
        self.model = None if model is None else str(model)
        self.path = _as_path(path)
        self.line = line
        self.example = example


class UnsafeCheckpointError(ModelError):
    """Loading the checkpoint would execute code that it contains."""


class LabelMismatchError(ModelError):
    """A model's class labels differ from the task's or from the other model's."""


class PredictionError(ModelError):
    """A model returned values that are not class probabilities."""


class MissingPredictionError(ModelError):
    """An input has no recorded prediction."""


class ProgramError(MetaCompressError):
    """A program cannot be analysed or rewritten.

    Attributes:
        position: byte of the program's text in UTF-8 where the reason begins, from 0.
    """

    def __init__(self, message: str, *, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class EditError(ProgramError):
    """Edits overlap, or lie outside of the text they are applied to."""


class RunDirectoryError(MetaCompressError):
    """A run directory is unwritable, in use, incomplete, or belongs to another study.

    Attributes:
        path: the directory, or the file at fault.
    """

    def __init__(self, message: str, *, path: str | Path | None = None) -> None:
        super().__init__(message)
        self.path = _as_path(path)


class DamagedFileError(RunDirectoryError):
    """A file of a run directory is not what was written, or has no checksum that says so."""


class WorkerError(MetaCompressError):
    """Workers that share the work end without a result, or cannot be started.

    Attributes:
        task: what they were doing: ``variants of examples 256 to 511``.
    """

    def __init__(self, message: str, *, task: str | None = None) -> None:
        super().__init__(message)
        self.task = task


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


def message_of(error: BaseException) -> str:
    """An error's message; empty if the error cannot be written as text."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a foreign exception runs its own code here
        return ""


def first_line(error: BaseException) -> str:
    """The first line of an error's message that says something, shortened to 300 characters."""
    lines = (line.strip() for line in message_of(error).splitlines())
    line = next(filter(None, lines), "")
    # A bare KeyError says 'name' only, others nothing at all.
    if not line or isinstance(error, (LookupError, AttributeError, TypeError, AssertionError)):
        line = f"{type(error).__name__}: {line}".rstrip(": ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _as_path(path: str | Path | None) -> Path | None:
    from pathlib import Path

    return None if path is None else Path(path)
