"""Settings of a report that is made again."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, PathText, Shown
from metacompress.settings.output import OutputSettings


class ReportSettings(Settings):
    """The report of a finished run."""

    group: ClassVar[Group] = Group.OUTPUT

    run: Annotated[PathText, Shown(word="RUN")] = Field(
        description="Run directory of any finished study, or directory of a trained model",
        examples=["runs/mine"],
    )
    out: Annotated[PathText | None, Shown(word="FILE")] = Field(
        default=None,
        description="HTML file; default: report.html in the run directory",
        examples=["report.html"],
    )
    output: OutputSettings = OutputSettings()
