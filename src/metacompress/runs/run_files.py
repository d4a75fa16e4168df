"""Names of files that several kinds of runs write."""

from __future__ import annotations

from pathlib import Path

DEFAULT_RUNS = Path("runs")
"""Where run directories stand that the user does not name."""
IDENTITY = "study.json"
SUMMARY = "summary.json"
ENVIRONMENT = "environment.json"
REPORT = "report.html"
RECOGNITION = "recognition.json"
"""Command, inputs and results of a finished study, by which it is known again."""
STORE = "predictions.sqlite"
# What the directory holds, and what its files were when they were written.
IDENTITY_FILES = (IDENTITY, "SHA256SUMS")


def store_files(store: str) -> tuple[str, ...]:
    """A prediction store with the files that SQLite keeps beside it."""
    return (store, f"{store}-wal", f"{store}-shm", f"{store}-journal")
