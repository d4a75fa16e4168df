"""Files that CI systems read, written beside a run directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from metacompress.settings.base import Settings
from metacompress.settings.fields import Group, PathText, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

TrackerName = Annotated[
    str | None,
    Field(
        description="Tracker of experiments that receives stages, figures and files: mlflow, at "
        "the place that its own variables name (MLFLOW_TRACKING_URI)",
        examples=["mlflow"],
    ),
    Shown(Group.OUTPUT, "NAME"),
]
_File = Annotated[PathText | None, Shown(word="FILE")]


class OutputSettings(Settings):
    """Which files are written for CI systems, and what an undecided verdict is to them."""

    group: ClassVar[Group] = Group.OUTPUT

    junit: _File = Field(
        default=None,
        description="JUnit XML file: a test case per relation and part",
        examples=["junit.xml"],
    )
    sarif: _File = Field(
        default=None,
        description="SARIF file: each counterexample at its source file and line where the data "
        "name one (fields file and line)",
        examples=["counterexamples.sarif"],
    )
    markdown: _File = Field(
        default=None,
        description="Markdown file: verdict and relations. The command also appends it to "
        "$GITHUB_STEP_SUMMARY where that is set",
        examples=["summary.md"],
    )
    badge: _File = Field(
        default=None, description="SVG file: the verdict as a badge", examples=["fidelity.svg"]
    )
    undecided: Literal["pass", "fail"] | None = Field(
        default=None,
        description="Verdict that an undecided one counts as in the exit status and in the JUnit "
        "file; default: exit status 3 and a skipped test case",
        examples=["fail"],
    )

    def files(self) -> Iterator[tuple[str, str]]:
        """Setting and path of each file that is asked for."""
        for name in ("junit", "sarif", "markdown", "badge"):
            path = getattr(self, name)
            if path is not None:
                yield name, path
