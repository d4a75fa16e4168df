"""Names of the files that studies write into their run directory: all that they ever remove."""

from __future__ import annotations

# What the directory holds, and what its files were when they were written.
IDENTITY_FILES = ("study.json", "SHA256SUMS")
STORE = "predictions.sqlite"


def store_files(store: str) -> tuple[str, ...]:
    """A prediction store with the files that SQLite keeps beside it."""
    return (store, f"{store}-wal", f"{store}-shm", f"{store}-journal")


VARIANTS_FILES = ("variants.parquet", "variants/part-*.parquet")
STUDY_FILES = (
    *IDENTITY_FILES,
    "summary.json",
    "environment.json",
    "report.html",
    "quarantine.parquet",
    "examples.parquet",
    *VARIANTS_FILES,
    "predictions.parquet",
    "violations.parquet",
    "curves.parquet",
    # of attacks
    "attempts.parquet",
    "attempts/*.jsonl",
    "costs.json",
    *store_files(STORE),
)
