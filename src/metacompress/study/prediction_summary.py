"""The summary of the predictions of one model."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from metacompress.study.scores import Scores
from metacompress.study.warnings import StudyWarning


class PredictSummary(Scores):
    """Predictions of one model on a data set."""

    schema_name: Literal["metacompress.predict/1"] = Field(
        default="metacompress.predict/1",
        alias="schema",
        description="name and version of this format",
    )
    task: str = Field(description="name of the task")
    quarantined: int = Field(description="malformed rows set aside")
    skipped: int = Field(description="examples left out because a recording lacks them")
    fingerprint: str | None = Field(
        description="digest of everything that the answers depend on; null where there is none"
    )
    warnings: list[StudyWarning] = Field(description="reasons to doubt the scores")
    out: Path | None = Field(description="file of the predictions, if one was written")
