"""Directories that earlier calls wrote, read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metacompress.api.completions import CompletionsResult
from metacompress.api.fidelity import FidelityResult
from metacompress.api.locating import LocateResult
from metacompress.api.results import AttackResult, CheckResult
from metacompress.report.renderer import finished_run
from metacompress.study.attack.summary import AttackSummary
from metacompress.study.check.summary import CheckSummary
from metacompress.study.completions.summary import CompletionsSummary
from metacompress.study.fidelity.likelihood_summary import LikelihoodSummary
from metacompress.study.fidelity.summary import FidelitySummary
from metacompress.study.locate.summary import LocateSummary

if TYPE_CHECKING:
    from metacompress.runs.record import Record


def load_run(
    path: str | Path,
) -> CheckResult | AttackResult | FidelityResult | CompletionsResult | LocateResult | Record:
    """Read what a finished study, training or compression found; loads no model.

    Args:
        path: the run directory of a study, or the directory (``out``) of what was made.

    Returns:
        what the call returned: a CheckResult, an AttackResult, a FidelityResult, a
        CompletionsResult, a LocateResult, a TrainSummary or a CompressSummary.

    Raises:
        RunDirectoryError: nothing of ours is there, or it is unfinished, damaged or of another
            version.
    """
    run, renderer = finished_run(Path(path))
    summary: Record = renderer.read(run)
    if isinstance(summary, CheckSummary):
        return CheckResult(run, summary)
    if isinstance(summary, AttackSummary):
        return AttackResult(run, summary)
    if isinstance(summary, CompletionsSummary):
        return CompletionsResult(run, summary)
    if isinstance(summary, LocateSummary):
        return LocateResult(run, summary)
    if isinstance(summary, (FidelitySummary, LikelihoodSummary)):
        return FidelityResult(run, summary)
    return summary
