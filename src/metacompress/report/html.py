"""Writes the page of a finished run: one offline HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from metacompress.errors import RunDirectoryError
from metacompress.files.atomic import write_text
from metacompress.files.overlap import refuse_output_over
from metacompress.runs.run_files import REPORT, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from metacompress.runs.record import Record
    from metacompress.runs.run_directory import RunDirectory

S = TypeVar("S", bound="Record")


def write_report(
    run: RunDirectory,
    summary: S,
    page: Callable[[RunDirectory, S], str],
    made_from: str = SUMMARY,
) -> Path:
    """Write the page of a finished run into its directory; returns its path.

    One that was written after the summary, and is whole, stays.

    Args:
        run: the directory.
        summary: of the run.
        page: renders it.
        made_from: file that the summary was read from.

    Raises:
        RunDirectoryError: the directory lacks a table, holds a damaged one or cannot be written.
    """
    if not _is_current(run, made_from):
        run.write_report(page(run, summary))
    return run.path / REPORT


def write_page(run: RunDirectory, page: str, out: Path) -> Path:
    """Write the page of ``run`` to a file of the user's choice; returns its path.

    Raises:
        UsageError: the file is another one of the run directory.
        RunDirectoryError: it cannot be written.
    """
    there = [path for path in run.path.iterdir() if path.is_file() and path.name != REPORT]
    refuse_output_over(out, "--out", [("the report", path) for path in there])
    try:
        write_text(out, page)
    except OSError as error:
        raise RunDirectoryError(
            f"{out}: cannot be written ({error.strerror or error})", path=out
        ) from error
    return out


def _is_current(run: RunDirectory, made_from: str) -> bool:
    if not run.has(REPORT):
        return False
    try:
        run.read_bytes(REPORT)
    except RunDirectoryError:
        return False
    written, summarised = ((run.path / name).stat().st_mtime_ns for name in (REPORT, made_from))
    return written >= summarised
