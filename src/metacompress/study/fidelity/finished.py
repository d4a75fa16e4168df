"""A finished study of next-token fidelity, by token or by bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metacompress.runs.run_files import SUMMARY
from metacompress.study.fidelity.likelihood_summary import (
    SCHEMA,
    LikelihoodSummary,
    read_likelihood,
)
from metacompress.study.fidelity.summary import FidelitySummary, read_fidelity

if TYPE_CHECKING:
    from metacompress.runs.run_directory import RunDirectory


def read_finished(run: RunDirectory) -> FidelitySummary | LikelihoodSummary:
    """Read the summary of either form.

    Raises:
        RunDirectoryError: it is missing, damaged or of another version.
    """
    content: Any = run.read_json(SUMMARY)
    by_bytes = isinstance(content, dict) and content.get("schema") == SCHEMA
    return read_likelihood(run) if by_bytes else read_fidelity(run)
