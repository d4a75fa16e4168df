"""Writes the files for CI systems."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.errors import UsageError
from metacompress.files.atomic import write_text
from metacompress.files.overlap import refuse_output_over
from metacompress.report.ci.badge import badge_svg
from metacompress.report.ci.junit import junit_xml
from metacompress.report.ci.markdown import markdown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from metacompress.report.ci.outcome import Outcome
    from metacompress.settings.output import OutputSettings

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Variable that names the file of a job summary on GitHub."""


def refuse_unfit_files(
    output: OutputSettings,
    reads: Iterable[tuple[str, str | Path | None]],
    writes: Iterable[tuple[str, str | Path | None]] = (),
    *,
    counterexamples: bool = True,
) -> None:
    """Refuse files that cannot be written, before any work is done.

    Args:
        output: the files.
        reads: what names an input of the command, and the input.
        writes: what names another file that the command writes, and the file; none need exist yet.
        counterexamples: whether the study finds some.

    Raises:
        UsageError: a file is an input, two are the same, or the study has nothing to put into one.
    """
    reads = list(reads)
    seen = {os.path.realpath(path): name for name, path in writes if path is not None}
    for name, path in output.files():
        flag = f"--{name}"
        refuse_output_over(Path(path), flag, reads)
        other = seen.setdefault(os.path.realpath(path), flag)
        if other != flag:
            raise UsageError(
                f"{other} and {flag} name the same file {path}; choose two", option=name
            )
    if output.sarif is not None and not counterexamples:
        raise _no_counterexamples()


def write_files(
    outcome: Outcome, output: OutputSettings, sarif: Callable[[], str] | None = None
) -> None:
    """Write the files that are asked for.

    Args:
        outcome: of the study.
        output: the files.
        sarif: makes the SARIF file; None where there are no counterexamples.

    Raises:
        UsageError: one cannot be written, or the study has nothing to put into it.
    """
    for name, path in output.files():
        match name:
            case "junit":
                text = junit_xml(outcome, output.undecided)
            case "markdown":
                text = markdown_text(outcome)
            case "badge":
                text = badge_svg(outcome)
            case _ if sarif is None:
                raise _no_counterexamples()
            case _:
                text = sarif()
        try:
            write_text(Path(path), text)
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(
                f"--{name} {path}: cannot be written ({reason})", option=name
            ) from error


def append_step_summary(outcome: Outcome) -> None:
    """Append the outcome to the summary of a job on GitHub; does nothing elsewhere.

    Raises:
        UsageError: the file that the environment names cannot be written.
    """
    path = os.environ.get(STEP_SUMMARY)
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(markdown_text(outcome))
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"${STEP_SUMMARY} {path}: cannot be written ({reason})") from error


def _no_counterexamples() -> UsageError:
    return UsageError(
        "--sarif: this study keeps no counterexamples; a check without --student-first does",
        option="sarif",
    )
